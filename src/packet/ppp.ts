/** PPP, RFC 1661 2 and RFC 1662 3.1; PPPoE, RFC 2516 4; Cisco HDLC, RFC 1547 and the vendor. */
export const PPP_FIELD = { address: 0, control: 1 } as const;
/** Address and control, both of which may be left out. */
export const PPP_FRAMING = 2;
export const PPP_ADDRESS = 0xff;
export const PPP_CONTROL = 3;
/** https://www.iana.org/assignments/ppp-numbers; odd values below 256 may be one octet. */
export const PPP_PROTOCOL = { ipv4: 0x21, ipv6: 0x57, mpls: 0x281, mplsMulticast: 0x283 } as const;

export const PPPOE_FIELD = { versionType: 0, code: 1, session: 2, length: 4 } as const;
export const PPPOE_HEADER = 6;

export const CISCO_HDLC_FIELD = { address: 0, control: 1, etherType: 2 } as const;
export const CISCO_HDLC_HEADER = 4;
export const CISCO_HDLC_UNICAST = 0x0f;
