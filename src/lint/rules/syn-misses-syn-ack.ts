import { languageOfRules } from '../facts.js';
import { wouldClamp } from '../fates.js';
import { pairings } from '../judged.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Rule } from '../ruleset.js';

const fixes: Readonly<Record<string, string>> = {
  routeros: 'tcp-flags=syn without !ack',
  iptables: '--tcp-flags SYN,RST SYN',
  nftables: 'tcp flags & (syn | rst) == syn',
};

/** The other packet of the handshake. */
const other = { SYN: 'SYN/ACK', 'SYN/ACK': 'SYN' } as const;

export const synMissesSynAck: LintRule = {
  code: 'syn-misses-syn-ack',
  summary: 'the rule matches a bare SYN, or the answer alone: of each connection one direction is clamped',
  check: ({ groups, facts, walker }) => {
    const found = new Map<number, LintFinding>();
    for (const group of groups)
      for (const crossings of pairings(group))
        for (const missed of crossings) {
          if (missed.fate.state !== 'untouched' || !missed.sure) continue;
          // FortiOS has a setting for each of the two: that the other way is missing is one-direction-clamp.
          if (facts.format === 'fortios') continue;
          const taken = crossings.find(
            ({ packet, way, fate }) =>
              packet === other[missed.packet] && way === missed.way && fate.state === 'clamped',
          )?.fate;
          const why = (['flags', 'state', 'reply'] as const).find((on) => wouldClamp(walker, missed, [on]));
          const all: Rule | undefined = wouldClamp(walker, missed, ['flags', 'state', 'reply']);
          const rule = taken?.state === 'clamped' && all ? taken.by : undefined;
          if (!rule || found.has(rule.line)) continue;
          const answer = missed.packet === 'SYN/ACK';
          const state =
            why === 'flags' ? '' : answer ? ', which belongs to a connection that is established' : ', which opens one';
          found.set(
            rule.line,
            findingAt(
              placeOf(rule),
              'syn-misses-syn-ack',
              'problem',
              `matches ${other[missed.packet]} but not ${missed.packet}${state}: of each connection one direction alone is clamped`,
              why === 'flags'
                ? (fixes[languageOfRules(facts)] ?? 'match SYN and SYN/ACK')
                : 'no match on the state of the connection',
            ),
          );
        }
    return [...found.values()];
  },
};
