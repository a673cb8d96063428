import Table from 'cli-table3';
import type { Palette } from '../palette.js';
import { indented, visibleLength as visible, wrapText } from './wrap.js';

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

export interface WithinStyle {
  readonly right?: readonly number[];
  readonly colour: Palette;
  /** Columns that stand below their row where there is no room beside it, the first to go first. */
  readonly fold?: readonly number[];
  /** Of those, the ones that need their heading there. */
  readonly labelled?: readonly number[];
}

/** Between two columns. */
const GAP = 2;
/** A text column is wrapped down to this, never below. */
const NARROWEST = 12;
const INDENT = '  ';

/**
 * The same within `columns`: what flows from one end to the other breaks at its arrow, then whole columns go below
 * their row, then text wraps between words. Numbers are never broken.
 */
export function tableWithin(
  columns: number,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], colour, fold = [], labelled = [] }: WithinStyle,
): string {
  let cells = rows;
  const widths = head.map((_, column) => widthOf(column, head, cells));
  let kept = widths.map((_, column) => column);
  const total = (): number => kept.reduce((sum, column) => sum + (widths[column] ?? 0) + GAP, -GAP);
  if (total() > columns && cells.some(([first]) => first?.includes(' -> '))) {
    cells = rows.map(([first = '', ...rest]) => [first.replace(' -> ', '\n  -> '), ...rest]);
    widths[0] = widthOf(0, head, cells);
  }
  for (const column of fold) {
    if (total() <= columns) break;
    kept = kept.filter((one) => one !== column);
  }
  while (total() > columns) {
    const widest = kept
      .filter((column) => !right.includes(column))
      .reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a), kept[0] ?? 0);
    const before = widths[widest] ?? 0;
    const room = Math.max(NARROWEST, before - (total() - columns));
    cells = cells.map((row) => row.map((text, i) => (i === widest ? wrapLines(text, room) : text)));
    widths[widest] = widthOf(widest, head, cells);
    if (widths[widest] === before) break;
  }
  const pick = (row: readonly string[]): string[] => kept.map((column) => row[column] ?? '');
  const drawn = table(pick(head), cells.map(pick), {
    right: kept.flatMap((column, at) => (right.includes(column) ? [at] : [])),
    colour,
  });
  const gone = head.map((_, i) => i).filter((column) => !kept.includes(column));
  if (gone.length === 0) return drawn;
  const heights = cells.map((row) => Math.max(1, ...kept.map((column) => (row[column] ?? '').split('\n').length)));
  const below = cells.map((row) =>
    gone
      .filter((column) => (row[column] ?? '') !== '')
      .map((column) => `${labelled.includes(column) ? `${head[column]} ` : ''}${row[column]}`)
      .join(' · '),
  );
  return withBelow(
    drawn.split('\n'),
    heights,
    below.map((text) => indented(text, columns, INDENT).map(colour.dim)),
  ).join('\n');
}

const widthOf = (column: number, head: readonly string[], cells: readonly (readonly string[])[]): number => {
  let width = visible(head[column] ?? '');
  for (const row of cells) for (const line of (row[column] ?? '').split('\n')) width = Math.max(width, visible(line));
  return width;
};

const wrapLines = (text: string, room: number): string =>
  text
    .split('\n')
    .flatMap((line) => wrapText(line, room))
    .join('\n');

/** The lines of a drawn table with those that belong below each row. */
function withBelow(
  lines: readonly string[],
  heights: readonly number[],
  below: readonly (readonly string[])[],
): string[] {
  let at = lines.length - 1 - heights.reduce((sum, height) => sum + height, 0);
  const result = lines.slice(0, at);
  heights.forEach((height, row) => {
    result.push(...lines.slice(at, at + height), ...(below[row] ?? []));
    at += height;
  });
  return [...result, ...lines.slice(at)];
}
