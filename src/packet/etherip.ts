/** EtherIP, RFC 3378 3: four bits of version, twelve of zeros, an Ethernet frame. */
export const ETHERIP_FIELD = { version: 0, reserved: 1 } as const;
export const ETHERIP_HEADER = 2;
/** In the upper half octet; RouterOS (EoIPv6) has it in the lower, and the tunnel's number around it. */
export const ETHERIP_VERSION = 3;
