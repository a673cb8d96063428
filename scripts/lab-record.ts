// npm run lab:record -- [NAME …] [--out FOLDER]: records the examples of test/lab/recordings.ts, each file with a sidecar.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { repo } from '../test/lab/guest-process.js';
import { runLab } from '../test/lab/lab.js';
import { recordings } from '../test/lab/recordings.js';
import { sidecarOf, truthScenario } from '../test/lab/sidecar.js';

const largest = 60 * 1024;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
const folder = resolve(values.out ?? join(repo, 'captures'));
const chosen = recordings.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const unknown = positionals.filter((name) => !recordings.some((recording) => recording.name === name));
if (unknown.length > 0) {
  console.error(`unknown recording ${unknown.join(', ')}; known are ${recordings.map(({ name }) => name).join(' ')}`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const results = await runLab(
  chosen.flatMap((recording) => [truthScenario(recording), { ...recording.scenario, id: recording.name }]),
  { captures: folder },
);
let bad = 0;
for (const recording of chosen) {
  for (const { point } of recording.scenario.capture ?? []) {
    const file = `${recording.name}-${point}.pcap`;
    const sidecar = sidecarOf(recording, point, results);
    writeFileSync(join(folder, file.replace(/pcap$/, 'json')), `${JSON.stringify(sidecar, null, 2)}\n`);
    const size = statSync(join(folder, file)).size;
    if (size > largest) bad++;
    console.log(`${file} ${size} octets${size > largest ? `: too large, ${largest} at most` : ''}`);
  }
}
writeReadme();
process.exitCode = bad > 0 ? 1 : 0;

/** The table in README.md is written anew from the sidecars; what stands above it stays. */
function writeReadme(): void {
  const readme = join(folder, 'README.md');
  const mark = '| file | taken at | verdict | shows |';
  const before = readFileSync(readme, { encoding: 'utf8', flag: 'a+' }).split(mark)[0]?.trimEnd() ?? '';
  const rows = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .map(({ file, point, verdict, shows }) => `| \`${file}\` | ${point} | ${verdict} | ${shows} |`);
  writeFileSync(readme, `${before}\n\n${[mark, '|---|---|---|---|', ...rows].join('\n')}\n`);
}
