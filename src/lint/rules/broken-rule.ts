import { findingAt, type LintRule } from '../rule.js';

export const brokenRule: LintRule = {
  code: 'cannot-load',
  summary: 'the kernel refuses the rule, or no packet reaches it (clamp-not-reached)',
  check: ({ broken }) => broken.map((rule) => findingAt(rule, rule.code, 'problem', rule.why, rule.fix)),
};
