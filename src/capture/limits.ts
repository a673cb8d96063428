/**
 * Octets of one frame that are kept at most; more are passed over. libpcap's and Wireshark's limit for nearly all
 * links.
 */
export const LARGEST_FRAME = 262_144;
/** The same for D-Bus, USB and other message links. */
export const LARGEST_MESSAGE = 128 * 1024 * 1024;
/** The most a reader keeps waiting for before it consumes anything. */
export const LARGEST_RECORD = LARGEST_FRAME + 4096;
/** Interfaces of a file that are kept: what names a further one is no frame here. Files of hundreds are known. */
export const MOST_INTERFACES = 65_536;
