import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { catalogue, analyzeFiles as library } from '../../src/index.js';
import { palette } from '../../src/report/palette.js';
import { analyzeText } from '../../src/report/text/analyze.js';
import { pcap } from '../capture/files.js';
import { samples } from '../frame/frame-samples.js';
import { ownFolder } from '../own-folder.js';
import { fakeTerminal } from '../terminal.js';

const { folder, write } = ownFolder('pieces');
const frames = samples.map(([, , octets]) => ({ octets }));
const one = write('acme-one.pcap', pcap(frames));
const two = write('acme-two.pcap', pcap(frames.slice(0, 3)));
const none = write('none.pcap', 'this is no capture at all');
const many = Array.from({ length: 100 }, (_, index) => write(`${index}.pcap`, pcap(frames.slice(0, 2))));

async function run(argv: readonly string[], also: Partial<Terminal> = {}) {
  const screen = fakeTerminal();
  const code = await main(['analyze', ...argv], { ...screen.terminal, ...also });
  return { code, stdout: screen.stdout, stderr: screen.stderr };
}

describe('analyze of several captures, written as they come', () => {
  test.for([
    ['one', [one]],
    ['two, and one that is none between them', [one, none, two]],
    ['one that is none first', [none, two]],
  ] as const)('%s: text and JSON are those of the whole answer', async ([, files]) => {
    const whole = await library(files, { catalogue });
    expect((await run([...files, '--json'])).stdout).toBe(`${JSON.stringify(whole, null, 2)}\n`);
    expect((await run(files)).stdout).toBe(analyzeText(whole, { colour: palette(false), columns: 100 }));
  });
  test('none could be read: JSON all the same, and exit code 2', async () => {
    const { code, stdout } = await run([none, none, '--json']);
    expect([code, JSON.parse(stdout).results.length]).toEqual([2, 2]);
  });
  test('--format ndjson: a line each, the results of --json', async () => {
    const { stdout } = await run([one, none, two, '--format', 'ndjson']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { schemaVersion, results } = await library([one, none, two], { catalogue });
    expect(lines).toEqual(JSON.parse(JSON.stringify(results.map((result) => ({ schemaVersion, ...result })))));
  });
  test('--redact: the same address becomes the same in all of them', async () => {
    const { stdout } = await run([one, two, '--redact', '--json']);
    const [first, second] = JSON.parse(stdout).results;
    expect([first.file, second.file]).toEqual(['name-1', 'name-2']);
    expect(second.flows[0].a).toBe(first.flows[0].a);
    expect(stdout).not.toContain('acme');
  });
  test('a closed pipe ends the reading', async () => {
    let tell: (error: Error) => void = () => undefined;
    const lines: string[] = [];
    const stdout = {
      write: (text: string) => {
        lines.push(text);
        if (lines.length === 2) tell(Object.assign(new Error('closed'), { code: 'EPIPE' }));
      },
      on: (_event: 'error', listener: (error: Error) => void) => {
        tell = listener;
      },
    };
    const { code, stderr } = await run(many, { stdout });
    expect([code, lines.length, stderr]).toEqual([0, 2, '']);
  });
  test('Ctrl-C: what was read is answered, the rest is counted, exit code 2', async () => {
    let interrupt = (): void => undefined;
    const written: string[] = [];
    const terminal = {
      once: (_signal: string, listener: () => void) => {
        interrupt = listener;
      },
      removeListener: () => undefined,
      stdout: {
        write: (text: string) => {
          written.push(text);
          interrupt();
        },
      },
    };
    const { code, stderr } = await run([...many, '--format', 'ndjson'], terminal);
    expect(code).toBe(2);
    const [, left] = /^mtucalc: ended before (\d+) captures were read\n$/.exec(stderr) ?? [];
    expect(Number(left) + written.length).toBe(many.length);
    expect(Number(left)).toBeGreaterThan(0);
  });
  test.for([
    [200, /./, 'wrote'],
    [201, /^$/, 'mtucalc: a page holds 200 captures at most; these are 201\n'],
  ] as const)('a page of %i captures', async ([count, stdout, says]) => {
    const report = join(folder, `${count}.html`);
    const files = Array.from({ length: count }, (_, index) => many[index % many.length]!);
    const answer = await run([...files, '--report', report]);
    expect(answer.stdout).toMatch(stdout);
    expect(answer.stderr).toContain(says);
  });
});
