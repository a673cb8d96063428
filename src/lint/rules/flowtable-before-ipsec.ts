import { passagesThat } from '../bulk.js';
import { styleOf } from '../profile.js';
import { packetOn, routesOf } from '../route.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Rule } from '../ruleset.js';

export const flowtableBeforeIpsec: LintRule = {
  code: 'flowtable-before-ipsec',
  summary: 'a flowtable may take IPsec flows past the policy',
  check(judged) {
    const { facts, profile, bulk: walker, rules, groups } = judged;
    const style = styleOf(profile);
    if (!rules.some(({ rule }) => rule.actions.some(({ do: did }) => did === 'flow'))) return [];
    if (style === 'none' || (style === undefined && !facts.ipsec.byPolicy)) return [];
    const found = new Map<number, LintFinding>();
    for (const { view, family } of groups) {
      if (view.role === 'wan') continue;
      for (const route of routesOf(facts, view, family))
        for (const way of ['out', 'in'] as const) {
          const passages = passagesThat(walker.forward(packetOn(view, route, way)), 'flow');
          const rule = passages[0]?.steps.find(({ did }) => did === 'flow')?.rule as Rule | undefined;
          if (!rule || found.has(rule.line)) continue;
          const name = view.name ?? profile.tunnelIf;
          const spare =
            view.by === 'policy' || name === undefined
              ? 'rt ipsec missing meta ipsec missing'
              : `oifname != "${name}" iifname != "${name}"`;
          found.set(
            rule.line,
            findingAt(
              placeOf(rule),
              'flowtable-before-ipsec',
              'warning',
              'IPsec traffic reaches flow add: an offloaded packet goes by its cached route and asks no IPsec policy (kernel 6.1 still encrypts it; older ones and hardware offload need not)',
              `on the rule itself, in front of flow add: ${spare} (it opens nothing; mtucalc snippet nftables --flowtable)`,
            ),
          );
        }
    }
    return [...found.values()];
  },
};
