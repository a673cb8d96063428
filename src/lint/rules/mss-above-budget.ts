import { IP_HEADER } from '../../packet/ip-header.js';
import { TCP_HEADER_MINIMUM } from '../../packet/tcp.js';
import type { Group, Judged } from '../judged.js';
import { limitOf } from '../profile.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';

/** MSS that fits: of the tunnel for its own packets, of the link for those of the WAN. */
export function budgetOf({ profile, groups }: Judged, { view, family }: Group): number | undefined {
  if (view.ofProfile) return limitOf(profile, family);
  if (view.role === 'wan' && profile.linkMtu !== undefined)
    return profile.linkMtu - IP_HEADER[family] - TCP_HEADER_MINIMUM;
  // A clamp that is tied to no tunnel serves the one that is described.
  return groups.some((group) => group.view.ofProfile) ? undefined : limitOf(profile, family);
}

export const mssAboveBudget: LintRule = {
  code: 'mss-above-budget',
  summary: 'the clamped value is larger than the tunnel takes',
  check(judged) {
    const { profile, rules } = judged;
    const found = new Map<string, LintFinding>();
    for (const group of judged.groups) {
      const limit = budgetOf(judged, group);
      if (limit === undefined) continue;
      for (const { fate } of group.crossings) {
        if (fate.state !== 'clamped' || fate.to === 'pmtu' || fate.to <= limit) continue;
        const { by, to } = fate;
        const both =
          rules.some(({ rule, family }) => rule === by && family === 0) && !by.tests.some(({ on }) => on === 'family');
        const key = `${by.line} ${both ? '' : group.family}`;
        if (found.has(key)) continue;
        const what = group.view.ofProfile
          ? `tunnel MTU ${profile.tunnelMtu}`
          : group.view.role === 'wan'
            ? `link MTU ${profile.linkMtu}`
            : `tunnel MTU ${profile.tunnelMtu}`;
        found.set(
          key,
          findingAt(
            placeOf(by),
            'mss-above-budget',
            'problem',
            `MSS ${to} is ${to - limit} octets above the ${limit} that fit ${what} (IPv${group.family}${both ? ', which this rule serves too' : ''}): full segments are refused or fragmented`,
            both && profile.mss
              ? `a rule for each IP version: ${profile.mss.ipv4} for IPv4, ${profile.mss.ipv6} for IPv6`
              : `${limit} instead of ${to}`,
          ),
        );
      }
    }
    return [...found.values()];
  },
};
