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

/** The rows of a list by every name they have, in canonical spelling. */
export interface Names<R> {
  /** The last row that spells it so, or so with a key size, or the first whose own name it is. */
  get(name: string): NamedRow<R> | undefined;
  all(): string[];
}

/**
 * A `{k}` in an alias stands for each of the row's key sizes. Such aliases are kept as they are written: one run asks for few of
 * the thousand names.
 */
export function namesOf<R extends Named>(rows: readonly R[]): Names<R> {
  const spelled = new Map<string, R>();
  for (const row of rows) for (const name of [canonical(row.id), ...row.aliases]) spelled.set(name, row);
  const keySizes = new Set(rows.flatMap(({ keyBits = [] }) => keyBits));
  return {
    get(name) {
      const row = spelled.get(name);
      if (row) return { row, keyBits: null };
      for (const keyBits of keySizes) {
        const digits = String(keyBits);
        for (let at = name.indexOf(digits); at >= 0; at = name.indexOf(digits, at + 1)) {
          const sized = spelled.get(`${name.slice(0, at)}{k}${name.slice(at + digits.length)}`);
          if (sized?.keyBits?.includes(keyBits)) return { row: sized, keyBits };
        }
      }
      const own = rows.find((one) => canonical(one.name) === name);
      return own && { row: own, keyBits: null };
    },
    all: () => [
      ...[...spelled].flatMap(([name, { keyBits = [] }]) =>
        name.includes('{k}') ? keyBits.map((bits) => name.replace('{k}', String(bits))) : name,
      ),
      ...rows.map(({ name }) => canonical(name)),
    ],
  };
}

/** The row of a name, in any spelling. */
export function findRow<R extends Named>(rows: readonly R[], name: string): R | undefined {
  const wanted = canonical(name);
  return (
    rows.find(({ id, aliases }) => id === wanted || aliases.includes(wanted)) ??
    rows.find(({ id }) => canonical(id) === wanted)
  );
}
