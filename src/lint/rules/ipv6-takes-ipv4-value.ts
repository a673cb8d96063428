import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';

export const ipv6TakesIpv4Value: LintRule = {
  code: 'ipv6-takes-ipv4-value',
  summary: 'one number for both IP versions',
  check({ groups, profile: { mss, inner } }) {
    if (inner !== undefined) return [];
    const found = new Map<number, LintFinding>();
    for (const { view, family, crossings } of groups) {
      if (family !== 6) continue;
      const four = groups.find((group) => group.view === view && group.family === 4)?.crossings ?? [];
      for (const { fate } of crossings) {
        if (fate.state !== 'clamped' || fate.to === 'pmtu' || found.has(fate.by.line)) continue;
        const { by, to } = fate;
        if (!four.some(({ fate: other }) => other.state === 'clamped' && other.by === by && other.to === to)) continue;
        if (mss && (to <= mss.ipv6 || to > mss.ipv4)) continue;
        found.set(
          by.line,
          findingAt(
            placeOf(by),
            'ipv6-takes-ipv4-value',
            mss ? 'problem' : 'warning',
            `${to} serves IPv4 and IPv6 alike, whose headers differ by 20 octets: right for IPv4 it is 20 too large for IPv6`,
            mss
              ? `${mss.ipv4} for IPv4 (meta nfproto ipv4), ${mss.ipv6} for IPv6`
              : 'a rule for each: meta nfproto ipv4 and meta nfproto ipv6, 20 apart',
          ),
        );
      }
    }
    return [...found.values()];
  },
};
