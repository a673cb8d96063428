import type { TwoCaptures } from '../../analyze/pair/two-captures.js';
import type { Verdict } from '../../analyze/verdict/verdict.js';
import { verdictWords } from '../../analyze/verdict/verdict-words.js';
import { matchedWords, PAIR_HEAD, pairRows } from '../pair-rows.js';
import type { Palette } from '../palette.js';
import { tableWithin } from './table.js';
import { findingLines } from './verdict.js';
import { wrapText } from './wrap.js';

/** Connections in the table; all of them stand in --json. */
const MOST_PAIRS = 12;

/** What two captures say together. */
export function togetherText(verdict: Verdict, together: TwoCaptures, colour: Palette, columns: number): string {
  const rows = pairRows(together, MOST_PAIRS);
  const lines = [
    `${colour.bold(verdict)}  ${colour.dim('(both captures together)')}`,
    ...wrapText(verdictWords[verdict], columns),
    matchedWords(together),
    '',
    ...together.findings.flatMap((one) => [...findingLines(one, colour, columns), '']),
    ...(rows.length > 0 ? [tableWithin(columns, PAIR_HEAD, rows, { colour }), ''] : []),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
