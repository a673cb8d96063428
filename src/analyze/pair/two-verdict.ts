import type { Verdict } from '../verdict/verdict.js';
import { verdicts } from '../verdict/verdict.js';
import type { TwoCaptures } from './two-captures.js';

/** What a capture says that could not see inside or got nothing large: the other one knows better. */
const blind: readonly Verdict[] = ['inconclusive', 'esp-only', 'black-hole-suspected', 'offload-artifact'];

/** One verdict for both captures: what they say together counts, then each by itself, the one to act on first. */
export function twoVerdict(together: TwoCaptures, before: Verdict, after: Verdict): Verdict {
  const said = together.findings
    .map(({ code }) => code)
    .filter((code): code is Verdict => verdicts.includes(code as Verdict));
  const single = [before, after].filter((verdict) => !blind.includes(verdict));
  const all = [...said, ...single];
  const first = verdicts.find((verdict) => all.includes(verdict));
  return first ?? blind.find((verdict) => verdict === before && verdict !== 'inconclusive') ?? after;
}
