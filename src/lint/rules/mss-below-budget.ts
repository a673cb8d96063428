import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import { budgetOf } from './mss-above-budget.js';
import { isPlausible } from './not-plausible.js';

export const mssBelowBudget: LintRule = {
  code: 'mss-below-budget',
  summary: 'the clamped value is smaller than need be',
  check(judged) {
    const found = new Map<number, LintFinding>();
    for (const group of judged.groups) {
      const limit = group.view.role === 'wan' ? undefined : budgetOf(judged, group);
      for (const { fate, holes } of group.crossings) {
        // Where larger values pass beside it the number is not what arrives.
        if (
          limit === undefined ||
          fate.state !== 'clamped' ||
          fate.to === 'pmtu' ||
          fate.to >= limit ||
          !isPlausible(fate.to, group.family, limit) ||
          // Whether it is the whole number is not known.
          judged.unfinished?.digits === String(fate.to) ||
          holes.length > 0 ||
          found.has(fate.by.line)
        )
          continue;
        // One number for both IP versions is the smaller one.
        const both = !fate.by.tests.some(({ on }) => on === 'family') && fate.to === judged.profile.mss?.ipv6;
        if (both && judged.profile.inner === undefined) continue;
        const says = `MSS ${fate.to} is safe; ${limit} would fit, ${limit - fate.to} octets more a segment`;
        found.set(
          fate.by.line,
          findingAt(placeOf(fate.by), 'mss-below-budget', 'info', says, `${limit} instead of ${fate.to}`),
        );
      }
    }
    return [...found.values()];
  },
};
