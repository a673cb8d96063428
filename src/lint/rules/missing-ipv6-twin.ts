import { untouched } from '../judged.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';

const places: Readonly<Record<string, string>> = {
  iptables: 'ip6tables',
  routeros: '/ipv6 firewall mangle',
  nftables: 'a rule with meta nfproto ipv6',
};

export const missingIpv6Twin: LintRule = {
  code: 'missing-ipv6-twin',
  summary: 'IPv4 is clamped, IPv6 is not',
  check({ groups, facts, profile }) {
    const found = new Map<number, LintFinding>();
    for (const six of groups) {
      if (six.family !== 6 || !untouched(six)) continue;
      const four = groups.find(({ view, family }) => view === six.view && family === 4);
      const clamped = four?.crossings.find(({ fate }) => fate.state === 'clamped')?.fate;
      if (clamped?.state !== 'clamped') continue;
      const value = profile.mss ? profile.mss.ipv6 : clamped.to === 'pmtu' ? undefined : clamped.to - 20;
      const says = 'IPv4 is clamped and IPv6 is not, though this configuration handles IPv6';
      const fix = `the same in ${places[facts.format] ?? 'the IPv6 rules'}${value === undefined ? '' : ` with ${value}, 20 less than IPv4`}`;
      if (!found.has(clamped.by.line))
        found.set(clamped.by.line, findingAt(placeOf(clamped.by), 'missing-ipv6-twin', 'warning', says, fix));
    }
    return [...found.values()].slice(0, 1);
  },
};
