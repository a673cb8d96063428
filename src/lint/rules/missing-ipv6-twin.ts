import { findingAt, type LintRule } from '../rule.js';

export const missingIpv6Twin: LintRule = {
  code: 'missing-ipv6-twin',
  summary: 'IPv4 is clamped, IPv6 is not',
  check({ clamps, families, format }, { mss }) {
    const four = clamps.filter(({ family, by }) => family === 4 && by !== 'anything');
    const first = four[0] ?? clamps.find(({ family }) => family === 4);
    if (!first || clamps.some(({ family }) => family !== 4)) return [];
    const value = mss ? mss.ipv6 : first.mss === 'pmtu' ? undefined : first.mss - 20;
    const has6 = families.includes(6);
    const where =
      format === 'iptables'
        ? 'ip6tables'
        : format === 'routeros'
          ? '/ipv6 firewall mangle'
          : 'a rule with meta nfproto ipv6';
    return [
      findingAt(
        first,
        'missing-ipv6-twin',
        has6 ? 'warning' : 'info',
        has6
          ? 'IPv4 is clamped and IPv6 is not, though this configuration handles IPv6'
          : `only IPv4 in this file: if IPv6 runs through the tunnel it needs its own rule${format === 'iptables' ? ' (see ip6tables-save)' : ''}`,
        `the same in ${where}${value === undefined ? '' : ` with ${value}, 20 less than IPv4`}`,
      ),
    ];
  },
};
