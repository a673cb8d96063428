import type { Clamp } from '../facts.js';
import { findingAt, type LintFinding, type LintRule } from '../rule.js';

/** The rule that has this one's addresses the other way round, and wrongly the same direction. */
export function repeated(clamps: readonly Clamp[], clamp: Clamp): Clamp | undefined {
  const { from, to, by, family, direction } = clamp;
  if (by !== 'policy' || (from ?? to) === undefined) return undefined;
  const covered = clamps.some(
    (third) => third.family === family && third.direction !== direction && third.by !== 'interface',
  );
  if (covered) return undefined;
  return clamps.find(
    (other) =>
      other !== clamp &&
      other.by === 'policy' &&
      other.family === family &&
      other.direction === direction &&
      other.from === to &&
      other.to === from,
  );
}

export const returnRuleRepeats: LintRule = {
  code: 'return-rule-repeats',
  summary: 'the return rule repeats the direction of the first one',
  check: ({ clamps, format }) =>
    clamps.flatMap((clamp, index): LintFinding[] => {
      const first = repeated(clamps, clamp);
      if (!first || clamps.indexOf(first) > index) return [];
      const said = (direction: string): string =>
        format === 'routeros'
          ? `ipsec-policy=${direction},ipsec`
          : format === 'iptables'
            ? `--dir ${direction}`
            : direction === 'in'
              ? 'meta ipsec exists'
              : 'rt ipsec exists';
      const right = clamp.direction === 'in' ? 'out' : 'in';
      return [
        findingAt(
          clamp,
          'return-rule-repeats',
          'problem',
          `lines ${first.line} and ${clamp.line} turn the addresses round but both say ${said(clamp.direction)}: one of them never matches and its direction is not clamped`,
          `${said(right)} on the one whose ${right === 'out' ? 'destination' : 'source'} is the far side`,
          first,
        ),
      ];
    }),
};
