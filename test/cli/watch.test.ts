import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { newPath, noted } from '../../src/probe/watch/path.js';
import { stateText } from '../../src/probe/watch/state.js';
import { reading } from '../probe/watch/reading.js';
import { expositionFaults } from '../report/exposition-faults.js';
import { fakeTerminal } from '../terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string, text?: string): string => {
  if (text !== undefined) writeFileSync(join(folder, name), text);
  return join(folder, name);
};
async function run(...argv: string[]) {
  const screen = fakeTerminal();
  const code = await main(['watch', ...argv], screen.terminal);
  return { code, stdout: screen.stdout, stderr: screen.stderr };
}

describe('watch --once', () => {
  test('a target that is none: kept, told, exit code 2; others in the state are dropped', async () => {
    const state = at('none.json', stateText([newPath('other', null, null)]));
    const { code, stdout } = await run('300.1.2.3', '--once', '--state', state, '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout).paths).toMatchObject([{ target: '300.1.2.3', readings: [{ error: 'no-host' }] }]);
    expect(JSON.parse(readFileSync(state, 'utf8')).paths).toHaveLength(1);
  });
  test('an answer that is gone is told, and is no change for the worse', async () => {
    const known = noted(newPath('300.1.2.3', null, 1422), reading, 5).path;
    const state = at('gone.json', stateText([known]));
    const { code, stdout } = await run('300.1.2.3', '--once', '--state', state);
    expect(code).toBe(2);
    expect(stdout).toMatch(/Z {2}300\.1\.2\.3 {2}no answer: path MTU was 1500, fits -> not measured \(no-host\)\n/);
    expect(stdout).toMatch(/^300\.1\.2\.3 +- +not measured \(no-host\) *$/m);
  });
  test('no packets left: what is shown is older, which is told, exit code 2', async () => {
    const spare = { at: Math.floor(Date.now() / 1000), packets: 0 };
    const state = at('spent.json', stateText([{ ...newPath('300.1.2.3', null, null), spare }]));
    const { code, stderr, stdout } = await run('300.1.2.3', '--once', '--state', state);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^mtucalc: 1 of 1 not measured now, .*--budget/)]);
    expect(stdout).toMatch(/^300\.1\.2\.3 .*not measured: not asked now, budget used up *$/m);
    const figures = await run('300.1.2.3', '--once', '--state', state, '--format', 'prometheus');
    expect(expositionFaults(figures.stdout)).toEqual([]);
    expect(figures.stdout).toContain('mtucalc_probe_skipped{target="300.1.2.3"} 1\n');
  });
  test('a target named twice is one path, with the MTU that one of the lines has', async () => {
    const list = at('twice.txt', '300.1.2.3 1400\n300.1.2.3\n');
    const { stdout } = await run('--targets', list, '--once', '--state', at('twice.json'), '--json');
    expect(JSON.parse(stdout).paths).toMatchObject([{ target: '300.1.2.3', expected: 1400 }]);
  });
  test('figures of it', async () => {
    const { stdout } = await run('300.1.2.3', '--once', '--state', at('fig.json'), '--format', 'prometheus');
    expect(expositionFaults(stdout)).toEqual([]);
    expect(stdout).toContain('mtucalc_probe_success{target="300.1.2.3"} 0\n');
    expect(stdout).toContain('mtucalc_probe_skipped{target="300.1.2.3"} 0\n');
  });
  test.for([
    ['another’s file', 'mine.txt', 'hello\n', /mine\.txt is no state of mtucalc watch\n {2}name another file\n$/],
    ['ours, another kind', 'rules.nft', '# mtucalc: nftables\n', /is no state of mtucalc watch/],
    ['hostile', 'bad.json', '{"mtucalc:watch":1,"paths":[{"target":"\\u001b[2J"}]}', /path 1 is not one/],
  ] as const)('%s is left alone', async ([, name, text, says]) => {
    const state = at(name, text);
    const { code, stderr } = await run('300.1.2.3', '--once', '--state', state);
    expect([code, stderr]).toEqual([2, expect.stringMatching(says)]);
    expect(readFileSync(state, 'utf8')).toBe(text);
  });
  test('never through a symbolic link', async () => {
    symlinkSync(at('aim.json', stateText([])), at('link.json'));
    const { code, stderr } = await run('300.1.2.3', '--once', '--state', at('link.json'));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/it is a symbolic link/)]);
  });
});

test.for([
  [[], /nothing to watch: HOST is missing/],
  [['a', '--both', '-4'], /--both and -4 exclude each other/],
  [['a', '--both', '-6'], /--both and -6 exclude each other/],
  [['a', '--once'], /--once has nothing to compare with/],
  [['a', '--json'], /a watch has no end/],
  [['a', '--format', 'prometheus'], /figures of a watch need a place/],
  [['a', '--interval', '9s'], /no time between 10s and 24h/],
  [['a', '--interval', '25h'], /no time between/],
  [['--targets', '/dev/zero'], /\/dev\/zero has more than 1048576 octets/],
  [['--targets', '/nonexistent'], /cannot read \/nonexistent: there is no such file/],
  [['a', '--keep', '1'], /outside 2 to 288/],
] as const)('%o', async ([argv, says]) => {
  const { code, stderr } = await run(...argv);
  expect([code, stderr]).toEqual([2, expect.stringMatching(says)]);
});
