import { readFileSync } from 'node:fs';
import type { Cell, Row, Table } from '../../../src/report/rows/columns.js';
import type { RowFormat } from '../../../src/report/rows/encoder.js';

/** A table with each type of column, as small as can be. */
export interface Sample {
  readonly name: string | null;
  readonly small: number | null;
  readonly large: number | null;
  readonly real: number | null;
  readonly yes: boolean | null;
  readonly at: string | null;
}
export const sampleTable: Table<Sample> = {
  id: 'flows',
  columns: { name: 'text', small: 'int32', large: 'int64', real: 'double', yes: 'boolean', at: 'time' },
};
export const sample = (over: Partial<Sample> = {}): Sample => ({
  name: 'a',
  small: 1,
  large: 2 ** 40,
  real: 0.5,
  yes: true,
  at: '2026-03-01T10:00:00.123456Z',
  ...over,
});
export const nothing: Sample = { name: null, small: null, large: null, real: null, yes: null, at: null };

/** The octets of a file of rows; taken after each row where `often`. */
export function written<R extends Row<R>>(
  format: RowFormat,
  table: Table<R>,
  rows: Iterable<R>,
  often = false,
): Uint8Array {
  const encoder = format.encoder(table);
  const pieces: Uint8Array[] = [];
  for (const row of rows) {
    encoder.add(row);
    if (often) pieces.push(encoder.take());
  }
  pieces.push(encoder.end());
  return Buffer.concat(pieces);
}

/** Octets as a file, and how many of them were read. */
export const fileOf = (octets: Uint8Array) => ({
  size: octets.length,
  read: async (from: number, count: number) => octets.subarray(from, from + count),
});

export const schemaOf = (
  name: string,
): { readonly properties: Readonly<Record<string, { readonly type?: unknown }>> } => {
  const { $ref, definitions } = JSON.parse(
    readFileSync(new URL(`../../../schemas/${name}.json`, import.meta.url), 'utf8'),
  );
  return definitions[String($ref).replace('#/definitions/', '')];
};

/** What a column may hold, by its type. */
export const fits = (value: Cell, type: string): boolean =>
  value === null ||
  (type === 'boolean'
    ? typeof value === 'boolean'
    : type === 'text'
      ? typeof value === 'string'
      : type === 'time'
        ? /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(String(value))
        : typeof value === 'number' &&
          (type === 'double' || (Number.isSafeInteger(value) && (type === 'int64' || value < 2 ** 31))));
