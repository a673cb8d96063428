import { anyPolicy, marksAfter, passagesThat } from '../bulk.js';
import { looksLikeLan, namedInterfaces } from '../interface-names.js';
import type { Judged } from '../judged.js';
import type { Port } from '../packet.js';
import { styleOf } from '../profile.js';
import { packetOn, routesOf } from '../route.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Rule } from '../ruleset.js';
import type { View } from '../views.js';

/** The policy view of the file, or one for the IPsec that the router may have all the same. */
function policyView({ groups, facts }: Judged): View {
  const found = groups.find(({ view }) => view.by === 'policy')?.view;
  if (found) return found;
  const far = namedInterfaces(facts.ruleset)
    .filter((name) => !looksLikeLan(name))
    .map((name): Port => ({ name, role: 'wan' }));
  return anyPolicy([{ role: 'lan' }], [...far.slice(0, 5), { role: 'wan' }]);
}

export const fasttrackBeforeIpsec: LintRule = {
  code: 'fasttrack-before-ipsec',
  summary: 'FastTrack takes IPsec connections: ping works, bulk transfers do not',
  check(judged) {
    const { facts, profile, bulk: walker, rules } = judged;
    if (!rules.some(({ rule }) => rule.actions.some(({ do: did }) => did === 'fasttrack'))) return [];
    // What goes into an interface of its own is encrypted afterwards, as the router's own packet.
    const own = styleOf(profile) === 'none' || facts.devices.some(({ encrypted }) => encrypted);
    const certain = facts.ipsec.byPolicy || styleOf(profile) === 'policy';
    if (own && !facts.ipsec.byPolicy) return [];
    const view = policyView(judged);
    const taken = new Map<Rule, Set<'in' | 'out'>>();
    for (const family of facts.families)
      for (const route of routesOf(facts, view, family))
        for (const opened of ['lan', 'far'] as const) {
          const marks = marksAfter(judged, view, route, opened);
          for (const way of ['out', 'in'] as const) {
            const packet = packetOn(view, route, way, { reply: (opened === 'lan') !== (way === 'out') });
            for (const { steps } of passagesThat(walker.forward(packet, { marks: marks ?? {} }), 'fasttrack')) {
              const rule = steps.find(({ did }) => did === 'fasttrack')?.rule as Rule;
              taken.set(rule, (taken.get(rule) ?? new Set()).add(way));
            }
          }
        }
    return [...taken].map(([rule, ways]): LintFinding => {
      const missing = (['in', 'out'] as const).filter((way) => ways.has(way)).map((way) => `${way},ipsec`);
      const why = certain ? '' : ' (no IPsec in this file: it matters only where the router has some)';
      return findingAt(
        placeOf(rule),
        'fasttrack-before-ipsec',
        certain ? 'problem' : 'warning',
        `fasttrack-connection is reached by IPsec traffic: nothing above it takes ipsec-policy=${missing.join(' and ')}: established connections skip IPsec, small packets work and the bulk stalls${why}`,
        `connection-mark=!ipsec on line ${rule.line}, and in mangle above: ${missing.map((policy) => `add action=mark-connection chain=forward ipsec-policy=${policy} new-connection-mark=ipsec`).join('; ')} (mtucalc snippet routeros --fasttrack mark); or accept this traffic above line ${rule.line}, which lets it past every rule below, too`,
      );
    });
  },
};
