import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { places } from '../../scripts/mutate/places/index.js';

const root = join(import.meta.dirname, '../..');

test.for(places.map(({ file, text, tests }) => [`${file}: ${text}`, file, text, tests] as const))(
  'a break of %s finds its place, and tests that judge it',
  ([, file, text, tests]) => {
    expect(readFileSync(join(root, file), 'utf8').split(text)).toHaveLength(2);
    for (const judge of tests) expect(existsSync(join(root, judge))).toBe(true);
  },
);
