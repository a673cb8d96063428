import { join } from 'node:path';

export const folder = join(import.meta.dirname, 'dumps');

/** Where the dump of a sample stands. */
export const dumpFile = (name: string): string =>
  join(folder, `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.dump.txt`);
