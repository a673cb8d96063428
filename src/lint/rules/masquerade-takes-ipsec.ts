import { passagesThat } from '../bulk.js';
import { languageOfRules } from '../facts.js';
import type { Judged } from '../judged.js';
import { SYN } from '../packet.js';
import { styleOf } from '../profile.js';
import { packetOn, type Route, routesOf } from '../route.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Rule } from '../ruleset.js';
import type { View } from '../views.js';

const fixes: Readonly<Record<string, string>> = {
  routeros: 'ipsec-policy=out,none on it, or above it: add chain=srcnat action=accept ipsec-policy=out,ipsec',
  iptables: '-m policy --dir out --pol none on it',
  nftables: 'rt ipsec missing on it',
};

/** Hosts of the tunnel: of the policies; else those of the clamps, of the exceptions from NAT, or any. */
function routes({ facts, rules }: Judged, view: View, family: 4 | 6): Route[] {
  const all = routesOf(facts, view, family);
  if (facts.ipsec.pairs.length > 0) return all;
  const clamped = all.filter(({ ends }) => ends.from === 'clamp');
  if (clamped.length > 0) return clamped;
  // Without policies an exception by destination is taken to be for the tunnel.
  const excepted = rules.some(
    ({ rule, hooks }) =>
      hooks.includes('postrouting') &&
      rule.tests.some(({ on }) => on === 'to') &&
      rule.actions.some(({ do: did }) => did === 'accept' || did === 'return' || did === 'source-nat'),
  );
  return excepted ? [] : all;
}

export const masqueradeTakesIpsec: LintRule = {
  code: 'masquerade-takes-ipsec',
  summary: 'source NAT changes packets before IPsec looks for their policy',
  check(judged) {
    const { facts, profile, bulk: walker, groups } = judged;
    const style = styleOf(profile);
    if (style === undefined ? !facts.ipsec.byPolicy : style !== 'policy') return [];
    const found = new Map<number, LintFinding>();
    for (const { view, family } of groups) {
      if (view.by !== 'policy') continue;
      for (const route of routes(judged, view, family)) {
        const packet = packetOn(view, route, 'out', { flags: SYN, state: 'new', reply: false, size: 60 });
        for (const { steps } of passagesThat(walker.forward(packet), 'source-nat')) {
          const rule = steps.find(({ did }) => did === 'source-nat')?.rule as Rule;
          if (found.has(rule.line)) continue;
          found.set(
            rule.line,
            findingAt(
              placeOf(rule),
              'masquerade-takes-ipsec',
              'problem',
              'source NAT takes IPsec traffic too: with its source changed a packet no longer matches the policy and leaves in clear or is lost',
              fixes[languageOfRules(facts)] ?? 'leave the networks of the tunnel out',
            ),
          );
        }
      }
    }
    return [...found.values()];
  },
};
