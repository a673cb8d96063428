/** A table that is asked for words from outside: `constructor` and its like stand in none. */
export const wordTable = <T>(rows: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.assign(Object.create(null), rows);
