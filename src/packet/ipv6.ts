/** Internet Protocol version 6, RFC 8200 §3. */
import type { Bytes } from './bytes.js';

const VERSION_CLASS_FLOW = 0,
  PAYLOAD_LENGTH = 4,
  NEXT_HEADER = 6,
  HOP_LIMIT = 7,
  SOURCE = 8,
  DESTINATION = 24;
export const IPV6_HEADER = 40;
/** Fragment header, RFC 8200 §4.5. */
export const IPV6_FRAGMENT_HEADER = 8;
/** Offsets of the fields, for readers that do not build a header value. */
export const IPV6_FIELD = {
  payloadLength: PAYLOAD_LENGTH,
  nextHeader: NEXT_HEADER,
  hopLimit: HOP_LIMIT,
  source: SOURCE,
  destination: DESTINATION,
} as const;
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
  const word = bytes.u32(VERSION_CLASS_FLOW);
  return {
    trafficClass: (word >>> 20) & 0xff,
    flowLabel: word & 0xfffff,
    payloadLength: bytes.u16(PAYLOAD_LENGTH),
    nextHeader: bytes.u8(NEXT_HEADER),
    hopLimit: bytes.u8(HOP_LIMIT),
    source: ipv6Text(bytes.octets, SOURCE),
    destination: ipv6Text(bytes.octets, DESTINATION),
  };
}

export function emitIpv6(header: Ipv6Header, into: Bytes): void {
  into.need(IPV6_HEADER, 'IPv6 header');
  into.put32(VERSION_CLASS_FLOW, 0x60000000 + header.trafficClass * 0x100000 + header.flowLabel);
  into.put16(PAYLOAD_LENGTH, header.payloadLength);
  into.put8(NEXT_HEADER, header.nextHeader);
  into.put8(HOP_LIMIT, header.hopLimit);
  into.putAll(SOURCE, ipv6Octets(header.source));
  into.putAll(DESTINATION, ipv6Octets(header.destination));
}

/** Canonical text of the sixteen octets at `at`, RFC 5952 §4: lower case, the longest run of zeros shortened. */
export function ipv6Text(octets: Uint8Array, at = 0): string {
  const groups = Array.from(
    { length: 8 },
    (_, i) => ((octets[at + 2 * i] as number) << 8) | (octets[at + 2 * i + 1] as number),
  );
  let start = -1;
  let longest = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run++;
    if (run > longest) {
      longest = run;
      start = i;
    }
  }
  const text = (list: number[]): string => list.map((group) => group.toString(16)).join(':');
  return start < 0 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + longest))}`;
}

/** The sixteen octets of an address, RFC 4291 §2.2, with or without a dotted tail; the text is trusted to be one. */
export function ipv6Octets(text: string): Uint8Array {
  const tail = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const plain = tail
    ? `${text.slice(0, tail.index)}${(Number(tail[1]) * 256 + Number(tail[2])).toString(16)}:${(Number(tail[3]) * 256 + Number(tail[4])).toString(16)}`
    : text;
  const [head = '', rest] = (plain.split('%')[0] as string).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = rest === undefined ? [] : groups(rest);
  const all = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return Uint8Array.from(
    all.slice(0, 8).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}
