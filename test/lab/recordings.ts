import type { Recording } from './recording.js';
import type { Capture, Step } from './scenario.js';

const client: readonly Capture[] = [{ point: 'client' }];
const up = (octets: number, timeoutSeconds = 15): Step => ({ do: 'tcp', up: octets, timeoutSeconds });
const down = (octets: number, timeoutSeconds = 15): Step => ({ do: 'tcp', down: octets, timeoutSeconds });
/** Inner packets of sizes around a block boundary, so that block and overhead can be read off the outer sizes. */
const sweep = (from: number, to: number): Step[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ do: 'udp', size: from + index, patient: false }));

const cbc = 'aes256-cbc/sha256-128';
const gcm = 'aes256-gcm16';
const tunnel = { tunnel: 'esp', suite: cbc, delayMs: 10 } as const;

/** The examples in `captures/`. A new one is a row here and a run of `npm run lab:record -- NAME`. */
export const recordings: readonly Recording[] = [
  {
    name: 'pmtud-works',
    shows:
      'No clamp. Full-size segments are answered with Packet Too Big (1438), the client shrinks, the transfer completes.',
    verdict: 'pmtud-works',
    accept: { client: ['pmtud-works'] },
    scenario: { ...tunnel, capture: client, run: [up(30_000)] },
  },
  {
    name: 'pmtud-works-ipv6',
    shows: 'The same in IPv6, inside and outside: ICMPv6 Packet Too Big with 1406, which is MSS 1346.',
    verdict: 'pmtud-works',
    accept: { client: ['pmtud-works'] },
    scenario: { ...tunnel, outer: 6, capture: client, run: [{ do: 'tcp', inner: 6, up: 30_000 }] },
  },
  {
    name: 'black-hole',
    shows:
      'No clamp, and both gateways keep their Packet Too Big to themselves: the upload stalls after the handshake.',
    verdict: 'black-hole',
    accept: {
      client: ['black-hole'],
      server: ['black-hole-suspected', 'black-hole', 'inconclusive'],
    },
    scenario: {
      ...tunnel,
      dropPtb: ['gw1', 'gw2'],
      capture: [{ point: 'client' }, { point: 'server' }],
      run: [up(30_000, 6)],
    },
  },
  {
    name: 'clamp-ok',
    shows: 'PPPoE below, NAT-T: MSS clamped to 1390 in both directions. Nothing is too large, nothing is fragmented.',
    verdict: 'clamp-ok',
    accept: { client: ['clamp-ok', 'ok'], server: ['clamp-ok', 'ok'] },
    scenario: {
      ...tunnel,
      suite: gcm,
      natT: true,
      wan: 'pppoe',
      clamp: { at: 'gw1', direction: 'both', mss: 1390 },
      capture: [{ point: 'client' }, { point: 'server' }],
      run: [up(20_000), down(20_000)],
    },
  },
  {
    name: 'clamp-one-way',
    shows:
      'Only the SYN of the client is clamped (1398), the SYN/ACK keeps 1460: downloads fit, uploads cost Packet Too Big.',
    verdict: 'clamp-one-way',
    accept: {
      client: ['clamp-one-way', 'pmtud-works'],
      'gw1-any': ['clamp-one-way', 'pmtud-works'],
    },
    scenario: {
      ...tunnel,
      tunnel: 'vti',
      tunnelMtu: 1438,
      clamp: { at: 'gw1', direction: 'up', mss: 1398 },
      capture: [{ point: 'client' }, { point: 'gw1-any', snapLength: 128 }],
      run: [down(10_000), up(10_000)],
    },
  },
  {
    name: 'clamp-too-high',
    shows:
      'PPPoE: MSS clamped to 1452, the value without the tunnel; 1382 would fit. No Packet Too Big: the upload stalls.',
    verdict: 'clamp-too-high',
    accept: {
      server: ['clamp-too-high', 'black-hole-suspected', 'black-hole', 'inconclusive'],
      client: ['clamp-too-high', 'black-hole'],
    },
    scenario: {
      ...tunnel,
      natT: true,
      wan: 'pppoe',
      clamp: { at: 'gw1', direction: 'both', mss: 1452 },
      dropPtb: ['gw1', 'gw2'],
      capture: client,
      run: [up(30_000, 6)],
    },
  },
  {
    name: 'mss-ignored',
    shows: 'MSS clamped to 1398, but the client sends 1460 all the same; only Packet Too Big brings it down.',
    verdict: 'mss-ignored',
    accept: { client: ['mss-ignored', 'pmtud-works'] },
    scenario: {
      ...tunnel,
      clamp: { at: 'gw1', direction: 'both', mss: 1398 },
      ignoreMss: { at: 'client', use: 1460 },
      capture: client,
      run: [up(30_000)],
    },
  },
  {
    name: 'ptb-zero-mtu',
    shows: 'The gateway answers with ICMP 3/4 whose next-hop MTU is 0 (RFC 792 router): the client falls to 552.',
    verdict: 'ptb-zero-mtu',
    accept: { client: ['ptb-zero-mtu'] },
    scenario: { ...tunnel, ptbMtu: { at: 'gw1', mtu: 0 }, capture: client, run: [up(20_000)] },
  },
  {
    name: 'post-frag',
    shows:
      'The gateways clear DF: full-size segments are encrypted whole and every ESP packet leaves in two fragments.',
    verdict: 'post-frag',
    accept: { 'gw1-wan': ['post-frag'] },
    scenario: {
      ...tunnel,
      clearDf: ['gw1', 'gw2'],
      capture: [{ point: 'gw1-wan', filter: 'not ip6' }],
      run: [up(20_000)],
    },
  },
  {
    name: 'pre-frag',
    shows:
      'The client sends TCP without DF into a VTI of 1438: the gateway fragments the inner packets before encryption.',
    verdict: 'pre-frag',
    accept: { server: ['pre-frag'] },
    scenario: {
      ...tunnel,
      tunnel: 'vti',
      tunnelMtu: 1438,
      sysctl: { client: { 'ipv4.ip_no_pmtu_disc': 1 } },
      capture: [{ point: 'server' }],
      run: [up(20_000)],
    },
  },
  {
    name: 'esp-only',
    shows: 'Nothing but ESP in UDP 4500, AES-CBC with SHA-1: block, IV and ICV can be read off the sizes, and no more.',
    verdict: 'esp-only',
    accept: { 'gw1-wan': ['esp-only', 'ok'] },
    scenario: {
      ...tunnel,
      suite: 'aes128-cbc/sha1-96',
      natT: true,
      clamp: { at: 'gw1', direction: 'both', mss: 1382 },
      capture: [{ point: 'gw1-wan', filter: 'udp port 4500', snapLength: 128 }],
      run: [...sweep(100, 132), ...sweep(1400, 1422), up(20_000), down(20_000)],
    },
  },
  {
    name: 'ok',
    shows: 'A plain path of 1500 without a tunnel: MSS 1460 both ways, full-size segments arrive.',
    verdict: 'ok',
    accept: { client: ['ok'] },
    scenario: { tunnel: 'none', delayMs: 10, capture: client, run: [up(20_000), down(20_000)] },
  },
  {
    name: 'loss-not-mtu',
    shows:
      'The clamp is right, but the WAN loses 8 % of all packets, small and large: retransmissions of the same size get through.',
    verdict: 'loss-not-mtu',
    accept: { client: ['loss-not-mtu', 'clamp-ok', 'ok'] },
    scenario: {
      ...tunnel,
      lossPercent: 8,
      clamp: { at: 'gw1', direction: 'both', mss: 1398 },
      capture: [{ point: 'client', snapLength: 96 }],
      run: [up(200_000, 60)],
    },
  },
];
