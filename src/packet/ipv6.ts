/** Internet Protocol version 6, RFC 8200 §3. */
import { ipv6Text } from './address.js';
import { addressOctets } from './address-octets.js';
import type { Bytes } from './bytes.js';

/** Offsets of the fields: whoever reads or writes this header takes them from here. */
export const IPV6_FIELD = {
  versionClassFlow: 0,
  payloadLength: 4,
  nextHeader: 6,
  hopLimit: 7,
  source: 8,
  destination: 24,
} as const;
export const IPV6_HEADER = 40;
/** Extension headers, RFC 8200 4: what comes next, and words of eight octets beyond the first. */
export const EXTENSION_FIELD = { nextHeader: 0, length: 1 } as const;
export const EXTENSION_LEAST = 8;
/** Fragment header, RFC 8200 §4.5. */
export const FRAGMENT_FIELD = { nextHeader: 0, reserved: 1, offset: 2, identification: 4 } as const;
/** Of its 16 bits `offset`: where the piece begins, octets; more pieces follow. */
export const FRAGMENT_START = 0xfff8,
  FRAGMENT_MORE = 1;
/** Every link carries at least this, RFC 8200 §5. */
export const IPV6_MINIMUM_MTU = 1280;
/** Next-header values of extension headers that may stand before the upper layer, RFC 8200 §4. */
export const EXTENSION = { hopByHop: 0, routing: 43, fragment: 44, destinationOptions: 60, noNext: 59 } as const;

export interface Ipv6Header {
  readonly trafficClass: number;
  readonly flowLabel: number;
  /** Everything after these 40 octets, as written in the packet. */
  readonly payloadLength: number;
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly source: string;
  readonly destination: string;
}

export function parseIpv6(bytes: Bytes): Ipv6Header {
  bytes.need(IPV6_HEADER, 'IPv6 header');
  const word = bytes.u32(IPV6_FIELD.versionClassFlow);
  return {
    trafficClass: (word >>> 20) & 0xff,
    flowLabel: word & 0xfffff,
    payloadLength: bytes.u16(IPV6_FIELD.payloadLength),
    nextHeader: bytes.u8(IPV6_FIELD.nextHeader),
    hopLimit: bytes.u8(IPV6_FIELD.hopLimit),
    source: ipv6Text(bytes.octets, IPV6_FIELD.source),
    destination: ipv6Text(bytes.octets, IPV6_FIELD.destination),
  };
}

export function emitIpv6(header: Ipv6Header, into: Bytes): void {
  into.need(IPV6_HEADER, 'IPv6 header');
  into.put32(IPV6_FIELD.versionClassFlow, 0x60000000 + header.trafficClass * 0x100000 + header.flowLabel);
  into.put16(IPV6_FIELD.payloadLength, header.payloadLength);
  into.put8(IPV6_FIELD.nextHeader, header.nextHeader);
  into.put8(IPV6_FIELD.hopLimit, header.hopLimit);
  into.putAll(IPV6_FIELD.source, ipv6Octets(header.source));
  into.putAll(IPV6_FIELD.destination, ipv6Octets(header.destination));
}

/** The sixteen octets of an address whose text is trusted to be one. */
export const ipv6Octets = (text: string): Uint8Array => addressOctets(text) as Uint8Array;
