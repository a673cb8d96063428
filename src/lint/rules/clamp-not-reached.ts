import { type Crossing, endsText } from '../fates.js';
import { crossingText, type Group, sameHosts } from '../judged.js';
import { findingAt, type LintFinding, type LintRule, placeOf } from '../rule.js';
import type { Rule } from '../ruleset.js';

type Stopped = Crossing & { readonly fate: { readonly state: 'stopped'; readonly stop: Rule; readonly clamp: Rule } };
const isStopped = (crossing: Crossing): crossing is Stopped => crossing.fate.state === 'stopped';

/** An exception for two hosts that holds both ways is meant; one that holds one way breaks every connection. */
const meant = (crossings: readonly Crossing[]): boolean =>
  crossings.every((crossing) => crossing.ends.from === 'rule' && isStopped(crossing));

const severity = ({ ends, sure, view, port }: Crossing): 'problem' | 'warning' =>
  sure && port === undefined && (ends.from !== 'rule' || view.by === 'anything' || view.by === 'networks')
    ? 'problem'
    : 'warning';

export const clampNotReached: LintRule = {
  code: 'clamp-not-reached',
  summary: 'an earlier rule takes the SYN or the SYN/ACK away from the clamp',
  check: ({ groups, facts }) =>
    groups.flatMap((group: Group) => {
      const found = new Map<string, Stopped[]>();
      for (const crossings of sameHosts(group)) {
        if (meant(crossings)) continue;
        for (const crossing of crossings.filter(isStopped)) {
          const key = `${crossing.fate.stop.line} ${crossing.fate.clamp.line}`;
          found.set(key, [...(found.get(key) ?? []), crossing]);
        }
      }
      return [...found.values()].map((stopped): LintFinding => {
        const { stop, clamp } = (stopped[0] as Stopped).fate;
        const packets = [...new Set(stopped.map((crossing) => crossingText(crossing, endsText)))];
        const worst = stopped.some((crossing) => severity(crossing) === 'problem') ? 'problem' : 'warning';
        const verb =
          facts.format === 'routeros' && /passthrough=no/.test(stop.text) ? 'marked with passthrough=no' : 'taken';
        const more = packets.length > 2 ? ` (and ${packets.length - 2} more like it)` : '';
        return findingAt(
          placeOf(clamp),
          'clamp-not-reached',
          worst,
          `${packets.slice(0, 2).join(', ')}${more}: ${verb} by line ${stop.line} before this clamp, so the MSS stays as the sender offers it`,
          facts.format === 'routeros' && /passthrough=no/.test(stop.text)
            ? `passthrough=yes on line ${stop.line}, or move this rule above it`
            : `move this rule above line ${stop.line}`,
          placeOf(stop),
        );
      });
    }),
};
