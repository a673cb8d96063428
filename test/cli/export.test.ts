import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeTerminal } from '../terminal.js';

const hole = new URL('../../captures/black-hole-client.pcap', import.meta.url).pathname;
const fine = new URL('../../captures/ok-client.pcap', import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtucalc-export-'));
  mkdirSync(join(folder, 'paris'));
  copyFileSync(hole, join(folder, 'paris', 'one.pcap'));
  copyFileSync(fine, join(folder, 'two.pcap'));
  writeFileSync(join(folder, 'paris', 'bad.pcap'), 'no capture');
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

async function run(...argv: string[]) {
  const screen = fakeTerminal();
  const code = await main(['analyze', ...argv], screen.terminal);
  return { code, stdout: screen.stdout, stderr: screen.stderr };
}
const rows = (name: string) =>
  readFileSync(at(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('exports beside the answer', () => {
  test('a folder: rows of all captures in the order of their names, the answer as without', async () => {
    const { code, stdout, stderr } = await run(
      folder,
      '--json',
      '--export-flows',
      at('f.ndjson'),
      '--export-findings',
      at('g.ndjson'),
    );
    const plain = await run(folder, '--json');
    expect([code, stdout]).toEqual([plain.code, plain.stdout]);
    interface Told {
      readonly file: string;
      readonly verdict: string;
      readonly findings?: readonly { readonly code: string }[];
      readonly error?: { readonly code: string };
    }
    const results = JSON.parse(stdout).results as readonly Told[];
    const told = results.flatMap(({ file, verdict, findings = [], error }) =>
      (findings.length > 0 ? findings.map(({ code }) => code) : [null]).map((finding) => [
        file,
        verdict,
        finding,
        error?.code ?? null,
      ]),
    );
    expect(
      rows('g.ndjson').map(({ file, verdict, finding, error_code }) => [file, verdict, finding, error_code]),
    ).toEqual(told);
    expect(rows('g.ndjson')[0]).toMatchObject({ folder: 'paris' });
    expect(new Set(rows('f.ndjson').map(({ file }) => file))).toEqual(new Set([at('paris/one.pcap'), at('two.pcap')]));
    expect(stderr).toContain(`wrote ${rows('f.ndjson').length} rows to ${at('f.ndjson')}`);
  });
  test.for(['csv', 'parquet', 'ndjson'])('%s is written over its own, not over others', async (id) => {
    const file = at(`x.${id}`);
    for (let count = 0; count < 2; count++) expect((await run(fine, '--export-flows', file)).code).toBe(0);
    const before = readFileSync(file);
    await run(fine, '--export-flows', file);
    expect(readFileSync(file)).toEqual(before);
    writeFileSync(file, 'mine, all mine');
    expect((await run(fine, '--export-flows', file)).code).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('mine, all mine');
    expect((await run(fine, '--export-flows', file, '--force')).code).toBe(0);
    expect(readFileSync(file)).toEqual(before);
  });
  test('beside a page', async () => {
    expect((await run(hole, '--report', at('p.html'), '--export-flows', at('f.csv'))).code).toBe(1);
    expect([existsSync(at('p.html')), readFileSync(at('f.csv'), 'utf8').split('\r\n').length]).toEqual([true, 4]);
  });
  test.for([
    ['both into one file', ['--export-flows', 'x.csv', '--export-findings', './x.csv']],
    ['over the capture', ['--export-flows', 'two.pcap', '--force']],
    ['over the page', ['--export-flows', 'p.csv', '--report', 'p.csv']],
    ['standard output', ['--export-findings', '-']],
    ['a form that is unknown', ['--export-flows', 'x.xlsx']],
    ['the second in no folder', ['--export-flows', 'x.csv', '--export-findings', 'no/x.csv']],
    ['--redact', ['--export-flows', 'x.csv', '--redact']],
    ['--out', ['--export-flows', 'x.prom', '--out', 'x.prom', '--format', 'prometheus']],
  ] as const)('%s: refused, and nothing is left', async ([, argv]) => {
    const before = readdirSync(folder).sort();
    const placed = argv.map((word) => (word.startsWith('-') || word === 'prometheus' ? word : at(word)));
    const { code, stdout, stderr } = await run(at('two.pcap'), ...placed);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^mtucalc: /);
    expect(readdirSync(folder).sort()).toEqual(before);
  });
  test('of a pair: refused', async () => {
    const { code, stderr } = await run('--before', hole, '--after', fine, '--export-flows', at('x.csv'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('--before and --after')]);
  });
});
