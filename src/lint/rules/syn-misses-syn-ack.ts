import { type Crossing, wouldClamp } from '../fates.js';
import { sameHosts } from '../judged.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Rule } from '../ruleset.js';

const fixes: Readonly<Record<string, string>> = {
  routeros: 'tcp-flags=syn without !ack',
  iptables: '--tcp-flags SYN,RST SYN',
  nftables: 'tcp flags & (syn | rst) == syn',
};

export const synMissesSynAck: LintRule = {
  code: 'syn-misses-syn-ack',
  summary: 'the rule matches a bare SYN: the answer is never clamped',
  check: ({ groups, facts, walker }) => {
    const found = new Map<number, LintFinding>();
    for (const group of groups)
      for (const crossings of sameHosts(group))
        for (const ack of crossings) {
          if (ack.packet !== 'SYN/ACK' || ack.fate.state !== 'untouched' || !ack.sure) continue;
          const clamped = crossings.some(
            (other) => other.packet === 'SYN' && other.way === ack.way && other.fate.state === 'clamped',
          );
          const rule: Rule | undefined = clamped ? wouldClamp(walker, ack as Crossing, ['flags', 'state']) : undefined;
          if (!rule || found.has(rule.line)) continue;
          const flags = wouldClamp(walker, ack, ['flags']) !== undefined;
          found.set(
            rule.line,
            findingAt(
              placeOf(rule),
              'syn-misses-syn-ack',
              'problem',
              `matches SYN but not SYN/ACK${flags ? '' : ', which belongs to a connection that is established'}: of each connection one direction alone is clamped`,
              flags ? (fixes[facts.format] ?? 'match SYN/ACK too') : 'no match on the state of the connection',
            ),
          );
        }
    return [...found.values()];
  },
};
