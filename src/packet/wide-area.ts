/** Frame Relay, RFC 2427 3, and ARCnet, RFC 1201 2 and 1051. */
export const NLPID = { unnumbered: 3, padding: 0, snap: 0x80, ipv6: 0x8e, ipv4: 0xcc } as const;
/** Behind a SNAP identifier: organisation, EtherType. */
export const NLPID_SNAP_FIELD = { identifier: 0, organisation: 1, etherType: 4 } as const;
export const NLPID_SNAP = 6;
/** The last octet of a Q.922 address has this bit. */
export const Q922_LAST = 1;

export const ARCNET_PROTOCOL = { ipv4Rfc1051: 0xf0, ipv4: 0xd4, ipv6: 0xc4 } as const;
/** Protocol; split flag and sequence number where the protocol is of RFC 1201. */
export const ARCNET_FIELD = { protocol: 0, split: 1, sequence: 2 } as const;
export const ARCNET_HEADER = 4;
export const ARCNET_HEADER_RFC1051 = 1;
/** Addresses before it: source and destination in BSD; with an offset in Linux. */
export const ARCNET_ADDRESSES = { bsd: 2, linux: 4 } as const;
