import { DEFAULT_MSS, IP_HEADER, LARGEST_PACKET, PLAUSIBLE_MTU, TCP_HEADER } from '../../mtu/mss.js';
import type { Judged } from '../judged.js';
import { limitOf } from '../profile.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';

const FIX = 'mistyped, or cut off: look at this line of the box itself';

/** Whether a clamp can have been meant so: below what every host takes only in a tunnel that has no more. */
export const isPlausible = (mss: number, family: 4 | 6, limit: number): boolean =>
  mss >= Math.min(DEFAULT_MSS[family], limit) && mss <= LARGEST_PACKET - IP_HEADER[family] - TCP_HEADER;

function clamps({ rules, profile }: Judged): LintFinding[] {
  return rules.flatMap(({ rule, family: of }) =>
    rule.actions.flatMap((action): LintFinding[] => {
      if (action.do !== 'clamp' || action.to === 'pmtu') return [];
      const { to } = action;
      const only = rule.tests.find((test) => test.on === 'family' && !test.not);
      const family = only?.on === 'family' ? only.is : of === 6 ? 6 : 4;
      if (isPlausible(to, family, limitOf(profile, family) ?? DEFAULT_MSS[family])) return [];
      const found = (severity: 'problem' | 'warning', says: string): LintFinding[] => [
        findingAt(placeOf(rule), 'not-plausible', severity, says, FIX),
      ];
      if (to === 0) return found('problem', 'a clamp without a number');
      if (to > LARGEST_PACKET - IP_HEADER[4] - TCP_HEADER)
        return found(
          'problem',
          `MSS ${to}${to === LARGEST_PACKET ? ' or more' : ''} lowers nothing: no packet holds so much`,
        );
      const least = DEFAULT_MSS[family];
      const source = family === 4 ? 'RFC 9293 §3.7.1, RFC 1122 §3.3.2' : 'RFC 8200 §5';
      return found(
        to < DEFAULT_MSS[4] ? 'problem' : 'warning',
        `MSS ${to} is not plausible: ${least} fits whatever carries IPv${family} (${source})`,
      );
    }),
  );
}

function devices({ facts, profile }: Judged): LintFinding[] {
  const least = Math.min(PLAUSIBLE_MTU, profile.tunnelMtu ?? PLAUSIBLE_MTU);
  return facts.devices.flatMap((device): LintFinding[] => {
    const { name, kind, mtu, said } = device;
    if (mtu === null || !said || (mtu >= least && mtu <= LARGEST_PACKET)) return [];
    const why =
      mtu > LARGEST_PACKET
        ? `no IP packet is above ${LARGEST_PACKET}`
        : `every IPv4 host takes ${PLAUSIBLE_MTU} (RFC 1122 §3.3.2)`;
    return [
      findingAt(
        device,
        'not-plausible',
        'problem',
        `${name || kind} has MTU ${mtu}, which is not plausible: ${why}`,
        FIX,
      ),
    ];
  });
}

export const notPlausible: LintRule = {
  code: 'not-plausible',
  summary: 'a number that no MTU or MSS can have been meant to be',
  check: (judged) => [...clamps(judged), ...devices(judged)],
};
