// Writes man/mtucalc.1 from the command definitions. Run: npm run man
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { commands } from '../src/cli/commands/index.js';
import { manPage } from '../src/cli/man.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
mkdirSync('man', { recursive: true });
writeFileSync('man/mtucalc.1', manPage(await Promise.all(commands.map(({ load }) => load())), version));
