import { describe, expect, test } from 'vitest';
import { TotalsCounter } from '../../src/analyze/totals.js';
import { samples } from '../frame/frame-samples.js';
import { decode, ethernet, filled, icmp, ipv4, ipv6, tcp } from '../packet/packets.js';

const sample = (name: string): readonly [number, Uint8Array] => {
  const found = samples.find(([known]) => known === name);
  if (!found) throw new Error(`no sample ${name}`);
  return [found[1], found[2]];
};
function totalsOf(frames: readonly (readonly [number, Uint8Array, number?])[]) {
  const counter = new TotalsCounter();
  for (const [link, octets, original] of frames) counter.visit(decode(link, octets, original));
  return counter.totals(frames.length);
}
const nothing = totalsOf([]);

describe('what one frame adds', () => {
  const rows: readonly (readonly [string, object])[] = [
    ['Ethernet, IPv4, TCP data', { ipv4: 1, dfSet: 1, tcp: 1, tcpData: 1, largest: { ipv4: 152, ipv6: 0 } }],
    [
      'Ethernet, IPv4 with options, SYN',
      { ipv4: 1, dfSet: 1, tcp: 1, synMss: { 1460: 1 }, largest: { ipv4: 56, ipv6: 0 } },
    ],
    ['ARP', {}],
    ['PPPoE', { pppoe: 1, ipv4: 1, dfSet: 1, tcp: 1, tcpData: 1, largest: { ipv4: 152, ipv6: 0 } }],
    ['IPv4 first fragment', { ipv4: 1, fragments: { ipv4: 1, ipv6: 0 }, largest: { ipv4: 92, ipv6: 0 } }],
    ['IPv4 later fragment', { ipv4: 1, fragments: { ipv4: 1, ipv6: 0 }, largest: { ipv4: 84, ipv6: 0 } }],
    ['IPv6 first fragment', { ipv6: 1, fragments: { ipv4: 0, ipv6: 1 }, tcp: 1, largest: { ipv4: 0, ipv6: 180 } }],
    ['IPv6 atomic fragment', { ipv6: 1, tcp: 1, tcpData: 1, largest: { ipv4: 0, ipv6: 180 } }],
    ['ESP', { ipv4: 1, dfSet: 1, esp: 1, largest: { ipv4: 116, ipv6: 0 } }],
    ['ESP in UDP', { ipv4: 1, dfSet: 1, natt: 1, largest: { ipv4: 124, ipv6: 0 } }],
    ['IKE on 4500', { ipv4: 1, dfSet: 1, ike: 1, largest: { ipv4: 72, ipv6: 0 } }],
    ['NAT keepalive', { ipv4: 1, dfSet: 1, largest: { ipv4: 29, ipv6: 0 } }],
    ['AH', { ipv4: 1, dfSet: 1, ah: 1, tcp: 1, tcpData: 1, largest: { ipv4: 176, ipv6: 0 } }],
    ['6in4', { ipv4: 1, dfSet: 1, tcp: 1, tcpData: 1, largest: { ipv4: 192, ipv6: 0 } }],
    ['GRE', { ipv4: 1, dfSet: 1, gre: 1, tcp: 1, tcpData: 1, largest: { ipv4: 176, ipv6: 0 } }],
    ['VXLAN', { ipv4: 1, dfSet: 1, vxlan: 1, tcp: 1, tcpData: 1, largest: { ipv4: 202, ipv6: 0 } }],
    ['WireGuard data', { ipv4: 1, dfSet: 1, wireguard: 1, largest: { ipv4: 92, ipv6: 0 } }],
    ['unknown link', {}],
  ];
  test.for(rows)('%s', ([name, adds]) => {
    expect(totalsOf([sample(name)])).toEqual({ ...nothing, frames: 1, ...adds });
  });
});

test('the quoted packet of a PTB is no traffic', () => {
  expect(totalsOf([sample('ICMP PTB'), sample('ICMP PTB'), sample('ICMPv6 PTB')])).toEqual({
    ...nothing,
    frames: 3,
    ipv4: 2,
    ipv6: 1,
    dfSet: 2,
    largest: { ipv4: 56, ipv6: 128 },
    ptb: [
      { from: '10.0.0.1', mtu: 1438, count: 2 },
      { from: '2001:db8::1', mtu: 1280, count: 1 },
    ],
  });
});
test('a PTB cut before its MTU counts with null', () => {
  const whole = ethernet(0x0800, ipv4(1, icmp(3, 4, 1438, filled(28))));
  expect(totalsOf([[1, whole.subarray(0, 38), whole.length]]).ptb).toEqual([{ from: '10.0.0.1', mtu: null, count: 1 }]);
});
test('SYNs without an MSS option are told apart', () => {
  const bare = ethernet(0x0800, ipv4(6, tcp([], { flags: 2 })));
  const answer = ethernet(0x0800, ipv4(6, tcp([], { flags: 0x12 })));
  expect(totalsOf([[1, bare], sample('Ethernet, IPv4 with options, SYN'), [1, answer]])).toMatchObject({
    synMss: { 1460: 1, none: 1 },
    synAckMss: { none: 1 },
  });
});
test('an IP header that cannot be read counts, with its length where that is there', () => {
  const whole = ethernet(0x0800, ipv4(6, tcp(filled(500))));
  const v6 = ethernet(0x86dd, ipv6(6, tcp(filled(500))));
  const totals = totalsOf([
    [1, whole.subarray(0, 20), whole.length],
    [1, v6.subarray(0, 30), v6.length],
  ]);
  expect(totals).toMatchObject({ ipv4: 1, ipv6: 1, tcp: 0, dfSet: 0, largest: { ipv4: 540, ipv6: 560 } });
});
test('an IPv6 super-packet counts as its header: it never was on a wire', () => {
  const super6 = ethernet(0x86dd, ipv6(6, tcp(filled(8000)), 0));
  expect(totalsOf([[1, super6]])).toMatchObject({ ipv6: 1, tcp: 0, tcpData: 0, largest: { ipv6: 40 } });
});
test('routers beyond the first thousand are counted together', () => {
  const counter = new TotalsCounter();
  for (let mtu = 0; mtu < 5000; mtu++) counter.visit(decode(1, ethernet(0x0800, ipv4(1, icmp(3, 4, mtu, [])))));
  const { ptb } = counter.totals(5000);
  expect(ptb.length).toBeLessThanOrEqual(2001);
  expect(ptb.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
});
