import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { targets } from '../../src/snippet/targets/index.js';
import { cases, goldenPath, render, undoCases } from './cases.js';

const root = new URL('golden/', import.meta.url);
const rows = cases.flatMap(({ name, targets: words, plan }) =>
  words.flatMap((word) =>
    (undoCases.includes(name) ? [false, true] : [false]).map((undo) => ({
      word,
      name,
      undo,
      plan,
      path: goldenPath(word, name, undo),
    })),
  ),
);

test.for(rows)('$path', ({ word, undo, plan, path }) => {
  expect(render(word, plan(), undo)).toBe(readFileSync(new URL(path, root), 'utf8'));
});

test('every golden file has its case, every target its golden', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
  expect(files.toSorted()).toEqual(rows.map(({ path }) => path).toSorted());
  expect([...new Set(rows.map(({ word }) => word.split('@')[0]))].toSorted()).toEqual(
    targets.map(({ id }) => id).toSorted(),
  );
});

/** Numbers of the plan that a configuration may carry; nothing else with four digits but what the language brings. */
test.for(rows.filter(({ undo }) => !undo))('$path: no MSS but the plan’s', ({ word, plan }) => {
  const { mss, tunnelMtu } = plan();
  const lines = render(word, plan())
    .split('\n')
    .filter((line) => !/^\s*[#!]/.test(line));
  const said = lines.flatMap((line) =>
    [...line.matchAll(/(?:mss(?: |=|: )|maxseg size (?:set|>) )(\d{3,5})/gi)].map((match) => Number(match[1])),
  );
  const allowed = new Set([mss.ipv4, mss.ipv6, mss.ipv4 + 1, mss.ipv6 + 1, tunnelMtu, 1460, 1454, 1492, 65535]);
  expect(said.filter((value) => !allowed.has(value))).toEqual([]);
});
