import { findingAt, type LintFinding, type LintRule } from '../rule.js';

/** What may concern MTU and MSS: an all-clear without it would be false. */
const CONCERNS =
  /mss|mtu|tcp-?flags|clamp|include|load|fasttrack|flow|-j |jump|action=|ip6?tables|\bnft\b|maxseg|hook|\b(?:disable|enable|remove)\b/i;
/** Prose around a configuration (a mail) has the words and not the signs. */
const COMMAND = /[={}"$\\|]|(?:^|\s)-{1,2}[A-Za-z]|\d{3}|^\s*\/\w|[:;]\s*$/;
const MOST = 10;

export const unread: LintRule = {
  code: 'unread',
  summary: 'lines that look like configuration and were not understood',
  check({ facts: { count } }) {
    const concerning = count.unread.filter(({ text }) => CONCERNS.test(text) && COMMAND.test(text));
    const others = count.unread.filter((line) => !concerning.includes(line));
    const findings = concerning
      .slice(0, MOST)
      .map(
        ({ line, text, why }): LintFinding =>
          findingAt(
            { line, text },
            'unread',
            'warning',
            `not read: ${why}; what it does to MTU or MSS is not judged`,
            'check this line by hand',
          ),
      );
    const [first] = others;
    if (first === undefined) return findings;
    const rest = count.lines - count.read - findings.length;
    const says = `not read: ${first.why}${rest > 1 ? `, and ${rest - 1} more lines` : ''}`;
    return [...findings, findingAt(first, 'unread', 'info', says, 'check by hand what of them is configuration')];
  },
};
