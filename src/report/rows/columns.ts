/** What a column holds. `time` is a moment in UTC, in a row as ISO 8601 text with microseconds. */
export type ColumnType = 'text' | 'int32' | 'int64' | 'double' | 'boolean' | 'time';

/** A cell: null where nothing is known. */
export type Cell = string | number | boolean | null;

/** One row of a table: a value of each column, none nested. */
export type Row<R> = { readonly [Name in keyof R]: Cell };

/** The columns of a table and their types, in the order they are written. */
export type Columns<R> = { readonly [Name in keyof R]: ColumnType };

/** A table that can be exported: what `--export-NAME` writes. */
export interface Table<R extends Row<R>> {
  readonly id: 'flows' | 'findings';
  readonly columns: Columns<R>;
}

/** The version of a row; one more where a column changes its meaning or goes. New columns are added at the end. */
export const ROW_VERSION = 1;

/** `seconds` since 1970 as ISO 8601 in UTC with microseconds; null stays null. */
export function momentOf(seconds: number | null): string | null {
  if (seconds === null) return null;
  const micro = Math.round(seconds * 1e6);
  const whole = Math.floor(micro / 1e6);
  const rest = String(micro - whole * 1e6).padStart(6, '0');
  // Beyond the year 9999 there is no such text.
  return whole >= 253_402_300_800 ? null : `${new Date(whole * 1000).toISOString().slice(0, 19)}.${rest}Z`;
}

/**
 * The folder that a capture lies in, its last name alone: of captures by site or by day that is the site or the day.
 */
export function folderOf(file: string): string | null {
  const names = file.split(/[\\/]/);
  const name = names.length > 1 ? names.at(-2) : undefined;
  return name === undefined || name === '' || name === '.' || name === '..' ? null : name;
}
