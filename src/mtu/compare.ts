import { MtucalcError } from '../error.js';
import { SCHEMA_VERSION, type SchemaVersion } from '../schema-version.js';
import { budget } from './budget.js';
import type { CalcRequest } from './calculation.js';
import { candidatesOf } from './candidates.js';
import type { Catalogue } from './catalogue.js';
import { linkOf } from './link.js';
import type { Mss } from './mss.js';
import { parseProposal, type Suite } from './suite.js';

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
  readonly schemaVersion: SchemaVersion;
  readonly rows: readonly Readonly<Partial<Record<Axis, string>>>[];
  readonly columns: readonly Readonly<Partial<Record<Axis, string>>>[];
  readonly cells: readonly Cell[];
  /** Smallest tunnel MTU of the combinations that are possible, octets. */
  readonly smallest: number;
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

/** Refusals that belong to one combination; all others are the user's mistake wherever they stand. */
const emptyCell = ['impossible', 'incomplete', 'no-room'];

/** One proposal of the cipher axis, read once; a text where it offers several suites or belongs around AH. */
function suiteOf(text: string, base: CalcRequest, several: boolean, catalogue: Catalogue): string | Suite {
  if (base.ah) return text;
  const suites = parseProposal(text, catalogue, { auth: base.auth, lenient: several });
  return suites.length === 1 && suites[0] ? suites[0] : text;
}

/**
 * A matrix over two groups of axes; `base` holds what is the same everywhere.
 * @throws MtucalcError for a name that is unknown or no suite, and where not one combination is possible.
 */
export function compare(
  base: CalcRequest,
  rowAxes: readonly Axis[],
  columnAxes: readonly Axis[],
  choices: Choices,
  catalogue: Catalogue,
): Comparison {
  const twice = rowAxes.find((axis) => columnAxes.includes(axis));
  if (twice)
    throw new MtucalcError('impossible', `${twice} is both a row and a column`, `choose from ${axes.join(', ')}`);
  const rows = points(rowAxes, choices);
  const columns = points(columnAxes, choices);
  if (rows.length * columns.length > LARGEST_MATRIX) {
    throw new MtucalcError(
      'too-many',
      `the matrix has ${rows.length * columns.length} cells, ${LARGEST_MATRIX} at most`,
    );
  }
  const suites = new Map<string, string | Suite | MtucalcError>();
  if (rowAxes.includes('cipher') || columnAxes.includes('cipher')) {
    for (const text of choices.cipher) {
      suites.set(
        text,
        refusedOr(() => suiteOf(text, base, choices.cipher.length > 1, catalogue), 'impossible'),
      );
    }
  }
  const found = rows.flatMap((row) =>
    columns.map((column) => ({ row, column, ...cellAt(base, { ...row, ...column }, suites, catalogue) })),
  );
  const values = found.flatMap(({ tunnelMtu }) => (tunnelMtu === null ? [] : [tunnelMtu]));
  const [refused] = found.flatMap(({ refused: one }) => one ?? []);
  if (values.length === 0) {
    throw new MtucalcError(
      refused?.code ?? 'impossible',
      found.length > 1
        ? `none of the ${found.length} combinations is possible: ${refused?.message}`
        : `${refused?.message}`,
      refused?.hint,
    );
  }
  const smallest = Math.min(...values);
  return {
    schemaVersion: SCHEMA_VERSION,
    rows,
    columns,
    smallest,
    cells: found.map(({ refused: one, ...cell }) => ({
      ...cell,
      limiting: cell.tunnelMtu === smallest,
      ...(one ? { why: one.message } : {}),
    })),
  };
}

/** The value, or the refusal where it is of a kind that is no mistake of the whole request. */
function refusedOr<T>(make: () => T, ...kinds: readonly string[]): T | MtucalcError {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof MtucalcError) || !kinds.includes(error.code)) throw error;
    return error;
  }
}

interface Tried {
  readonly tunnelMtu: number | null;
  readonly mss: Mss | null;
  readonly refused?: MtucalcError;
}

function cellAt(
  base: CalcRequest,
  point: Point,
  suites: ReadonlyMap<string, string | Suite | MtucalcError>,
  catalogue: Catalogue,
): Tried {
  const cipher = point.cipher === undefined ? undefined : suites.get(point.cipher);
  if (cipher instanceof MtucalcError) return { tunnelMtu: null, mss: null, refused: cipher };
  const result = refusedOr(
    () => {
      const asked = requestAt(base, point);
      // An integrity algorithm given apart is in the suite already.
      const request = typeof cipher === 'object' ? { ...asked, cipher, auth: undefined } : asked;
      const candidates = candidatesOf(request, catalogue);
      const { linkMtu } = linkOf(request, catalogue, candidates[0]?.outer ?? undefined);
      return candidates
        .map(({ stack }) => budget({ linkMtu, layers: stack.layers }))
        .reduce((a, b) => (b.tunnelMtu < a.tunnelMtu ? b : a));
    },
    ...emptyCell,
  );
  if (result instanceof MtucalcError) return { tunnelMtu: null, mss: null, refused: result };
  return { tunnelMtu: result.tunnelMtu, mss: result.mss };
}
