import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { pcap, type Timed } from '../analyze/packets.js';
import { Script } from '../analyze/script.js';
import { ownFolder } from '../own-folder.js';
import { fakeTerminal } from '../terminal.js';
import { clean, stalled } from './conversations.js';

const { folder, write } = ownFolder('verdict');
const file = (name: string, packets: readonly Timed[]): string => write(name, pcap(packets));
const obeyed = (mtu: number): Timed[] => {
  const script = new Script().handshake().data('client', 1460).ptb(mtu);
  return script
    .segment('client', { seq: 1001, data: mtu - 40 })
    .wait(0.02)
    .ack('client', { ack: 961 + mtu }).packets;
};

async function run(...args: string[]) {
  const terminal = fakeTerminal();
  const code = await main(['analyze', ...args], terminal.terminal);
  return { code, stdout: terminal.stdout, stderr: terminal.stderr };
}

let hole: string;
let fine: string;
beforeAll(() => {
  hole = file('hole.pcap', stalled());
  fine = file('fine.pcap', clean());
});

describe('analyze', () => {
  test('answers first, and a problem is exit 1', async () => {
    const { code, stdout } = await run(hole);
    expect(code).toBe(1);
    expect(stdout.split('\n')[0]).toMatch(/^black-hole {2}/);
    expect(stdout).toContain('Fix: ');
    expect(stdout).toMatch(/tcp 10\.1\.0\.2:40001 -> 10\.2\.0\.2:443 +1 +stuck +1460 +1500 +1460 +yes +4/);
    expect(stdout).toContain('1500 (9 times)');
  });
  test('a clean capture is exit 0 and has no finding above info', async () => {
    const { code, stdout } = await run(fine, '--json');
    expect(code).toBe(0);
    const { schemaVersion, results } = JSON.parse(stdout);
    expect([schemaVersion, results.length]).toEqual([2, 1]);
    const [value] = results;
    expect(value).toMatchObject({ file: fine, verdict: 'ok', findings: [], damage: [] });
    expect(value.totals.frames).toBe(16);
    expect(value.flows).toHaveLength(1);
    expect(value.judgement).toBeUndefined();
  });
  test('several files', async () => {
    const { code, stdout } = await run(fine, hole, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).results.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['ok', 'black-hole']);
  });
  test('expected against seen', async () => {
    const path = file('ptb.pcap', obeyed(1430));
    const { code, stdout } = await run(path, '--json', '--cipher', 'aes256gcm16', '--wan', 'pppoe', '--no-nat-t');
    expect(code).toBe(0);
    const { findings } = JSON.parse(stdout).results[0];
    const said = findings.find((one: { code: string }) => one.code === 'expected-seen');
    expect(said.says).toMatch(
      /^Expected 1438, the gateway 10\.1\.0\.1 said 1430: 8 octets unaccounted; .* with NAT-T\.$/,
    );
  });
  test('exactly as expected', async () => {
    const path = file('ptb-as-expected.pcap', obeyed(1430));
    const { stdout } = await run(path, '--json', '--cipher', 'aes256gcm16', '--wan', 'pppoe', '--nat-t');
    const codes = JSON.parse(stdout).results[0].findings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('as-expected');
    expect(codes).not.toContain('expected-seen');
  });
  test('two captures', async () => {
    const before = file('before.pcap', clean({ server: 1398 }));
    const after = file('after.pcap', clean({ client: 1398 }));
    const { code, stdout } = await run('--before', before, '--after', after);
    expect(code).toBe(0);
    expect(stdout).toContain('1 TCP connection is in both');
    expect(stdout).toContain('1460 => 1398');
    const { stdout: json } = await run('--before', before, '--after', after, '--json');
    const { results } = JSON.parse(json);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ verdict: 'clamp-ok', matched: 1, before: { file: before, verdict: 'ok' } });
  });
  test.for([
    [[], 'file is missing'],
    [['--before', 'a.pcap'], '--after alone|--before alone|compares nothing'],
    [['--before', 'a.pcap', '--after', 'b.pcap', 'c.pcap'], 'not expected beside'],
    [['/nowhere/x.pcap'], 'no such file'],
  ] as const)('%j is refused', async ([args, says]) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(says));
  });
  test('a report that cannot be written costs no answer', async () => {
    const { code, stdout, stderr } = await run(fine, '--report', join(folder, 'no', 'such', 'folder.html'));
    expect(code).toBe(2);
    expect(stdout).toMatch(/^ok /);
    expect(stderr).toMatch(/cannot write .*: there is no such folder/);
  });
  test('a report is written over a report, and never over a capture', async () => {
    const page = join(folder, 'page.html');
    for (let n = 0; n < 2; n++) {
      expect(await run(fine, '--report', page)).toMatchObject({ code: 0, stderr: `mtucalc: wrote ${page}\n` });
    }
    const octets = readFileSync(hole);
    expect(await run(fine, '--report', hole)).toMatchObject({ code: 2, stdout: '' });
    expect(readFileSync(hole)).toEqual(octets);
    expect(await run(fine, '--report', '-')).toMatchObject({ code: 2, stdout: '' });
  });
  test('long addresses stand in two lines where they would not fit', async () => {
    const narrow = fakeTerminal({ tty: true, columns: 72, env: { NO_COLOR: '1' } });
    await main(['analyze', hole], narrow.terminal);
    const [table = ''] = narrow.stdout.slice(narrow.stdout.indexOf('───')).split('\n\n');
    expect(table).toContain('tcp 10.1.0.2:40001');
    expect(table).toContain('\n  -> 10.2.0.2:443');
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
  });
  test('control characters of a file name do not reach the terminal', async () => {
    const { stdout } = await run(file('a\u001b[31mb.pcap', clean()));
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('a\\u001b[31mb.pcap');
  });
});
