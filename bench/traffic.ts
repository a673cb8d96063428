// What the generated captures consist of: a TCP conversation in whatever stands around it.
import { ETHER_TYPE } from '../src/packet/ethernet.js';
import { PROTOCOL_NUMBER } from '../src/packet/ipv4.js';
import { PORT } from '../src/packet/ports.js';

export type Link = 'ethernet' | 'vlan' | 'qinq' | 'pppoe' | 'cooked' | 'cooked2' | 'raw';
export type Inside = 'tcp' | 'udp' | 'esp' | 'natt' | 'wireguard' | 'gre' | 'vxlan';

export interface Traffic {
  readonly packets: number;
  /** Connections open at the same time. */
  readonly flows: number;
  /** Data segments of a connection at most. */
  readonly segments: number;
  readonly format: 'pcap' | 'pcapng';
  /** Octets of data in a segment at most; the announced MSS where not given. */
  readonly data?: number;
  readonly link?: Link;
  readonly family?: 4 | 6;
  readonly inside?: Inside;
  /** Octets of a frame that are kept. */
  readonly snap?: number;
}

/** About a gigabyte of downloads, two thousand at a time. */
export const usual: Traffic = { packets: 1_500_000, flows: 2000, segments: 700, format: 'pcap' };

export const LINK_TYPE: Readonly<Record<Link, number>> = {
  ethernet: 1,
  vlan: 1,
  qinq: 1,
  pppoe: 1,
  cooked: 113,
  cooked2: 276,
  raw: 101,
};

const w16 = (value: number): number[] => [value >> 8, value & 255];
const macs = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];

/** The octets before an IP packet of `length` octets; `sent` by the host that captures. */
export function linkHeader(link: Link, family: 4 | 6, length: number, sent: boolean): number[] {
  const type = family === 4 ? ETHER_TYPE.ipv4 : ETHER_TYPE.ipv6;
  switch (link) {
    case 'ethernet':
      return [...macs, ...w16(type)];
    case 'vlan':
      return [...macs, ...w16(ETHER_TYPE.vlan), 0, 100, ...w16(type)];
    case 'qinq':
      return [...macs, ...w16(ETHER_TYPE.serviceVlan), 0, 7, ...w16(ETHER_TYPE.vlan), 0, 100, ...w16(type)];
    case 'pppoe':
      return [
        ...macs,
        ...w16(ETHER_TYPE.pppoeSession),
        0x11,
        0,
        0,
        9,
        ...w16(length + 2),
        0,
        family === 4 ? 0x21 : 0x57,
      ];
    case 'cooked':
      return [0, sent ? 4 : 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, ...w16(type)];
    case 'cooked2':
      return [...w16(type), 0, 0, 0, 0, 0, 2, 0, 1, sent ? 4 : 0, 6, 2, 0, 0, 0, 0, 1, 0, 0];
    case 'raw':
      return [];
  }
}

/** What stands between the outer IP header and the conversation, or in its place; `protocol` is the outer header's. */
export interface Carrier {
  readonly protocol: number;
  /** Octets before an inner IP packet of `length` octets. */
  before(length: number, flow: number, back: boolean, sequence: number): number[];
  /** Octets of the outer payload that carry `length` octets of an inner packet. */
  octets(length: number): number;
  /** An inner IP packet in clear follows. */
  readonly clear: boolean;
}
const w32 = (value: number): number[] => [...w16(value >>> 16), ...w16(value & 0xffff)];
const udp = (source: number, destination: number, length: number): number[] => [
  ...w16(source),
  ...w16(destination),
  ...w16(length + 8),
  0,
  0,
];
/** Security associations of a generated capture, both ways. */
const TUNNELS = 8;
/** AES-GCM: SPI, sequence, IV, padding, length, next header, ICV. */
const espOctets = (length: number): number => 8 + 8 + Math.ceil((length + 2) / 4) * 4 + 16;
const esp = (flow: number, back: boolean, sequence: number): number[] => [
  ...w32(0xc0ff0000 + (flow % TUNNELS) * 2 + (back ? 1 : 0)),
  ...w32(sequence),
];

export const carriers: Readonly<Record<Exclude<Inside, 'tcp' | 'udp'>, Carrier>> = {
  esp: {
    protocol: PROTOCOL_NUMBER.esp,
    before: (_, flow, back, sequence) => esp(flow, back, sequence),
    octets: espOctets,
    clear: false,
  },
  natt: {
    protocol: PROTOCOL_NUMBER.udp,
    before: (length, flow, back, sequence) => [
      ...udp(PORT.natt, PORT.natt, espOctets(length)),
      ...esp(flow, back, sequence),
    ],
    octets: (length) => 8 + espOctets(length),
    clear: false,
  },
  wireguard: {
    protocol: PROTOCOL_NUMBER.udp,
    before: (length, flow, back, sequence) => [
      ...udp(51_820, 51_820, 32 + Math.ceil(length / 16) * 16),
      ...[
        4,
        0,
        0,
        0,
        0,
        0,
        flow % TUNNELS,
        back ? 1 : 0,
        sequence & 255,
        (sequence >> 8) & 255,
        (sequence >> 16) & 255,
        0,
      ],
      ...w32(0),
    ],
    octets: (length) => 8 + 32 + Math.ceil(length / 16) * 16,
    clear: false,
  },
  gre: {
    protocol: PROTOCOL_NUMBER.gre,
    before: () => [0, 0, ...w16(ETHER_TYPE.ipv4)],
    octets: (length) => 4 + length,
    clear: true,
  },
  vxlan: {
    protocol: PROTOCOL_NUMBER.udp,
    before: (length, flow) => [
      ...udp(49_152 + (flow % 16_000), PORT.vxlan, length + 22),
      ...[8, 0, 0, 0, 0, 0, 5, 0],
      ...linkHeader('ethernet', 4, length, false),
    ],
    octets: (length) => 8 + 8 + 14 + length,
    clear: true,
  },
};
/** Octets of the addresses of a tunnel's ends that differ from flow to flow. */
export const tunnelOf = (flow: number): number => flow % TUNNELS;
