import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../src/cli/commands/index.js';
import { main } from '../src/cli/main.js';
import { fakeTerminal } from './terminal.js';

/**
 * Every block of README and docs that shows a run, with what it printed; a probe needs its own network and is left out.
 */
const root = new URL('..', import.meta.url);
const pages = ['README.md', ...readdirSync(new URL('docs', root)).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const runs = pages.flatMap((page) =>
  [...readFileSync(new URL(page, root), 'utf8').matchAll(/^```\n\$ npx mtucalc (.*)\n([\s\S]*?)```$/gm)]
    .map(([, line = '', printed = '']) => ({ page, line, printed }))
    .filter(({ line }) => !/^(probe|verify|doctor)\b/.test(line)),
);

describe('what the pages show is what a run prints', () => {
  test('there are runs to check', () => expect(runs.length).toBeGreaterThan(6));
  test.for(runs)('$page: $line', async ({ line, printed }) => {
    const screen = fakeTerminal();
    await main(line.split(' '), screen.terminal);
    expect(screen.stdout.trimEnd()).toBe(printed.trimEnd());
  });
});

test('README has a line for every command, and every link of the pages leads to a file', () => {
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const listed = [...readme.matchAll(/^\| `(\w+)`/gm), ...readme.matchAll(/^\| `mtucalc` \(`(\w+)`\)/gm)];
  expect(commands.map(({ name }) => name).filter((name) => !listed.some(([, one]) => one === name))).toEqual([]);
  const links = pages.flatMap((page) =>
    [...readFileSync(new URL(page, root), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, to = '']) => new URL(to, new URL(page, root)),
    ),
  );
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((link) => !existsSync(link)).map(String)).toEqual([]);
});
