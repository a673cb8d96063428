import { languageOfRules } from '../facts.js';
import { wouldClamp } from '../fates.js';
import { untouched } from '../judged.js';
import { limitOf } from '../profile.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Span } from '../ruleset.js';

const spanText = ([low, high]: Span): string =>
  low === high ? `${low}` : high >= 65535 ? `everything from ${low}` : `${low} to ${high}`;

const fixes: Readonly<Record<string, (value: number) => string>> = {
  routeros: (value) => `tcp-mss=${value + 1}-65535`,
  iptables: (value) => `-m tcpmss --mss ${value + 1}:65535`,
  nftables: (value) => `tcp option maxseg size > ${value}`,
};

export const guardMisses: LintRule = {
  code: 'guard-misses',
  summary: 'the match on the MSS lets values pass that are too large, or the rule never matches',
  check({ groups, facts, profile, walker }) {
    const found = new Map<number, LintFinding>();
    for (const group of groups) {
      for (const { fate, holes, family } of group.crossings) {
        if (fate.state !== 'clamped' || fate.to === 'pmtu' || holes.length === 0 || found.has(fate.by.line)) continue;
        const limit = group.view.ofProfile ? limitOf(profile, family) : undefined;
        const above = limit === undefined ? `above ${fate.to}` : `above the ${limit} that fit`;
        found.set(
          fate.by.line,
          findingAt(
            placeOf(fate.by),
            'guard-misses',
            limit === undefined ? 'warning' : 'problem',
            `the match on the MSS lets ${holes.slice(0, 3).map(spanText).join(', ')} pass as offered, ${above}`,
            fixes[languageOfRules(facts)]?.(fate.to) ?? `match everything above ${fate.to}`,
          ),
        );
      }
      if (!untouched(group)) continue;
      for (const crossing of group.crossings) {
        const never = wouldClamp(walker, crossing, ['flags']);
        if (!never || found.has(never.line) || wouldClamp(walker, crossing, [])) continue;
        const says = 'no packet that opens a connection has these TCP flags: the rule never matches';
        found.set(
          never.line,
          findingAt(
            placeOf(never),
            'guard-misses',
            'problem',
            says,
            languageOfRules(facts) === 'routeros' ? 'tcp-flags=syn' : '--tcp-flags SYN,RST SYN',
          ),
        );
      }
    }
    return [...found.values()];
  },
};
