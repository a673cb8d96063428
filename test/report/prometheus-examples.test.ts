import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metrics } from '../../src/report/prometheus/exposition.js';

const folder = new URL('../../examples/fleet/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

test.for(readdirSync(folder))('%s names no figure that there is not', (name) => {
  const named = text(name).match(/\bmtucalc_[a-z_]+/g) ?? [];
  expect(named.filter((figure) => !(figure in metrics))).toEqual([]);
});

test('the dashboard asks for something in every panel, none twice by number', () => {
  const { panels } = JSON.parse(text('dashboard.json')) as {
    panels: { id: number; title: string; targets: { expr: string }[] }[];
  };
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { title, targets } of panels)
    expect([title, targets.every(({ expr }) => expr.includes('mtucalc_'))]).toEqual([title, true]);
});
