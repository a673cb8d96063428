import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { manPage } from '../../src/cli/man.js';

test('man/mtucalc.1 is what the definitions say (npm run man writes it)', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const loaded = await Promise.all(commands.map(({ load }) => load()));
  expect(readFileSync(new URL('../../man/mtucalc.1', import.meta.url), 'utf8')).toBe(manPage(loaded, version));
});
