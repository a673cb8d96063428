import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { pcap } from '../capture/files.js';
import { samples } from '../frame/frame-samples.js';
import { ownFolder } from '../own-folder.js';
import { fakeTerminal } from '../terminal.js';

const { folder, write } = ownFolder('analyze');
const wanted = ['Ethernet, IPv4, TCP data', 'Ethernet, IPv4 with options, SYN', 'ICMP PTB'];
const file = pcap(samples.filter(([name]) => wanted.includes(name)).map(([, , octets]) => ({ octets })));
const good = write('good.pcap', file);
const cut = write('cut.pcap', file.subarray(0, file.length - 1));
const text = write('text.txt', 'this is no capture at all');

async function run(...argv: string[]) {
  const terminal = fakeTerminal();
  const code = await main(['analyze', ...argv], terminal.terminal);
  return { code, stdout: terminal.stdout, stderr: terminal.stderr };
}
const json = async (...argv: string[]) => JSON.parse((await run('--json', ...argv)).stdout).results;

describe('analyze: reading', () => {
  test('--json: totals and damage of one file', async () => {
    expect(await json(good)).toMatchObject([
      {
        file: good,
        totals: { frames: 3, ipv4: 3, tcp: 2, synMss: { 1460: 1 }, ptb: [{ from: '10.0.0.1', mtu: 1438, count: 1 }] },
        damage: [],
      },
    ]);
  });
  test('a cut file keeps what was read and says where it ends', async () => {
    const { code, stdout } = await run(cut);
    expect(code).not.toBe(2);
    expect(stdout).toContain('frame 3 is cut');
    expect((await json(cut))[0].damage).toMatchObject([{ frame: 3 }]);
  });
  test('several files; one that cannot be read is told and does not stop the others', async () => {
    const { stderr, code } = await run(good, text, cut);
    expect(code).not.toBe(2);
    expect(stderr).toContain('this is no capture');
    const results = await json(good, text, cut);
    expect(results.map(({ file }: { file: string }) => file)).toEqual([good, text, cut]);
    expect(results[1].error).toMatchObject({ code: 'not-a-capture', hint: expect.any(String) });
  });
  test('a file that is not there is no all-clear: the others are answered, exit code 2', async () => {
    const { stdout, stderr, code } = await run(join(folder, 'none'), good);
    expect([code, stdout.includes('good.pcap')]).toEqual([2, true]);
    expect(stderr).toContain('none: there is no such file');
  });
  test('nothing could be read: exit code 2, one sentence', async () => {
    for (const words of [[text], [join(folder, 'none')]]) {
      const { code, stderr, stdout } = await run(...words);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^mtucalc: .*\n {2}.*\n$|^mtucalc: .*\n$/);
    }
  });
  test('nothing could be read: --json names each file and why', async () => {
    const { code, stdout } = await run('--json', text);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 2,
      results: [{ file: text, error: { code: 'not-a-capture' } }],
    });
    const pair = await run('--before', good, '--after', text, '--json');
    expect(pair.code).toBe(2);
    expect(JSON.parse(pair.stdout).results).toMatchObject([{ file: text, error: { code: 'not-a-capture' } }]);
  });
  test('--format html is the page on stdout', async () => {
    expect((await run('--format', 'html', good)).stdout).toMatch(/^<!doctype html>/);
  });
  test('what was not read is undecided: exit 3 with --strict', async () => {
    expect((await run(good, text, '--strict')).code).toBe(3);
  });
  test('nothing could be read of several: each is told', async () => {
    const { code, stderr } = await run(text, join(folder, 'none'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/text\.txt: this is no capture.*\n.*\n.*none: there is no such file/);
  });
  test('no file named', async () => {
    expect(await run()).toMatchObject({ code: 2 });
  });
  test('--reader pcap-parser gives the same totals', async () => {
    expect((await json('--reader', 'pcap-parser', good))[0].totals).toEqual((await json(good))[0].totals);
  });
});
