import { languageOfRules } from '../facts.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';

export const unguardedClamp: LintRule = {
  code: 'unguarded-clamp',
  summary: 'no match on the MSS itself',
  check({ rules, facts }) {
    const language = languageOfRules(facts);
    return language !== 'iptables' && language !== 'routeros'
      ? []
      : rules.flatMap(({ rule }): LintFinding[] => {
          const to = rule.actions.find((action) => action.do === 'clamp')?.to;
          if (typeof to !== 'number' || rule.tests.some(({ on }) => on === 'mss')) return [];
          const iptables = language === 'iptables';
          return [
            findingAt(
              placeOf(rule),
              'unguarded-clamp',
              'info',
              iptables
                ? 'TCPMSS puts an MSS of 536 into a SYN that has no MSS option; larger values alone should reach it'
                : 'nothing keeps smaller values out: whether this box would raise them is not documented',
              iptables ? `-m tcpmss --mss ${to + 1}:65535` : `tcp-mss=${to + 1}-65535`,
            ),
          ];
        });
  },
};
