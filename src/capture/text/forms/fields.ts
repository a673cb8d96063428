import { IP_HEADER } from '../../../packet/ip-header.js';
import { PROTOCOL_NUMBER } from '../../../packet/ipv4.js';
import { IPV6_HEADER } from '../../../packet/ipv6.js';
import { TCP_HEADER_MINIMUM } from '../../../packet/tcp.js';
import { blankPacket, blankTcp, type PrintedPacket } from '../printed.js';
import { secondsOf, wiresharkSeconds } from '../stamp.js';

/** A field of a dissected packet by Wireshark's own name, in the order of the packet. */
export type Field = readonly [name: string, value: string];

const numberOf = (value: string | undefined): number | null => {
  const found = /^(0x[0-9a-f]{1,10}|\d{1,10})/i.exec(value?.trim() ?? '');
  return found ? Number(found[1]) : null;
};
/** Octets of the first piece of a datagram where every link carries 576 (RFC 791 3.2), in whole units. */
const SMALLEST_PIECE = 552;
/** Packet types of a cooked capture. */
const RECEIVED = 0;
const SENT_BY_US = 4;

const isSet = (value: string | undefined): boolean => value === '1' || /^true$|^set$/i.test(value ?? '');

/**
 * The packet of its fields: the outermost IP header first; what an ICMP error quotes, or a tunnel carries, behind it.
 */
export function packetOfFields(fields: readonly Field[], line: number): PrintedPacket | null {
  const frame = new Map<string, string>();
  const levels: Map<string, string[]>[] = [];
  for (const [name, value] of fields) {
    if (name.startsWith('frame.') || name.startsWith('sll.')) {
      if (!frame.has(name)) frame.set(name, value);
      continue;
    }
    // Newer versions say `ip.version` in both headers.
    if ((name === 'ip.version' && value !== '6') || name === 'ipv6.version') levels.push(new Map());
    const level = levels.at(-1);
    if (!level) continue;
    const held = level.get(name);
    if (held) held.push(value);
    else level.set(name, [value]);
  }
  if (frame.size === 0 && levels.length === 0) return null;
  const epoch = frame.get('frame.time_epoch');
  const time = (epoch === undefined ? null : secondsOf(epoch)) ?? wiresharkSeconds(frame.get('frame.time') ?? '');
  const index = frame.get('sll.ifindex');
  const named = frame.get('frame.interface_name') ?? frame.get('frame.interface_id') ?? null;
  const device = index === undefined ? named : `ifindex ${index}`;
  const kind = numberOf(frame.get('sll.pkttype'));
  const way = kind === SENT_BY_US ? 'out' : kind === RECEIVED ? 'in' : null;
  const [first, ...rest] = levels.slice(0, 4).map((level) => levelOf(level, line));
  const head = { time, device, way } as const;
  if (!first) return { ...blankPacket(line), ...head };
  let packet = first;
  const [second] = rest;
  if (second && packet.icmp)
    packet = { ...packet, icmp: { ...packet.icmp, quote: { destination: second.destination, packet: second } } };
  else if (second) packet = { ...packet, inner: second };
  return { ...packet, ...head };
}

function levelOf(values: ReadonlyMap<string, string[]>, line: number): PrintedPacket {
  const first = (...names: string[]): string | undefined =>
    names.map((name) => values.get(name)?.[0]).find((one) => one !== undefined);
  const number = (...names: string[]): number | null => numberOf(first(...names));
  const four = !values.has('ipv6.version');
  const plen = number('ipv6.plen');
  const packet: PrintedPacket = {
    ...blankPacket(line),
    family: four ? 4 : 6,
    source: first(four ? 'ip.src' : 'ipv6.src') ?? '',
    destination: first(four ? 'ip.dst' : 'ipv6.dst') ?? '',
    ipLength: four ? number('ip.len') : plen === null ? null : plen + IPV6_HEADER,
    id: number('ip.id', 'ipv6.fraghdr.ident'),
    ttl: number('ip.ttl', 'ipv6.hlim'),
    df: four ? (first('ip.flags.df') === undefined ? null : isSet(first('ip.flags.df'))) : true,
    mf: isSet(first('ip.flags.mf', 'ipv6.fraghdr.more')),
    fragmentOffset: number('ip.frag_octets') ?? fragmentOffset(number('ip.frag_offset', 'ipv6.fraghdr.offset')),
    protocol: protocolOf(number(four ? 'ip.proto' : 'ipv6.nxt'), number('ipv6.fraghdr.nxt')),
  };
  if (packet.source === '' || packet.destination === '') return blankPacket(line);
  if (values.has('tcp.srcport')) {
    const ports = { sourcePort: first('tcp.srcport') ?? null, destinationPort: first('tcp.dstport') ?? null };
    return { ...packet, ...ports, protocol: PROTOCOL_NUMBER.tcp, tcp: tcpOf(values, packet, number, first) };
  }
  if (values.has('udp.srcport')) {
    const length = number('udp.length');
    const ports = { sourcePort: first('udp.srcport') ?? null, destinationPort: first('udp.dstport') ?? null };
    const marker =
      values.has('isakmp.ispi') && (ports.sourcePort === '4500' || ports.destinationPort === '4500')
        ? ('ike' as const)
        : null;
    return {
      ...packet,
      ...ports,
      udp: length === null ? null : Math.max(0, length - 8),
      esp: espOf(number, true),
      marker,
    };
  }
  const type = number('icmp.type', 'icmpv6.type');
  if (type !== null) {
    const echo = [
      number('icmp.ident', 'icmpv6.echo.identifier') ?? 0,
      number('icmp.seq', 'icmpv6.echo.sequence_number') ?? 0,
    ] as const;
    const mtu = number('icmp.mtu', 'icmpv6.mtu');
    return {
      ...packet,
      icmp: {
        type,
        code: number('icmp.code', 'icmpv6.code') ?? 0,
        mtu,
        quote: null,
        echo: values.has('icmp.ident') ? echo : null,
      },
    };
  }
  return { ...packet, esp: espOf(number, false) };
}

type NumberOf = (...names: string[]) => number | null;

const espOf = (number: NumberOf, udp: boolean): PrintedPacket['esp'] => {
  const spi = number('esp.spi');
  return spi === null ? null : { spi, sequence: number('esp.sequence') ?? 0, octets: null, udp };
};

/**
 * Wireshark 4 gives the offset in units of eight octets, older ones in octets: one that eight does not divide is in
 * units, and so is one below that of any second piece.
 */
function fragmentOffset(printed: number | null): number {
  if (printed === null || printed === 0) return 0;
  return printed % 8 !== 0 || printed < SMALLEST_PIECE ? printed * 8 : printed;
}

const protocolOf = (next: number | null, behindFragment: number | null): number | null =>
  next === 44 ? behindFragment : next;

function tcpOf(
  values: ReadonlyMap<string, string[]>,
  packet: PrintedPacket,
  number: NumberOf,
  first: (...names: string[]) => string | undefined,
): PrintedPacket['tcp'] {
  const header = number('tcp.hdr_len');
  const flags = number('tcp.flags');
  const raw = number('tcp.seq_raw', 'tcp.seq');
  if (flags === null || raw === null) return null;
  const length =
    number('tcp.len') ??
    (packet.ipLength ?? 0) - IP_HEADER[packet.family === 4 ? 4 : 6] - (header ?? TCP_HEADER_MINIMUM);
  const value = number('tcp.options.timestamp.tsval');
  const left = values.get('tcp.options.sack_le') ?? [];
  const right = values.get('tcp.options.sack_re') ?? [];
  return {
    ...blankTcp,
    flags: flags & 0xff,
    seq: raw,
    ack: flags & 16 ? number('tcp.ack_raw', 'tcp.ack') : null,
    window: number('tcp.window_size_value', 'tcp.window_size') ?? 0,
    payload: Math.max(0, length),
    mss: number('tcp.options.mss_val'),
    windowScale: number('tcp.options.wscale.shift'),
    timestamps: value === null ? null : [value, number('tcp.options.timestamp.tsecr') ?? 0],
    sackPermitted: values.has('tcp.options.sack_perm') || (values.get('tcp.option_kind') ?? []).includes('4'),
    sack: left.slice(0, 4).map((edge, index) => [numberOf(edge) ?? 0, numberOf(right[index]) ?? 0] as const),
    optionOctets: header === null ? null : Math.max(0, header - 20),
    checksum: numberOf(first('tcp.checksum')),
  };
}
