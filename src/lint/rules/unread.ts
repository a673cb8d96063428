import { findingAt, type LintFinding, type LintRule } from '../rule.js';

/** What may concern MTU and MSS: an all-clear without it would be false. */
const CONCERNS = /mss|mtu|tcp-?flags|clamp|include|load|fasttrack|flow|-j |jump|action=|ip6?tables|\bnft\b|maxseg/i;
const MOST = 10;

export const unread: LintRule = {
  code: 'unread',
  summary: 'lines that look like configuration and were not understood',
  check: ({ facts: { count } }) =>
    count.unread.slice(0, MOST).map(({ line, text, why }): LintFinding => {
      const concerns = CONCERNS.test(text);
      return findingAt(
        { line, text },
        'unread',
        concerns ? 'warning' : 'info',
        `not read: ${why}${concerns ? '; what it does to MTU or MSS is not judged' : ''}`,
        'check this line by hand',
      );
    }),
};
