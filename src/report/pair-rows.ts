import { plural } from '../analyze/detector.js';
import type { DirectionFacts } from '../analyze/flow/flow-facts.js';
import type { TwoCaptures } from '../analyze/pair/two-captures.js';

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

/** Whether the packets of one direction carry DF. */
export function dfText({ withDf, withoutDf }: DirectionFacts): string {
  if (withDf === 0) return withoutDf === 0 ? '' : 'no';
  return withoutDf === 0 ? 'yes' : 'some';
}
