/** L2TP: version 2, RFC 2661 3.1, carries PPP; version 3, RFC 3931 4.1, carries any link, mostly Ethernet. */
export const L2TP_FIELD = { flags: 0 } as const;
/** Flags of the first word, both versions. */
export const L2TP_FLAG = {
  control: 0x8000,
  length: 0x4000,
  sequence: 0x0800,
  offset: 0x0200,
  version: 0x000f,
} as const;
/** Version 2: flags, tunnel and session; then what the flags announce. */
export const L2TP_HEADER = 6;
export const L2TP_OPTION = { length: 2, sequence: 4, offset: 2 } as const;

/** Version 3 in UDP: flags and reserved octets stand before the session identifier. */
export const L2TPV3_UDP_HEADER = 8;
/** Directly in IP, protocol 115; session 0 is control. */
export const L2TPV3_IP_FIELD = { session: 0 } as const;
export const L2TPV3_IP_HEADER = 4;
/** A cookie of 0, 4 or 8 octets and a sublayer of 0 or 4 follow (4.1.2.1, 4.6); only the two ends know which. */
export const L2TPV3_BEFORE_FRAME = [0, 4, 8, 12] as const;
