/** What Linux puts before packets of `-i any`: LINKTYPE_LINUX_SLL and SLL2, https://www.tcpdump.org/linktypes.html */
export const COOKED_FIELD = { packetType: 0, hardwareType: 2, addressLength: 4, address: 6, protocol: 14 } as const;
export const COOKED_HEADER = 16;
export const COOKED2_FIELD = {
  protocol: 0,
  reserved: 2,
  interface: 4,
  hardwareType: 8,
  packetType: 10,
  addressLength: 11,
  address: 12,
} as const;
export const COOKED2_HEADER = 20;
/** A packet type: sent by the host that captured. */
export const SENT_BY_US = 4;
