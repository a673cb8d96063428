/**
 * GRE, RFC 2784 2.1 and 2890 2; version 1 (PPTP), RFC 2637 4.1; and the headers that some protocol types put behind it.
 */
export const GRE_FIELD = { flags: 0, version: 1, protocol: 2 } as const;
export const GRE_HEADER = 4;
/** Each optional field: checksum with offset, key (version 1: length and call), sequence number, acknowledgment. */
export const GRE_OPTION = 4;
/** Bits of the first octet, and of the second. */
export const GRE_FLAG = { checksumOrRouting: 0xc0, key: 0x20, sequence: 0x10 } as const;
export const GRE_SECOND = { version: 7, acknowledgment: 0x80 } as const;
/** Protocol types beside the EtherTypes. */
export const GRE_PROTOCOL = {
  erspan3: 0x22eb,
  /** EoIP of RouterOS: version 1, and in place of the key the length of the frame and the tunnel's number. */
  eoip: 0x6400,
  /** IEEE 802.11 frames of access points, 0x8200 to 0x8370 in steps of 16 (Aruba). */
  wifi: 0x8200,
  wifiLast: 0x8370,
  wccp: 0x883e,
  erspan2: 0x88be,
} as const;
export const EOIP_FIELD = { frameLength: 4, tunnel: 6 } as const;

/** ERSPAN type II, where GRE has a sequence number (draft-foschiano-erspan 4.2); and type III (4.3). */
export const ERSPAN2_HEADER = 8;
export const ERSPAN3_FIELD = { versionVlan: 0, session: 2, timestamp: 4, group: 8, flags: 10 } as const;
export const ERSPAN3_HEADER = 12;
/** A platform header follows: bit of the last octet, and its length. */
export const ERSPAN3_OPTION = { at: 11, bit: 1, octets: 8 } as const;
/** What WCCP version 2 puts before a redirected packet. */
export const WCCP_HEADER = 4;
