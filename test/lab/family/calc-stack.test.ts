import type { Scenario, Tunnel } from '../scenario.js';
import { type CalcCase, calcCase, cross, full } from './calc-cases.js';
import { judge } from './judge.js';

const suites = full
  ? [
      'aes256-cbc/sha256-128',
      'aes256-gcm16',
      'aes128-cbc/sha1-96',
      '3des-cbc/sha1-96',
      'aes256-cbc/sha512-256',
      'aes128-gcm8',
    ]
  : ['aes256-cbc/sha256-128', 'aes256-gcm16'];

const plain: readonly Tunnel[] = ['none', 'gre', 'gre-key', 'gretap', 'ipip', 'vxlan', 'geneve'];
const overIpsec: readonly Tunnel[] = [
  'esp-transport',
  'gre/esp',
  'gre/esp-tunnel',
  'ipip/esp',
  'vxlan/esp',
  'geneve/esp',
  'vti',
];

/**
 * A Linux gateway that routes into VXLAN or Geneve sends no Packet Too Big for what is too large outside: it learns the
 * path MTU for the inner destination, does not use it when forwarding, and fragments the outer packet. Only the
 * device's own MTU makes it speak, so that is asked for in cases of their own.
 */
const speaks = ({ scenario }: CalcCase): boolean =>
  scenario.tunnelMtu !== undefined || !/^(none|vxlan|geneve|l2tp)/.test(scenario.tunnel ?? '');
const withDeviceMtu = (one: CalcCase): CalcCase => ({
  ...one,
  scenario: { ...one.scenario, id: `${one.scenario.id} device MTU`, tunnelMtu: one.expected },
});

type Choice = Required<Pick<Scenario, 'tunnel' | 'outer' | 'natT' | 'suite'>>;
const alone = cross<Pick<Choice, 'tunnel' | 'outer'>>({ tunnel: plain, outer: [4, 6] }).map(calcCase);
const protectedOnes = cross<Choice>({ tunnel: overIpsec, suite: suites, natT: [false, true], outer: [4, 6] }).map(
  calcCase,
);

// A dial-in takes some ten seconds, so few of them.
const dialled = [
  calcCase({ tunnel: 'l2tp' }),
  ...[false, true].map((natT) => calcCase({ tunnel: 'l2tp/esp', suite: 'aes256-cbc/sha1-96', natT })),
];

judge([
  { title: 'carriers alone', cases: [...alone, calcCase({ tunnel: 'sit' })], speaks },
  { title: 'carriers over ESP', cases: protectedOnes, speaks },
  {
    title: 'carriers with the MTU of their device set to what fits',
    cases: [...alone, ...protectedOnes, ...dialled.slice(2)]
      .filter((one) => one.stack && !speaks(one))
      .map(withDeviceMtu),
  },
  { title: 'L2TP', cases: dialled, speaks },
]);
