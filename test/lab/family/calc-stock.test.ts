import type { Scenario } from '../scenario.js';
import { type CalcCase, calcCase, cross, full } from './calc-cases.js';
import { judge } from './judge.js';

const suites = full
  ? ['aes256-cbc/sha256-128', 'aes256-gcm16', 'aes128-cbc/sha1-96', 'aes256-cbc/sha512-256', 'chacha20poly1305']
  : ['aes256-cbc/sha256-128', 'aes256-gcm16'];

type Choice = Required<Pick<Scenario, 'tunnel' | 'suite' | 'natT' | 'outer'>>;
const deviceMtu = (more: number, what: string, one: CalcCase): CalcCase => ({
  ...one,
  scenario: { ...one.scenario, id: `${one.scenario.id} ${what}`, tunnelMtu: one.expected + more },
});

// WireGuard pads what it carries to a multiple of 16 octets, but never beyond the MTU of its device. It sends no Packet
// Too Big for what is too large outside. So a device with one octet too many fragments everything above the last
// multiple of 16.
const wireguard = cross<Required<Pick<Scenario, 'tunnel' | 'outer' | 'linkMtu'>>>({
  tunnel: ['wireguard'],
  linkMtu: [1500, 1492],
  outer: [4, 6],
}).map(calcCase);
judge([
  {
    title: 'xfrm interface',
    cases: cross<Choice>({ tunnel: ['xfrm'], suite: suites, natT: [false, true], outer: [4, 6] }).map(calcCase),
  },
  {
    title: 'WireGuard with one octet more on its device',
    cases: wireguard.map((one) => ({
      ...deviceMtu(1, 'one octet more', one),
      expected: one.expected - (one.expected % 16),
    })),
    speaks: () => false,
  },
  {
    title: 'WireGuard with the MTU of its device set to what fits',
    cases: wireguard.map((one) => deviceMtu(0, 'device MTU', one)),
  },
]);
