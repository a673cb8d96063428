import Table from 'cli-table3';
import type { Palette } from '../palette.js';

const ruled = {
  top: '─',
  'top-mid': '──',
  'top-left': '',
  'top-right': '',
  bottom: '─',
  'bottom-mid': '──',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Rows under a head, ruled above and below; columns named in `right` are aligned right, as numbers are. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], colour }: { right?: readonly number[]; colour: Palette },
): string {
  const drawn = new Table({
    head: head.map((text) => colour.bold(text)),
    colAligns: head.map((_, i) => (right.includes(i) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: ruled,
  });
  for (const row of rows) drawn.push([...row]);
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The same where it fits into `columns`; else what flows from one end to the other stands in two lines. */
export function tableWithin(columns: number, ...[head, rows, style]: Parameters<typeof table>): string {
  const drawn = table(head, rows, style);
  const lines = drawn.replace(/\u001b\[\d+m/g, '').split('\n');
  if (lines.every(({ length }) => length <= columns)) return drawn;
  const broken = rows.map(([first = '', ...rest]) => [first.replace(' -> ', '\n  -> '), ...rest]);
  return table(head, broken, style);
}
