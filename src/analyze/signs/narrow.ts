/**
 * Smallest MTU that links have: of IPv6 RFC 8200 5, of IPv4 the last in use of RFC 1191 7.1 (68 is the official
 * minimum).
 */
export const narrowestPath = (family: 4 | 6): number => (family === 4 ? 296 : 1280);
