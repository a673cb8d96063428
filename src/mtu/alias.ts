/** Nearly every name in the tables is in its canonical spelling already. */
const isCanonical = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Canonical spelling: lower case, every run of other characters than letters and digits is one hyphen. */
export const canonical = (name: string): string =>
  isCanonical.test(name)
    ? name
    : name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '');

interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly keyBits?: readonly number[];
}

/** A row under one of its names; `keyBits` where the name says the key size. */
export interface NamedRow<R> {
  readonly row: R;
  readonly keyBits: number | null;
}

/** Every name of every row. A `{k}` in an alias stands for each of the row's key sizes. */
export function aliasTable<R extends Named>(rows: readonly R[]): Map<string, NamedRow<R>> {
  const table = new Map<string, NamedRow<R>>();
  for (const row of rows) {
    table.set(canonical(row.id), { row, keyBits: null });
    for (const alias of row.aliases) {
      if (!alias.includes('{k}')) table.set(alias, { row, keyBits: null });
      else for (const bits of row.keyBits ?? []) table.set(alias.replace('{k}', String(bits)), { row, keyBits: bits });
    }
  }
  // A row's own name is a spelling too, where no other row claims it.
  for (const row of rows) {
    const name = canonical(row.name);
    if (!table.has(name)) table.set(name, { row, keyBits: null });
  }
  return table;
}

/** The row of a name, in any spelling. */
export function findRow<R extends Named>(rows: readonly R[], name: string): R | undefined {
  const wanted = canonical(name);
  return (
    rows.find(({ id, aliases }) => id === wanted || aliases.includes(wanted)) ??
    rows.find(({ id }) => canonical(id) === wanted)
  );
}
