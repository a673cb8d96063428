import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const guide = readFileSync(`${root}CONTRIBUTING.md`, 'utf8');
const walk = guide.slice(guide.indexOf('## Where is what'));
const rows = [...walk.matchAll(/^\| (.+?) \| `([^`]+)` \| (?:`([^`]+)`)? ?\|$/gm)].map(
  ([, what = '', file = '', as]) => ({
    what,
    file,
    as,
  }),
);

describe('where is what', () => {
  test('the walk has rows', () => expect(rows.length).toBeGreaterThan(20));
  test.for(rows)('$what: $file', ({ file, as }) => {
    expect(existsSync(root + file)).toBe(true);
    if (as !== undefined && statSync(root + file).isFile()) expect(readFileSync(root + file, 'utf8')).toContain(as);
  });
});

test('every file that the guide names is there', () => {
  const named = [...guide.matchAll(/`((?:src|test|ciphers|scripts|captures|assembly|schemas|bench)\/[\w./-]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/NAME/.test(path));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((path) => !existsSync(root + path))).toEqual([]);
});
