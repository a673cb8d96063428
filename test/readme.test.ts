import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main } from '../src/cli/main.js';
import { fakeTerminal } from './terminal.js';

/** Every block of the README that shows a run, with what it printed; a probe needs its own network and is left out. */
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const runs = [...readme.matchAll(/^```\n\$ npx mtucalc (.*)\n([\s\S]*?)```$/gm)]
  .map(([, line = '', printed = '']) => ({ line, printed }))
  .filter(({ line }) => !/^(probe|verify|doctor)\b/.test(line));

describe('what the README shows is what a run prints', () => {
  test('there are runs to check', () => expect(runs.length).toBeGreaterThan(6));
  test.for(runs)('$line', async ({ line, printed }) => {
    const screen = fakeTerminal();
    await main(line.split(' '), screen.terminal);
    expect(screen.stdout.trimEnd()).toBe(printed.trimEnd());
  });
});
