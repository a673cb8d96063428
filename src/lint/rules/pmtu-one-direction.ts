import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';

export const pmtuOneDirection: LintRule = {
  code: 'pmtu-one-direction',
  summary: 'clamp to path MTU knows the way out only with policy-based IPsec',
  check({ groups, facts }) {
    // A clamp whose value is not known stands in the place of one to the path MTU.
    const unread = new Set(facts.count.unread.map(({ line }) => line));
    const found = new Map<number, LintFinding>();
    for (const { view, crossings } of groups) {
      if (view.by !== 'policy') continue;
      for (const { fate } of crossings) {
        const rule = fate.state === 'untouched' ? fate.pmtu : undefined;
        // On the interface towards the Internet it is the clamp of the link: see no-clamp.
        if (
          !rule ||
          found.has(rule.line) ||
          unread.has(rule.line) ||
          rule.tests.some(({ on }) => on === 'in' || on === 'out')
        )
          continue;
        const routeros = facts.format === 'routeros';
        found.set(
          rule.line,
          findingAt(
            placeOf(rule),
            'pmtu-one-direction',
            routeros ? 'warning' : 'problem',
            `clamping to the path MTU covers LAN to tunnel only with policy-based IPsec: on the way back the route leads to the LAN and its MTU${routeros ? ' (measured on Linux)' : ''}`,
            'the number instead: mtucalc snippet prints it for both directions',
          ),
        );
      }
    }
    return [...found.values()];
  },
};
