/** Internet Protocol version 4, RFC 791 §3.1. */
import { ipv4Text } from './address.js';
import type { Bytes } from './bytes.js';
import { checksum } from './checksum.js';

/** Offsets of the fields: whoever reads or writes this header takes them from here. */
export const IPV4_FIELD = {
  versionIhl: 0,
  tos: 1,
  totalLength: 2,
  identification: 4,
  flagsOffset: 6,
  ttl: 8,
  protocol: 9,
  checksum: 10,
  source: 12,
  destination: 16,
} as const;
export const IPV4_HEADER = 20;
/** Every link carries at least this, RFC 791 §3.2. */
export const IPV4_MINIMUM_MTU = 68;
/** Every host takes in at least this, RFC 791 §3.1. */
export const IPV4_REASSEMBLY_MINIMUM = 576;
export const DF = 0x4000,
  MF = 0x2000,
  FRAGMENT_OFFSET = 0x1fff;
/** Protocol and next-header numbers (IANA). */
export const PROTOCOL_NUMBER = {
  icmp: 1,
  /** IPv4 in IP, RFC 2003. */
  ipv4: 4,
  tcp: 6,
  udp: 17,
  /** IPv6 in IP, RFC 2473 and 4213. */
  ipv6: 41,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  /** RFC 3378. */
  etherIp: 97,
  /** Version 3, RFC 3931. */
  l2tp: 115,
  /** RFC 4023. */
  mpls: 137,
} as const;

export interface Ipv4Header {
  /** Octets, options included. */
  readonly headerLength: number;
  readonly tos: number;
  /** Header and payload, as written in the packet. */
  readonly totalLength: number;
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** Octets (the field times 8). */
  readonly fragmentOffset: number;
  readonly ttl: number;
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
}

/** @throws LengthError; also where the header length field says less than 20 octets. */
export function parseIpv4(bytes: Bytes): Ipv4Header {
  bytes.need(IPV4_HEADER, 'IPv4 header');
  const headerLength = (bytes.u8(IPV4_FIELD.versionIhl) & 15) * 4;
  if (headerLength < IPV4_HEADER) bytes.part(0, headerLength, 'IPv4 header length').need(IPV4_HEADER, 'IPv4 header');
  bytes.need(headerLength, 'IPv4 options');
  const flags = bytes.u16(IPV4_FIELD.flagsOffset);
  return {
    headerLength,
    tos: bytes.u8(IPV4_FIELD.tos),
    totalLength: bytes.u16(IPV4_FIELD.totalLength),
    identification: bytes.u16(IPV4_FIELD.identification),
    dontFragment: (flags & DF) !== 0,
    moreFragments: (flags & MF) !== 0,
    fragmentOffset: (flags & FRAGMENT_OFFSET) * 8,
    ttl: bytes.u8(IPV4_FIELD.ttl),
    protocol: bytes.u8(IPV4_FIELD.protocol),
    source: ipv4Text(bytes.octets, IPV4_FIELD.source),
    destination: ipv4Text(bytes.octets, IPV4_FIELD.destination),
  };
}

/** Options are written as zero (end of list); the checksum is computed. */
export function emitIpv4(header: Ipv4Header, into: Bytes): void {
  into.need(header.headerLength, 'IPv4 header');
  into.octets.fill(0, IPV4_HEADER, header.headerLength);
  into.put8(IPV4_FIELD.versionIhl, 0x40 | (header.headerLength / 4));
  into.put8(IPV4_FIELD.tos, header.tos);
  into.put16(IPV4_FIELD.totalLength, header.totalLength);
  into.put16(IPV4_FIELD.identification, header.identification);
  into.put16(
    IPV4_FIELD.flagsOffset,
    (header.dontFragment ? DF : 0) | (header.moreFragments ? MF : 0) | (header.fragmentOffset / 8),
  );
  into.put8(IPV4_FIELD.ttl, header.ttl);
  into.put8(IPV4_FIELD.protocol, header.protocol);
  into.put16(IPV4_FIELD.checksum, 0);
  into.putAll(IPV4_FIELD.source, ipv4Octets(header.source));
  into.putAll(IPV4_FIELD.destination, ipv4Octets(header.destination));
  into.put16(IPV4_FIELD.checksum, checksum(into.octets.subarray(0, header.headerLength)));
}

/** The four octets of a dotted decimal address; the text is trusted to be one. */
export const ipv4Octets = (text: string): Uint8Array => Uint8Array.from(text.split('.'), Number);
