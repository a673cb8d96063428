import type { Change } from '../../probe/watch/change.js';
import type { WatchedPath } from '../../probe/watch/path.js';
import type { Reading } from '../../probe/watch/reading.js';
import type { PieceReporter, Reporter } from '../format.js';
import type { Look } from '../look.js';
import { tableWithin } from './table.js';
import { wrapText } from './wrap.js';

const stamp = (at: number): string => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
const octets = (reading: Reading): string =>
  'error' in reading
    ? '-'
    : reading.low === reading.high
      ? String(reading.low)
      : `between ${reading.low} and ${reading.high}`;
const state = (reading: Reading): string => ('error' in reading ? `not measured (${reading.error})` : reading.verdict);
const named = ({ target, family }: Pick<WatchedPath, 'target' | 'family'>): string =>
  family === null ? target : `${target} (IPv${family})`;

const kinds: Record<Change['kind'], string> = {
  worse: 'worse:',
  better: 'better:',
  other: 'changed:',
  silent: 'no answer:',
  answers: 'answers again:',
};

function changeText({ kind, before, after, at, ...path }: Change, { colour, columns }: Look): string {
  const paint = kind === 'worse' ? colour.red : kind === 'better' ? colour.green : colour.yellow;
  const how = kind === 'silent' || octets(before) === octets(after) ? '' : `${octets(before)} -> `;
  const now = kind === 'silent' ? `was ${octets(before)}` : octets(after);
  const verdicts = state(before) === state(after) ? state(after) : `${state(before)} -> ${state(after)}`;
  const isSame = 'error' in before || 'error' in after || before.address === after.address;
  const hosts = isSame ? '' : `, ${before.address} -> ${after.address}`;
  const line = `${stamp(at)}  ${named(path)}  ${paint(kinds[kind])} path MTU ${how}${now}, ${verdicts}${hosts}`;
  return `${wrapText(line, columns).join('\n')}\n`;
}

/** What changed, and a row for each path. */
export const watchText: Reporter<'watch'> = ({ paths, changes, skipped }, look) => {
  const rows = paths.map((path) => {
    const last = path.readings.at(-1);
    const isOld = skipped.some(({ target, family }) => target === path.target && family === path.family);
    const old = isOld ? `${last ? `, of ${stamp(last.at)}` : ''}: not asked now, budget used up` : '';
    return [
      named(path),
      last ? octets(last) : '-',
      `${last ? state(last) : 'not measured'}${old}`,
      path.expected === null ? '' : String(path.expected),
      path.changedAt === null ? '' : stamp(path.changedAt),
    ];
  });
  const head = ['target', 'path MTU', 'verdict', 'expected', 'changed'];
  const told = changes.map((change) => changeText(change, look)).join('');
  return `${told}${told === '' ? '' : '\n'}${tableWithin(look.columns, head, rows, { right: [1, 3], colour: look.colour })}\n`;
};

/** Each path as it is first seen, then its changes. */
export const watchPieces: PieceReporter<'watch'> = {
  piece({ path, change }, look) {
    if (change) return changeText(change, look);
    const [first, second] = path.readings;
    if (!first || second) return '';
    const size = 'error' in first ? '' : `path MTU ${octets(first)}, `;
    return `${stamp(first.at)}  ${named(path)}  ${size}${state(first)}\n`;
  },
  end: () => '',
};
