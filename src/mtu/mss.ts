/** IPv4 header without options, RFC 791 §3.1; IPv6 fixed header, RFC 8200 §3. */
export const IP_HEADER = { 4: 20, 6: 40 } as const;
/** TCP header without options, RFC 9293 §3.1. */
export const TCP_HEADER = 20;
/** Smallest MTU a link may have, RFC 791 §3.2 and RFC 8200 §5. */
export const MINIMUM_MTU = { 4: 68, 6: 1280 } as const;
/** What a host assumes where no MSS is announced, RFC 9293 §3.7.1; below it a clamp does harm. */
export const DEFAULT_MSS = { 4: 536, 6: 1220 } as const;
/**
 * What every IPv4 host takes, RFC 1122 §3.3.2: a smaller one in a configuration is a slip, or the rest of a number that
 * was cut.
 */
export const PLAUSIBLE_MTU = 576;
/** Total length is a 16-bit field, RFC 791 §3.1. */
export const LARGEST_PACKET = 65535;

export interface Mss {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** Fixed IP and TCP headers: what separates an MSS from an MTU, octets (RFC 9293 §3.7.1). */
export const fixedHeaders = (family: 4 | 6): number => IP_HEADER[family] + TCP_HEADER;

/** MSS for an MTU: fixed headers only, TCP options are never deducted (RFC 9293 §3.7.1). */
export const mssOf = (mtu: number): Mss => ({
  ipv4: mtu - fixedHeaders(4),
  ipv6: mtu - fixedHeaders(6),
});
