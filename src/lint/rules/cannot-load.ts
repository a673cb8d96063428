import { languageOfRules } from '../facts.js';
import type { HookedRule } from '../facts-netfilter.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Test } from '../ruleset.js';

const named = (tests: readonly Test[], on: 'in' | 'out'): string | undefined =>
  tests.flatMap((test) => (test.on === on ? test.names : []))[0];
const policy = (tests: readonly Test[], way: 'in' | 'out'): boolean =>
  tests.some((test) => test.on === 'ipsec' && test.way === way);

/** What the kernel refuses on load, though `iptables-restore --test` lets it pass. */
function check({ rule, hooks }: HookedRule): LintFinding[] {
  const found = (why: string, fix: string): LintFinding[] => [
    findingAt(placeOf(rule), 'cannot-load', 'problem', why, fix),
  ];
  const late = hooks.find((hook) => hook === 'postrouting' || hook === 'output');
  const early = hooks.find((hook) => hook === 'prerouting' || hook === 'input');
  const { tests, actions } = rule;
  if (late && named(tests, 'in') !== undefined)
    return found(
      `-i cannot be used in ${late.toUpperCase()}: iptables refuses it`,
      `-i ${named(tests, 'in')} in FORWARD`,
    );
  if (early && named(tests, 'out') !== undefined)
    return found(
      `-o cannot be used in ${early.toUpperCase()}: iptables refuses it`,
      `-o ${named(tests, 'out')} in FORWARD`,
    );
  if (early && policy(tests, 'out'))
    return found(
      `--dir out cannot be used in ${early.toUpperCase()}: the kernel refuses it`,
      'FORWARD sees both directions',
    );
  if (late && policy(tests, 'in'))
    return found(
      `--dir in cannot be used in ${late.toUpperCase()}: the kernel refuses it`,
      'FORWARD sees both directions',
    );
  if (early && actions.some((action) => action.do === 'clamp' && action.to === 'pmtu'))
    return found(
      `--clamp-mss-to-pmtu needs the outgoing route and cannot be used in ${early.toUpperCase()}`,
      'FORWARD, or --set-mss with the number',
    );
  return [];
}

export const cannotLoad: LintRule = {
  code: 'cannot-load',
  summary: 'the kernel refuses the rule',
  check: ({ rules, facts }) => (languageOfRules(facts) === 'iptables' ? rules.flatMap(check) : []),
};
