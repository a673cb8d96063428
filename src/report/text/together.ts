import { plural } from '../../analyze/detector.js';
import type { TwoCaptures } from '../../analyze/pair/two-captures.js';
import type { Verdict } from '../../analyze/verdict/verdict.js';
import { verdictWords } from '../../analyze/verdict/verdict-words.js';
import type { Palette } from '../terminal.js';
import { tableWithin } from './table.js';
import { dfText, findingLines } from './verdict.js';
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

export const matchedWords = ({ matched, translated }: TwoCaptures): string =>
  `${plural(matched, 'TCP connection is', 'TCP connections are')} in both${translated > 0 ? `, ${translated} of them through NAT` : ''}.`;

export const PAIR_HEAD = ['direction', 'MSS before => after', 'largest', 'DF'];

/** What became of the MSS, the sizes and DF of the first `most` connections between the two points. */
export const pairRows = ({ pairs }: TwoCaptures, most: number): string[][] =>
  pairs
    .slice(0, most)
    .flatMap(({ directions }) =>
      directions.map(({ before, after }) => [
        `${before.from} -> ${before.to}`,
        arrow(before.mss ?? '', after.mss ?? ''),
        arrow(before.largestIp || '', after.largestIp || ''),
        arrow(dfText(before), dfText(after)),
      ]),
    );

const arrow = (before: number | string, after: number | string): string =>
  before === after ? String(before) : `${before || '?'} => ${after || '?'}`;
