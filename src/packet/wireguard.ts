/** WireGuard messages, whitepaper 5.4: type, three zero octets, then receiver and counter (data). */
export const WIREGUARD_FIELD = { type: 0, reserved: 1, receiver: 4, counter: 8, counterHigh: 12 } as const;
/** Data without content: header and tag. */
export const WIREGUARD_LEAST = 32;
export const WIREGUARD_DATA_HEADER = 16;
export const WIREGUARD_TYPE = { initiation: 1, response: 2, cookie: 3, data: 4 } as const;
/** Octets of the messages that are always as long. */
export const WIREGUARD_LENGTH = { initiation: 148, response: 92, cookie: 64 } as const;
