import { describe, expect, test } from 'vitest';
import { Stop } from '../../src/frame/frame.js';
import * as layer from '../../src/frame/header-bits.js';
import {
  decode,
  ethernet,
  filled,
  icmp,
  ipv4,
  ipv6,
  join,
  shown,
  tcp,
  timestampsOption,
  udp,
} from '../packet/packets.js';
import { samples } from './frame-samples.js';

const frameOf = (name: string) => {
  const sample = samples.find(([known]) => known === name);
  if (!sample) throw new Error(`no sample ${name}`);
  return decode(sample[1], sample[2]);
};

/** What each sample must show: only the fields worth saying. */
const expected: Record<string, object> = {
  'Ethernet, IPv4, TCP data': { layers: 0, sourcePort: 40000, seq: 0xf0000000, payloadLength: 100, timestamps: true },
  'Ethernet, IPv4 with options, SYN': { flags: 2, mss: 1460, windowScale: 7, sackPermitted: true, payloadLength: 0 },
  'Ethernet, IPv4, SACK': { sackBlocks: 2, mss: -1 },
  'Ethernet with padding': { payloadLength: 0 },
  VLAN: { layers: layer.VLAN, tcp: true },
  QinQ: { layers: layer.VLAN | layer.QINQ, tcp: true },
  PPPoE: { layers: layer.PPPOE | layer.PPP, tcp: true },
  'PPPoE, IPv6': { destinationPort: 2000, payloadLength: 9 },
  MPLS: { layers: layer.MPLS, payloadLength: 100 },
  SNAP: { payloadLength: 100 },
  ARP: { transport: -1, stop: Stop.unknown },
  'IPv6, extension headers': { tcp: true, mss: 1460, payloadLength: 0 },
  'IPv4 first fragment': { layers: layer.OUTER_FRAGMENT, sourcePort: 9, payloadLength: 64 },
  'IPv4 later fragment': { layers: layer.OUTER_FRAGMENT, transport: -1, sourcePort: -1 },
  'IPv6 first fragment': { layers: layer.OUTER_FRAGMENT, tcp: true },
  'IPv6 later fragment': { layers: layer.OUTER_FRAGMENT, transport: -1, tcp: false },
  'IPv6 atomic fragment': { layers: 0, tcp: true, payloadLength: 100 },
  'ICMP echo': { icmpType: 8, mtu: -1, payloadLength: 56, layers: 0 },
  'ICMP PTB': { layers: layer.PTB, icmpType: 3, icmpCode: 4, mtu: 1438, tcp: false },
  'ICMP PTB quoting ESP': { layers: layer.PTB, mtu: 1400, espLength: 0 },
  'ICMP PTB quoting NAT-T': { layers: layer.PTB, mtu: 0, espLength: 0 },
  'ICMPv6 PTB': { layers: layer.PTB, icmpType: 2, mtu: 1280, tcp: false },
  ESP: { layers: layer.ESP, espSpi: 0xc0ffee00, espSequence: 17, espLength: 96 },
  'ESP in UDP': { layers: layer.NATT, espSpi: 0xc0ffee00, espLength: 96, sourcePort: 4500 },
  'IKE on 4500': { layers: layer.IKE, espLength: 0 },
  'NAT keepalive': { layers: layer.KEEPALIVE, espLength: 0 },
  'IKE on 500': { layers: layer.IKE },
  AH: { layers: layer.AH, tcp: true, payloadLength: 100 },
  GRE: { layers: layer.GRE, tunnels: 1, tcp: true, tunnelOverhead: 24 },
  'GRE with key and sequence': { layers: layer.GRE, tcp: true, tunnelOverhead: 32 },
  'GRE, Ethernet': { layers: layer.GRE, tcp: true, tunnelOverhead: 38 },
  PPTP: { layers: layer.GRE | layer.PPP, tcp: true },
  IPIP: { layers: layer.IPIP, tunnelOverhead: 20 },
  '6in4': { layers: layer.SIT, tunnelOverhead: 20 },
  '4in6': { layers: layer.IN_IPV6, tunnelOverhead: 40 },
  VXLAN: { layers: layer.VXLAN, tunnelOverhead: 50 },
  Geneve: { layers: layer.GENEVE, tunnelOverhead: 54 },
  L2TP: { layers: layer.L2TP | layer.PPP, tcp: true },
  'WireGuard data': { layers: layer.WIREGUARD, payloadLength: 64 },
  TZSP: { layers: layer.TZSP, tcp: true },
  GTP: { layers: layer.GTP, tcp: true },
  'ESP in VXLAN in GRE': { layers: layer.GRE | layer.VXLAN | layer.ESP, tunnels: 2, espLength: 96 },
  'TZSP as link': { layers: layer.TZSP, tcp: true },
  EoIP: { layers: layer.GRE | layer.EOIP, tcp: true, tunnelOverhead: 42 },
  EtherIP: { layers: layer.ETHERIP, tcp: true, tunnelOverhead: 36 },
  EoIPv6: { layers: layer.ETHERIP, tcp: true, tunnelOverhead: 56 },
  'GRE, ERSPAN II': { layers: layer.GRE, tcp: true, tunnelOverhead: 50 },
  'GRE, ERSPAN III': { layers: layer.GRE, tcp: true, tunnelOverhead: 54 },
  'GRE, WCCP': { layers: layer.GRE, tcp: true, tunnelOverhead: 28 },
  'GRE, 802.11': { layers: layer.GRE, tcp: true, tunnelOverhead: 58 },
  'L2TPv3 in IP': { layers: layer.L2TPV3, tcp: true, tunnelOverhead: 38 },
  'L2TPv3 in IP, cookie and sublayer': { layers: layer.L2TPV3, tcp: true, tunnelOverhead: 50 },
  'L2TPv3 in UDP': { layers: layer.L2TPV3, tcp: true, tunnelOverhead: 54 },
  'VXLAN-GPE': { layers: layer.VXLAN_GPE, tcp: true, tunnelOverhead: 36 },
  'MPLS in UDP': { layers: layer.MPLS_TUNNEL | layer.MPLS, tcp: true, tunnelOverhead: 32 },
  'MPLS in IP': { layers: layer.MPLS_TUNNEL | layer.MPLS, tcp: true, tunnelOverhead: 24 },
  Teredo: { layers: layer.TEREDO, tcp: true, tunnelOverhead: 28 },
  'Teredo with indications': { layers: layer.TEREDO, tcp: true, tunnelOverhead: 49 },
  'CAPWAP, 802.3': { layers: layer.CAPWAP, tcp: true, tunnelOverhead: 50 },
  'CAPWAP, 802.11': { layers: layer.CAPWAP, tcp: true, tunnelOverhead: 70 },
  'CAPWAP over DTLS': { layers: 0, tcp: false, stop: Stop.encrypted },
  AYIYA: { layers: layer.AYIYA, tcp: true },
  '802.1ah': { layers: layer.VLAN, tcp: true },
  MACsec: { stop: Stop.encrypted },
  'ICMPv6 echo': { icmpType: 128, payloadLength: 56 },
  'another upper layer': { tcp: false, payloadLength: 100, stop: Stop.none },
  '802.11 encrypted': { stop: Stop.encrypted },
  'private use, no PKTAP': { stop: Stop.link },
  'unknown link': { stop: Stop.link },
};

describe('each kind of frame', () => {
  test.for(samples.map(([name]) => name))('%s', (name) => {
    const frame = frameOf(name);
    expect(frame).toMatchObject(expected[name] ?? { tcp: true, payloadLength: 100, destinationPort: 443 });
  });
});

describe('headers', () => {
  test('outermost and innermost are kept apart', () => {
    const frame = frameOf('6in4');
    expect([frame.outer.family, frame.outer.totalLength, frame.ip.family, frame.ip.totalLength]).toEqual([
      4, 192, 6, 172,
    ]);
    const plain = frameOf('PPPoE');
    expect(plain.ip).toBe(plain.outer);
  });
  test('fragments', () => {
    expect(frameOf('IPv4 first fragment').outer).toMatchObject({
      fragment: true,
      mf: true,
      fragmentOffset: 0,
      df: false,
    });
    expect(frameOf('IPv4 later fragment').outer).toMatchObject({ fragment: true, mf: false, fragmentOffset: 1480 });
    expect(frameOf('IPv6 later fragment').outer).toMatchObject({
      fragment: true,
      fragmentOffset: 1448,
      id: 0xdeadbeef,
    });
    expect(frameOf('IPv6 atomic fragment').outer).toMatchObject({ fragment: false, fragmentHeader: true });
  });
  test('SACK edges are unsigned', () => {
    expect([...frameOf('Ethernet, IPv4, SACK').sack.subarray(0, 4)]).toEqual([100, 200, 0xfffffff0, 16]);
  });
  test.for([
    ['ICMP PTB', { seq: 0x80000001, sourcePort: 40000, spi: -1 }, 1500, 6],
    ['ICMP PTB quoting ESP', { seq: -1, sourcePort: -1, spi: 0xc0ffee00 }, 116, 50],
    ['ICMP PTB quoting NAT-T', { sourcePort: 4500, spi: 0xc0ffee00 }, 124, 17],
    ['ICMPv6 PTB', { seq: 5, destinationPort: 443 }, 1500, 6],
  ] as const)('quoted packet of %s', ([name, quote, totalLength, protocol]) => {
    const frame = frameOf(name);
    expect(frame.quote).toMatchObject(quote);
    expect(frame.quote.ip).toMatchObject({ totalLength, protocol, df: true });
    expect(frame.ip.protocol === 6).toBe(false);
  });
});

describe('sizes are the wire’s', () => {
  const whole = ethernet(0x0800, ipv4(6, tcp(filled(1400), { options: timestampsOption })));
  test('a snapped frame keeps its IP length and payload length', () => {
    const frame = decode(1, whole.subarray(0, 96), whole.length);
    expect(frame).toMatchObject({ snapped: true, tcp: true, payloadLength: 1400, stop: Stop.none });
    expect(frame.outer.totalLength).toBe(1452);
  });
  test('ESP in UDP 4500 cut within its marker is known by any octet that is not zero', () => {
    const spi = (...octets: number[]) => ethernet(0x0800, ipv4(17, udp(4500, 4500, [...octets, ...filled(100)])));
    const cutAt = (sample: Uint8Array) => decode(1, sample.subarray(0, 14 + 20 + 8 + 2), sample.length);
    expect(cutAt(spi(0xc0, 0xff, 0xee, 0))).toMatchObject({ layers: layer.NATT, espLength: 104, espSpi: -1 });
    expect(cutAt(spi(0, 0, 0, 0)).layers & (layer.NATT | layer.IKE)).toBe(0);
  });
  test('total length 0 (segmentation offload) is what the frame leaves', () => {
    const frame = decode(1, ethernet(0x0800, ipv4(6, tcp(filled(3000)), { totalLength: 0 })));
    expect([frame.outer.totalLength, frame.payloadLength, frame.superPacket]).toEqual([3040, 3000, true]);
  });
  test('IPv6 payload length 0 likewise', () => {
    const frame = decode(1, ethernet(0x86dd, ipv6(6, tcp(filled(3000)), 0)));
    expect([frame.outer.totalLength, frame.payloadLength, frame.superPacket]).toEqual([3060, 3000, true]);
  });
  test('an IP length beyond the frame gives no payload that was not there', () => {
    const frame = decode(1, ethernet(0x0800, ipv4(6, tcp(filled(10)), { totalLength: 9000 })));
    expect([frame.outer.totalLength, frame.payloadLength]).toEqual([9000, 10]);
  });
});

describe('what contradicts itself is said, not believed', () => {
  const bad: readonly (readonly [string, Uint8Array, object])[] = [
    [
      'version 5',
      ethernet(
        0x0800,
        ipv4(6, tcp([])).map((octet, at) => (at ? octet : 0x55)),
      ),
      { announced: 4 },
    ],
    [
      'IHL 4',
      ethernet(
        0x0800,
        ipv4(6, tcp([])).map((octet, at) => (at ? octet : 0x44)),
      ),
      { announced: 4 },
    ],
    ['total length below the header', ethernet(0x0800, ipv4(6, tcp([]), { totalLength: 11 })), { announcedLength: 11 }],
    [
      'TCP header of 8',
      ethernet(
        0x0800,
        ipv4(
          6,
          tcp(filled(9)).map((octet, at) => (at === 12 ? 0x20 : octet)),
        ),
      ),
      { layers: layer.TCP_CUT },
    ],
    ['TCP option of length 0', ethernet(0x0800, ipv4(6, tcp([], { options: [2, 0, 5, 180] }))), { mss: -1, tcp: true }],
    [
      'TCP option past the header',
      ethernet(0x0800, ipv4(6, tcp([], { options: [1, 1, 2, 4] }))),
      { mss: -1, tcp: true },
    ],
    ['ESP of 4 octets', ethernet(0x0800, ipv4(50, filled(4))), { espSpi: -1 }],
  ];
  test.for(bad)('%s', ([, octets, seen]) => {
    expect(decode(1, octets)).toMatchObject({ stop: Stop.malformed, ...seen });
  });
  test('link padding is no header', () => {
    const short = ethernet(0x0800, ipv4(6, tcp(filled(20)), { totalLength: 28 }));
    expect(decode(1, short)).toMatchObject({ tcp: false, sourcePort: 40000, stop: Stop.malformed });
    expect(decode(1, ethernet(0x0800, ipv4(6, tcp(filled(20)), { totalLength: 20 })))).toMatchObject({
      sourcePort: -1,
    });
  });
  test('tunnels in tunnels end somewhere', () => {
    let packet = ipv4(6, tcp(filled(4)));
    for (let depth = 0; depth < 12; depth++) packet = ipv4(4, packet);
    expect(decode(101, packet)).toMatchObject({ stop: Stop.deep, tunnels: 8, tcp: false });
  });
  test.for([
    [94, Stop.none, true],
    [95, Stop.deep, false],
  ] as const)('nor do more than 96 headers that are no tunnels: IP, %i AH, TCP', ([count, stop, seen]) => {
    let packet = tcp(filled(4));
    for (let left = count; left > 0; left--) packet = join([left === count ? 6 : 51, 1, 0, 0], filled(8), packet);
    expect(decode(101, ipv4(51, packet))).toMatchObject({ stop, tcp: seen });
  });
  test('an old quote is not shown for a frame without one', () => {
    const frame = frameOf('ICMP PTB');
    expect(decode(1, ethernet(0x0800, ipv4(1, icmp(8, 0, 0, [])))).quote.ip.family).toBe(0);
    expect(frame.quote.ip.family).toBe(4);
  });
  test('a WireGuard-like DNS query is none', () => {
    const query = [3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, ...filled(52)];
    expect(decode(1, ethernet(0x0800, ipv4(17, udp(5000, 53, query)))).layers).toBe(0);
  });
});

test('every truncation of every kind: nothing thrown, nothing read outside, offsets inside', () => {
  const wrong: string[] = [];
  for (const [name, link, octets] of samples) {
    for (let length = 0; length <= octets.length; length++) {
      for (const original of [length, octets.length]) {
        const part = octets.subarray(0, length);
        const frame = decode(link, part, original, 0x00);
        const one = JSON.stringify(shown(frame));
        if (one !== JSON.stringify(shown(decode(link, part, original, 0xff))))
          wrong.push(`${name}: reads past ${length}`);
        if (frame.transport > frame.end || frame.payloadLength < 0) wrong.push(`${name}: offsets at ${length}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

describe('a frame of nothing but headers', () => {
  /** `first`, then `again` as often as a record may hold it. */
  const endless = (first: Uint8Array | readonly number[], again: readonly number[]): Uint8Array =>
    join(first, ...Array.from({ length: Math.floor(262_000 / again.length) }, () => again));
  const hostile = [
    ['NSH of no length in Ethernet', 1, endless([], [0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0x89, 0x4f])],
    ['MACsec', 1, endless([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0xe5], [0, 0, 0, 0, 0, 0, 0x88, 0xe5])],
    ['PPPoE and Cisco HDLC', 51, endless([], [0, 0, 0, 0, 0, 0, 0x0f, 0, 0x88, 0x64])],
    ['SNAP', 1, endless([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4], [0xaa, 0xaa, 3, 0, 0, 0, 0x81, 0, 0, 0, 0, 4])],
    ['AH', 101, endless(ipv4(51, [], { totalLength: 0 }), [51, 0, 0, 0, 0, 0, 0, 0])],
    ['PPI in PPI', 192, endless([], [0, 0, 8, 0, 192, 0, 0, 0])],
    ['VLAN tags', 1, endless([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x81, 0], [0, 1, 0x81, 0])],
  ] as const;
  test.for(hostile)('%s: ends, and takes no more stack than another', ([, linkType, octets]) => {
    expect(decode(linkType, octets)).toMatchObject({
      tcp: false,
      stop: expect.toSatisfy((stop: number) => stop !== 0),
    });
  });
});
