/** Tunnels in UDP with a header of their own and nothing else to say. */

/** TaZmen Sniffer Protocol: version, type, encapsulated protocol, then tagged fields up to the end tag. */
export const TZSP_FIELD = { version: 0, type: 1, protocol: 2 } as const;
export const TZSP_HEADER = 4;
export const TZSP = { version: 1, mostType: 1, ethernet: 1, padding: 0, endTag: 1 } as const;

/** GTP-U version 1, 3GPP TS 29.281 5.1; four octets more where one of the flags is set. */
export const GTP_FIELD = { flags: 0, type: 1, length: 2, endpoint: 4 } as const;
export const GTP_HEADER = 8;
export const GTP_OPTION = 4;
/** `optional`: sequence, N-PDU or extension header; type of a G-PDU. */
export const GTP = { version: 1, optional: 7, extension: 4, packet: 255 } as const;

/** AYIYA, draft-massar-v6ops-ayiya 3: identity of 2^n octets and signature in words of four octets follow. */
export const AYIYA_FIELD = { identity: 0, signature: 1, operation: 2, nextHeader: 3, epoch: 4 } as const;
export const AYIYA_HEADER = 8;

/** Teredo, RFC 4380 5.1.1: an authentication and an origin indication may stand before the IPv6 packet. */
export const TEREDO_INDICATOR = { origin: 0, authentication: 1 } as const;
export const TEREDO_ORIGIN = 8;
export const TEREDO_AUTHENTICATION_FIELD = { indicator: 0, identifierLength: 2, valueLength: 3 } as const;
/** Without identifier and value: the four octets above, nonce and confirmation. */
export const TEREDO_AUTHENTICATION = 13;

/** CAPWAP, RFC 5415 4.3: header length and payload kind, flags, fragment. */
export const CAPWAP_FIELD = {
  preamble: 0,
  headerLength: 1,
  kind: 2,
  flags: 3,
  fragment: 4,
  fragmentOffset: 6,
} as const;
export const CAPWAP_HEADER = 8;
export const CAPWAP = {
  /** Of the preamble: 0 in clear, 1 DTLS. */
  type: 0x0f,
  /** Of the octet `kind`: an IEEE 802.11 frame (with binding 1), not an 802.3 frame. */
  native: 1,
  keepAlive: 0x08,
  /** Of the last word: where in the frame this piece begins. */
  offset: 0xfff8,
} as const;
