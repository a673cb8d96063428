/** Geneve, RFC 8926 3.4; options of `length` words of four octets stand behind the header. */
export const GENEVE_FIELD = { versionLength: 0, flags: 1, protocol: 2, network: 4, reserved: 7 } as const;
export const GENEVE_HEADER = 8;
export const GENEVE_LENGTH = 0x3f;
