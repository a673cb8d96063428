/** One entry of the label stack, RFC 3032 2.1: label, traffic class and bottom-of-stack bit, then the TTL. */
export const MPLS_FIELD = { label: 0, bottom: 2, ttl: 3 } as const;
export const MPLS_ENTRY = 4;
/** In the octet `bottom`. */
export const MPLS_BOTTOM = 1;
