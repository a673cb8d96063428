/** VXLAN, RFC 7348 5; its generic protocol extension, draft-ietf-nvo3-vxlan-gpe 3.1, names what is inside. */
export const VXLAN_FIELD = { flags: 0, reserved: 1, nextProtocol: 3, network: 4, last: 7 } as const;
export const VXLAN_HEADER = 8;
/** Bit P of `flags`: `nextProtocol` holds; numbers as in nsh.ts. */
export const VXLAN_HAS_PROTOCOL = 4;
