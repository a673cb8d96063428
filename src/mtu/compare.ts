import { MtucalcError } from '../error.js';
import { budget } from './budget.js';
import type { CalcRequest } from './calculation.js';
import { candidatesOf } from './candidates.js';
import type { Catalogue } from './catalogue.js';
import { linkOf } from './link.js';
import type { Mss } from './mss.js';

export const axes = ['cipher', 'nat-t', 'wan', 'outer', 'tunnel'] as const;
export type Axis = (typeof axes)[number];

/** One place of the matrix; `tunnelMtu` is null where the combination is impossible or leaves no room. */
export interface Cell {
  readonly row: Readonly<Partial<Record<Axis, string>>>;
  readonly column: Readonly<Partial<Record<Axis, string>>>;
  readonly tunnelMtu: number | null;
  readonly mss: Mss | null;
  /** True for the smallest value of all. */
  readonly limiting: boolean;
  /** Why there is no value. */
  readonly why?: string;
}

export interface Comparison {
  readonly schemaVersion: 1;
  readonly rows: readonly Readonly<Partial<Record<Axis, string>>>[];
  readonly columns: readonly Readonly<Partial<Record<Axis, string>>>[];
  readonly cells: readonly Cell[];
  readonly smallest: number | null;
}

export type Choices = Readonly<Record<Axis, readonly string[]>>;

const LARGEST_MATRIX = 10_000;

type Point = Partial<Record<Axis, string>>;

/** Every combination of the axes' values, the last axis running fastest. */
function points(names: readonly Axis[], choices: Choices): Point[] {
  return names.reduce<Point[]>(
    (all, axis) => all.flatMap((point) => choices[axis].map((value) => ({ ...point, [axis]: value }))),
    [{}],
  );
}

function requestAt(base: CalcRequest, point: Point): CalcRequest {
  return {
    ...base,
    ...(point.cipher === undefined ? {} : { cipher: point.cipher }),
    ...(point.wan === undefined ? {} : { wan: point.wan }),
    ...(point.tunnel === undefined ? {} : { tunnel: point.tunnel }),
    ...(point.outer === undefined ? {} : { outer: point.outer === '6' ? (6 as const) : (4 as const) }),
    ...(point['nat-t'] === undefined ? {} : { natT: point['nat-t'] === 'on' }),
  };
}

/** A matrix over two groups of axes; `base` holds what is the same everywhere. */
export function compare(
  base: CalcRequest,
  rowAxes: readonly Axis[],
  columnAxes: readonly Axis[],
  choices: Choices,
  catalogue: Catalogue,
): Comparison {
  const twice = rowAxes.find((axis) => columnAxes.includes(axis));
  if (twice) throw new MtucalcError('compare', `${twice} is both a row and a column`, `choose from ${axes.join(', ')}`);
  const rows = points(rowAxes, choices);
  const columns = points(columnAxes, choices);
  if (rows.length * columns.length > LARGEST_MATRIX) {
    throw new MtucalcError(
      'compare',
      `the matrix has ${rows.length * columns.length} cells, ${LARGEST_MATRIX} at most`,
    );
  }
  const found = rows.flatMap((row) =>
    columns.map((column) => {
      try {
        const request = requestAt(base, { ...row, ...column });
        const candidates = candidatesOf(request, catalogue);
        const { linkMtu } = linkOf(request, catalogue, candidates[0]?.outer ?? undefined);
        const results = candidates.map(({ stack }) => budget({ linkMtu, layers: stack.layers }));
        const { tunnelMtu, mss } = results.reduce((a, b) => (b.tunnelMtu < a.tunnelMtu ? b : a));
        return { row, column, tunnelMtu, mss };
      } catch (error) {
        // An unknown name is the user's mistake everywhere; an impossible combination is an empty cell.
        if (!(error instanceof MtucalcError) || error.message.startsWith('unknown')) throw error;
        return { row, column, tunnelMtu: null, mss: null, why: error.message };
      }
    }),
  );
  const values = found.flatMap(({ tunnelMtu }) => (tunnelMtu === null ? [] : [tunnelMtu]));
  const smallest = values.length > 0 ? Math.min(...values) : null;
  return {
    schemaVersion: 1,
    rows,
    columns,
    smallest,
    cells: found.map((cell) => ({ ...cell, limiting: cell.tunnelMtu !== null && cell.tunnelMtu === smallest })),
  };
}
