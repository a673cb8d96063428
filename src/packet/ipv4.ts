/** Internet Protocol version 4, RFC 791 §3.1. */
import type { Bytes } from './bytes.js';
import { checksum } from './checksum.js';

const VERSION_IHL = 0,
  TOS = 1,
  TOTAL_LENGTH = 2,
  IDENTIFICATION = 4,
  FLAGS_OFFSET = 6,
  TTL = 8,
  PROTOCOL = 9,
  CHECKSUM = 10,
  SOURCE = 12,
  DESTINATION = 16;
export const IPV4_HEADER = 20;
/** Offsets of the fields, for readers that do not build a header value. */
export const IPV4_FIELD = {
  versionIhl: VERSION_IHL,
  totalLength: TOTAL_LENGTH,
  identification: IDENTIFICATION,
  flagsOffset: FLAGS_OFFSET,
  ttl: TTL,
  protocol: PROTOCOL,
  source: SOURCE,
  destination: DESTINATION,
} as const;
/** Every link carries at least this, RFC 791 §3.2. */
export const IPV4_MINIMUM_MTU = 68;
/** Every host takes in at least this, RFC 791 §3.1. */
export const IPV4_REASSEMBLY_MINIMUM = 576;
export const DF = 0x4000,
  MF = 0x2000,
  FRAGMENT_OFFSET = 0x1fff;
/** Protocol and next-header numbers (IANA). */
export const PROTOCOL_NUMBER = { icmp: 1, tcp: 6, udp: 17, gre: 47, esp: 50, ah: 51, icmpv6: 58 } as const;

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
  const headerLength = (bytes.u8(VERSION_IHL) & 15) * 4;
  if (headerLength < IPV4_HEADER) bytes.part(0, headerLength, 'IPv4 header length').need(IPV4_HEADER, 'IPv4 header');
  bytes.need(headerLength, 'IPv4 options');
  const flags = bytes.u16(FLAGS_OFFSET);
  return {
    headerLength,
    tos: bytes.u8(TOS),
    totalLength: bytes.u16(TOTAL_LENGTH),
    identification: bytes.u16(IDENTIFICATION),
    dontFragment: (flags & DF) !== 0,
    moreFragments: (flags & MF) !== 0,
    fragmentOffset: (flags & FRAGMENT_OFFSET) * 8,
    ttl: bytes.u8(TTL),
    protocol: bytes.u8(PROTOCOL),
    source: ipv4Text(bytes.octets, SOURCE),
    destination: ipv4Text(bytes.octets, DESTINATION),
  };
}

/** Options are written as zero (end of list); the checksum is computed. */
export function emitIpv4(header: Ipv4Header, into: Bytes): void {
  into.need(header.headerLength, 'IPv4 header');
  into.octets.fill(0, IPV4_HEADER, header.headerLength);
  into.put8(VERSION_IHL, 0x40 | (header.headerLength / 4));
  into.put8(TOS, header.tos);
  into.put16(TOTAL_LENGTH, header.totalLength);
  into.put16(IDENTIFICATION, header.identification);
  into.put16(
    FLAGS_OFFSET,
    (header.dontFragment ? DF : 0) | (header.moreFragments ? MF : 0) | (header.fragmentOffset / 8),
  );
  into.put8(TTL, header.ttl);
  into.put8(PROTOCOL, header.protocol);
  into.put16(CHECKSUM, 0);
  into.putAll(SOURCE, ipv4Octets(header.source));
  into.putAll(DESTINATION, ipv4Octets(header.destination));
  into.put16(CHECKSUM, checksum(into.octets.subarray(0, header.headerLength)));
}

/** Dotted decimal of the four octets at `at`. */
export const ipv4Text = (octets: Uint8Array, at = 0): string =>
  `${octets[at]}.${octets[at + 1]}.${octets[at + 2]}.${octets[at + 3]}`;

/** The four octets of a dotted decimal address; the text is trusted to be one. */
export const ipv4Octets = (text: string): Uint8Array => Uint8Array.from(text.split('.'), Number);
