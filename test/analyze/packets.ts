/** Builds packets and pcap files for tests: every length is real, checksums are not. */
const ETHERNET = 1;

const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const u32 = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const address = (text: string): number[] =>
  text.includes(':') ? ipv6Octets(text) : text.split('.').map((part) => Number(part));

function ipv6Octets(text: string): number[] {
  const [head = '', tail = ''] = text.split('::');
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const front = groups(head);
  const back = groups(tail);
  return [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back].flatMap(u16);
}

/** So many of what `make` gives, in a row. */
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export interface IpOptions {
  readonly from: string;
  readonly to: string;
  readonly df?: boolean;
  readonly mf?: boolean;
  /** Octets; a multiple of 8. */
  readonly offset?: number;
  readonly id?: number;
  readonly ttl?: number;
}

/** An IP packet around `payload`; IPv6 where the address has colons (fragments of IPv4 only). */
export function ip(
  protocol: number,
  { from, to, df = true, mf = false, offset = 0, id = 1, ttl = 64 }: IpOptions,
  payload: readonly number[],
): number[] {
  if (from.includes(':'))
    return [0x60, 0, 0, 0, ...u16(payload.length), protocol, ttl, ...address(from), ...address(to), ...payload];
  const flags = (df ? 0x4000 : 0) | (mf ? 0x2000 : 0) | (offset / 8);
  return [
    0x45,
    0,
    ...u16(20 + payload.length),
    ...u16(id),
    ...u16(flags),
    ttl,
    protocol,
    0,
    0,
    ...address(from),
    ...address(to),
    ...payload,
  ];
}

export interface TcpOptions {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly seq: number;
  readonly ack?: number;
  readonly flags: number;
  readonly mss?: number | undefined;
  readonly sackPermitted?: boolean | undefined;
  readonly timestamps?: number | undefined;
  readonly sack?: readonly (readonly [number, number])[] | undefined;
  readonly window?: number | undefined;
  readonly data?: number;
}

export function tcp(options: TcpOptions): number[] {
  const {
    sourcePort,
    destinationPort,
    seq,
    ack = 0,
    flags,
    mss,
    sack = [],
    timestamps,
    window = 64000,
    data = 0,
  } = options;
  const list: number[] = [];
  if (mss !== undefined) list.push(2, 4, ...u16(mss));
  if (options.sackPermitted) list.push(1, 1, 4, 2);
  if (timestamps !== undefined) list.push(1, 1, 8, 10, ...u32(timestamps), 0, 0, 0, 0);
  if (sack.length > 0)
    list.push(1, 1, 5, 2 + 8 * sack.length, ...sack.flatMap(([left, right]) => [...u32(left), ...u32(right)]));
  const header = 20 + list.length;
  const checksum = Math.imul(seq + list.length, 2654435761) >>> 16;
  const head = [
    ...u16(sourcePort),
    ...u16(destinationPort),
    ...u32(seq),
    ...u32(ack),
    (header / 4) << 4,
    flags,
    ...u16(window),
    ...u16(checksum),
    0,
    0,
  ];
  return [...head, ...list, ...new Array<number>(data).fill(0x61)];
}

export const udp = (sourcePort: number, destinationPort: number, data: number): number[] => [
  ...u16(sourcePort),
  ...u16(destinationPort),
  ...u16(8 + data),
  0,
  0,
  ...new Array<number>(data).fill(0x62),
];

export const esp = (spi: number, sequence: number, length: number): number[] => [
  ...u32(spi),
  ...u32(sequence),
  ...new Array<number>(length - 8).fill(0x63),
];

/** ESP in UDP 4500. */
export const natt = (spi: number, sequence: number, length: number): number[] => {
  const inside = esp(spi, sequence, length);
  return [...u16(4500), ...u16(4500), ...u16(8 + inside.length), 0, 0, ...inside];
};

/** ICMP 3/4 or ICMPv6 type 2 from `router` about `packet`, which is quoted with `quoted` octets. */
export function ptb(router: string, to: string, mtu: number, packet: readonly number[], quoted = 60): number[] {
  if (to.includes(':')) return ip(58, { from: router, to }, [2, 0, 0, 0, ...u32(mtu), ...packet.slice(0, quoted)]);
  return ip(1, { from: router, to, df: false }, [3, 4, 0, 0, 0, 0, ...u16(mtu), ...packet.slice(0, quoted)]);
}

/** A filter's word that it forbids `packet` (ICMP 3/13, ICMPv6 1/1). */
export function forbidden(router: string, to: string, packet: readonly number[], code?: number): number[] {
  const v6 = to.includes(':');
  const head = [v6 ? 1 : 3, code ?? (v6 ? 1 : 13), 0, 0, 0, 0, 0, 0];
  return ip(v6 ? 58 : 1, { from: router, to, df: false }, [...head, ...packet.slice(0, 60)]);
}

/** The pieces a router makes of an IPv4 packet; `mtu` in octets. */
export function fragment(packet: readonly number[], mtu: number): number[][] {
  const payload = packet.slice(20);
  const room = Math.floor((mtu - 20) / 8) * 8;
  const pieces: number[][] = [];
  for (let offset = 0; offset < payload.length; offset += room) {
    const part = payload.slice(offset, offset + room);
    const more = offset + part.length < payload.length;
    const head = packet.slice(0, 20);
    head.splice(2, 2, ...u16(20 + part.length));
    head.splice(6, 2, ...u16((more ? 0x2000 : 0) | (offset / 8)));
    pieces.push([...head, ...part]);
  }
  return pieces;
}

export interface Timed {
  /** Seconds. */
  readonly at: number;
  readonly packet: readonly number[];
}

/** A classic little-endian microsecond capture of Ethernet frames. */
export function pcap(packets: readonly Timed[]): Uint8Array {
  const total = packets.reduce((sum, { packet }) => sum + 16 + 14 + packet.length, 24);
  const octets = new Uint8Array(total);
  const view = new DataView(octets.buffer);
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 262_144, true);
  view.setUint32(20, ETHERNET, true);
  let at = 24;
  for (const { at: time, packet } of packets) {
    const length = 14 + packet.length;
    const micros = Math.round(time * 1e6);
    view.setUint32(at, 1_700_000_000 + Math.floor(micros / 1e6), true);
    view.setUint32(at + 4, micros % 1e6, true);
    view.setUint32(at + 8, length, true);
    view.setUint32(at + 12, length, true);
    octets.set([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, ...(packet[0]! >> 4 === 6 ? [0x86, 0xdd] : [0x08, 0x00])], at + 16);
    octets.set(packet, at + 30);
    at += 16 + length;
  }
  return octets;
}
