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

/** How many names are looked for among the rows themselves: to write all of them down takes as long as fifty searches. */
const MOST_SEARCHES = 50;

/** The rows of a list by every name they have; a `{k}` in an alias stands for each of the row's key sizes. */
export class Names<R extends Named> {
  readonly #rows: readonly R[];
  #searches = 0;
  #table: ReadonlyMap<string, NamedRow<R>> | undefined;

  constructor(rows: readonly R[]) {
    this.#rows = rows;
  }

  /** By a name in canonical spelling. Of rows that share one the last counts, of one row's the spelling without a key size. */
  get(name: string): NamedRow<R> | undefined {
    if (this.#table !== undefined || ++this.#searches > MOST_SEARCHES) return this.all().get(name);
    return search(this.#rows, name);
  }

  /** Every name, with its row. */
  all(): ReadonlyMap<string, NamedRow<R>> {
    this.#table ??= tableOf(this.#rows);
    return this.#table;
  }
}

function tableOf<R extends Named>(rows: readonly R[]): Map<string, NamedRow<R>> {
  const table = new Map<string, NamedRow<R>>();
  for (const row of rows) {
    for (const alias of row.aliases)
      if (alias.includes('{k}'))
        for (const keyBits of row.keyBits ?? []) table.set(alias.replace('{k}', String(keyBits)), { row, keyBits });
    for (const name of [canonical(row.id), ...row.aliases])
      if (!name.includes('{k}')) table.set(name, { row, keyBits: null });
  }
  // A row's own name is a spelling too, where no other row claims it.
  for (const row of rows) {
    const name = canonical(row.name);
    if (!table.has(name)) table.set(name, { row, keyBits: null });
  }
  return table;
}

/** What the table would say. */
function search<R extends Named>(rows: readonly R[], name: string): NamedRow<R> | undefined {
  if (name.includes('{k}')) return undefined;
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at]!;
    // A canonical spelling is never the longer one.
    const isId = row.id.length >= name.length && canonical(row.id) === name;
    if (isId || row.aliases.includes(name)) return { row, keyBits: null };
    let last = -1;
    let keyBits = 0;
    for (const bits of row.keyBits ?? []) {
      const digits = String(bits);
      for (let i = name.indexOf(digits); i >= 0; i = name.indexOf(digits, i + 1)) {
        const spelling = row.aliases.lastIndexOf(`${name.slice(0, i)}{k}${name.slice(i + digits.length)}`);
        if (spelling > last) {
          last = spelling;
          keyBits = bits;
        }
      }
    }
    if (last >= 0) return { row, keyBits };
  }
  const row = rows.find((one) => canonical(one.name) === name);
  return row && { row, keyBits: null };
}

/** The row of a name, in any spelling. */
export function findRow<R extends Named>(rows: readonly R[], name: string): R | undefined {
  const wanted = canonical(name);
  return (
    rows.find(({ id, aliases }) => id === wanted || aliases.includes(wanted)) ??
    rows.find(({ id }) => canonical(id) === wanted)
  );
}
