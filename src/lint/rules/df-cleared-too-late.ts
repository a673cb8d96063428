import { findingAt, type LintRule } from '../rule.js';

export const dfClearedTooLate: LintRule = {
  code: 'df-cleared-too-late',
  summary: 'DF is cleared after the size was compared with the MTU',
  check: ({ clearDfs }) =>
    clearDfs
      .filter(({ hook }) => hook !== 'prerouting' && hook !== 'ingress')
      .map((rule) =>
        findingAt(
          rule,
          'df-cleared-too-late',
          'warning',
          `DF is cleared in ${rule.hook || 'no known chain'}, after forwarding has compared the size with the MTU: packets that are too large were already answered "fragmentation needed"`,
          'the same rule in prerouting',
        ),
      ),
};
