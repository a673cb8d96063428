import { findingAt, type LintRule, placeOf } from '../rule.js';

export const dfClearedTooLate: LintRule = {
  code: 'df-cleared-too-late',
  summary: 'DF is cleared after the size was compared with the MTU',
  check: ({ rules }) =>
    rules
      .filter(
        ({ rule, hooks }) =>
          rule.actions.some(({ do: did }) => did === 'clear-df') &&
          !hooks.includes('prerouting') &&
          !hooks.includes('other'),
      )
      .map(({ rule, hooks }) =>
        findingAt(
          placeOf(rule),
          'df-cleared-too-late',
          'warning',
          `DF is cleared in ${hooks.join(', ')}, after forwarding has compared the size with the MTU: packets that are too large were already answered "fragmentation needed"`,
          'the same rule in prerouting',
        ),
      ),
};
