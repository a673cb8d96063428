// Writes what README and docs show anew from real runs: the printed blocks, and the pictures. Run: npm run pages
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { main } from '../src/cli/main.js';
import { findingTable } from '../src/report/rows/finding-row.js';
import { flowTable } from '../src/report/rows/flow-row.js';
import { pageSvg, terminalSvg } from './terminal-svg.js';

/** What a run prints: into a pipe, or on a terminal with colours and so many columns. */
async function printed(line: string, columns?: number): Promise<string> {
  let text = '';
  const stdout = {
    isTTY: columns !== undefined,
    columns: columns ?? 0,
    write(piece: string) {
      text += piece;
      return true;
    },
  };
  const terminal = { stdin: Readable.from([]), stdout, stderr: { write: () => true }, env: {} };
  await main(line.split(' '), terminal);
  return text;
}

/** The columns of exported rows: types from the code, words from the schema that is made of it. */
const rowTables = { 'export-flows': flowTable.columns, 'export-findings': findingTable.columns };
function rowTable(id: string, columns: Readonly<Record<string, string>>): string {
  const { $ref, definitions } = JSON.parse(readFileSync(`schemas/${id}.json`, 'utf8'));
  const { properties } = definitions[$ref.split('/').at(-1)];
  const lines = Object.entries(columns).map(
    ([name, type]) =>
      `| \`${name}\` | ${type} | ${(properties[name].description ?? '').replace(/\s+/g, ' ').replace(/\.$/, '')} |`,
  );
  return `| column | type | what |\n|---|---|---|\n${lines.join('\n')}\n`;
}

/** A probe shows what its own network had; it is written by hand from such a run. */
const byHand = /^(probe|verify|doctor)\b/;

const pages = ['README.md', ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];
for (const page of pages) {
  const text = readFileSync(page, 'utf8');
  const blocks = [...text.matchAll(/^```\n\$ npx mtucalc (.*)\n[\s\S]*?```$/gm)].filter(
    ([, line]) => !byHand.test(line!),
  );
  let renewed = text;
  for (const [block, line = ''] of blocks) {
    const now = `\`\`\`\n$ npx mtucalc ${line}\n${(await printed(line)).trimEnd()}\n\`\`\``;
    renewed = renewed.replace(block, () => now);
  }
  for (const [id, table] of Object.entries(rowTables))
    renewed = renewed.replace(
      new RegExp(`(<!-- rows ${id} -->\n)(?:\n\\|[^#]*)?`),
      (_, mark) => `${mark}\n${rowTable(id, table)}`,
    );
  if (renewed !== text) writeFileSync(page, renewed);
}

const COLUMNS = 80;
const pictures = {
  calc: '--cipher aes256 --wan pppoe',
  identify: 'identify 1422 --most 4',
  lint: 'lint examples/office.rsc -c aes256-sha256 -w pppoe',
  analyze: 'analyze captures/black-hole-client.pcap',
} as const;
mkdirSync('docs/pictures', { recursive: true });
for (const [name, line] of Object.entries(pictures))
  writeFileSync(`docs/pictures/${name}.svg`, terminalSvg(`mtucalc ${line}`, await printed(line, COLUMNS), COLUMNS));
const report = await printed('analyze captures/black-hole-client.pcap --format html');
writeFileSync('docs/pictures/report.svg', pageSvg(report, 1000, 1220));
