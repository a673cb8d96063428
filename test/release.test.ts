import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('the release workflow runs nothing that others can change under its name', () => {
  const used = [...text('.github/workflows/release.yml').matchAll(/uses: (\S+)/g)].map((match) => match[1]);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((action) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action ?? ''))).toEqual([]);
});

test('npm links the manual page only where "man" is an array', () => {
  expect(JSON.parse(text('package.json'))).toMatchObject({ man: ['./man/mtucalc.1'] });
});
