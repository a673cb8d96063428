import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/app/diagnose.js';
import { main } from '../../src/cli/main.js';
import { catalogue } from '../../src/io/catalogue.js';
import { measure } from '../../src/probe/measure.js';
import { ScriptedEngine } from '../probe/scripted-path.js';
import { fakeTerminal } from '../terminal.js';
import { things } from './story.js';

const cli = async (...words: string[]) => {
  const t = fakeTerminal({ columns: 400 });
  const code = await main(words, t.terminal);
  return { code, stdout: t.stdout, stderr: t.stderr };
};

/** A path that is played, with a narrow link of `mtu` behind the second router, which keeps silent about it. */
const play = (mtu: number) => async (host: string) => {
  const address = host === '198.51.100.2' ? host : '10.2.0.1';
  const hops = [
    { address: '10.0.0.1', mtu: 1500 },
    { address: '10.0.1.1', mtu, ptb: false },
  ];
  const engine = new ScriptedEngine({ says: '', family: 4, localMtu: 1500, hops, target: { address } });
  const options = { host, address, family: 4, protocol: 'icmp', localMtu: 1500, maxProbes: 100 } as const;
  return measure(engine, options, catalogue, { clock: () => engine.elapsedMs, pause: async () => {} });
};
const asked = (names: readonly string[], mtu: number, request = {}) =>
  diagnose(names, { catalogue, request, stdin: process.stdin, probe: play(mtu) });

test('a capture with no tunnel described is held against none, as in analyze', async () => {
  const { stdout } = await cli('diagnose', 'captures/clamp-ok-client.pcap', '--json');
  const codes = JSON.parse(stdout).findings.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(['mss-lower']);
});

describe('a host is a thing', () => {
  test('its path beside what fits: narrower, with the lines for the box that was shown', async () => {
    const value = await asked([things['export.rsc'] as string, 'h'], 1400);
    expect(value.things.map(({ kinds }) => kinds.includes('host'))).toEqual([false, true]);
    expect(value.carries).toMatchObject([{ to: 'h', arrived: 1400, refused: 1401, verdict: 'black-hole' }]);
    expect(value.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['path-narrower', 'black-hole']));
    expect(value.target).toMatchObject({ mtu: 1400, mss: { ipv4: 1360 }, from: 'the path to h' });
    // The next size below 1400 that whole AES blocks make.
    expect(value.paste?.text).toContain('new-mss=1350');
    expect(value.check[0]).toContain('mtucalc verify h --from');
  });
  test('the tunnel of the options, and a path that carries it', async () => {
    const value = await asked(['h'], 1422, { cipher: 'aes256-sha256', wan: 'pppoe', natT: true });
    expect(value.fits).toMatchObject({ tunnelMtu: 1422, of: 'the options' });
    expect(value.findings.map(({ code }) => code)).not.toContain('path-narrower');
    expect(value.target?.mtu).toBe(1422);
  });
  test('the far end of the tunnel: the tunnel is computed again on what its path carries', async () => {
    const value = await asked([things['sa.txt'] as string, '198.51.100.2'], 1400);
    expect(value.carries).toMatchObject([{ way: 'peer', arrived: 1400 }]);
    expect(value.findings.map(({ code }) => code)).toContain('link-narrower');
    const computed = await asked([things['sa.txt'] as string], 1400, { linkMtu: 1400 });
    expect(value.target?.mtu).toBe(computed.fits?.tunnelMtu);
    expect(value.target?.mtu).toBeLessThan(1400);
  });
  test('the loopback, by whatever engine works here; this host itself is no path to set a size for', async () => {
    const { code, stdout } = await cli('diagnose', '127.0.0.1', '--max', '1500');
    expect(code).toBe(0);
    expect(stdout).toContain('carries: to this very host, 127.0.0.1: fits: 1500 arrive');
    expect(stdout).not.toContain('Set');
    expect((await cli('diagnose', '127.0.0.1', '--max', '1500', '--strict')).code).toBe(3);
  });
  test('a name that is a file is the file', async () => {
    const value = await diagnose([things['ping.txt'] as string], {
      catalogue,
      request: {},
      stdin: process.stdin,
      probe: () => Promise.reject(new Error('nothing is to be sent')),
    });
    expect(value.things[0]?.kinds).toEqual(['measurement']);
  });
  test.for(['exprot.rsc', 'lan.pcap', './router', 'dumps/lan', 'C:\\dump'])(
    '%s is a missing file, no host',
    async (name) => {
      const { code, stderr } = await cli('diagnose', name);
      expect([code, stderr]).toEqual([2, expect.stringContaining('there is no such file')]);
    },
  );
  test('nothing is sent without the word diagnose, nor with --no-hosts', async () => {
    for (const words of [
      ['127.0.0.1'],
      [things['ping.txt'] as string, '127.0.0.1'],
      ['diagnose', '127.0.0.1', '--no-hosts'],
    ]) {
      const { code, stdout, stderr } = await cli(...words);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/there is no (?:command|such file)/);
    }
  });
  test('a box that is none is told, not left out', async () => {
    const { code, stderr } = await cli('diagnose', things['ping.txt'] as string, '--box', 'toaster');
    expect([code, stderr]).toEqual([2, expect.stringContaining('toaster')]);
  });
  test('what is neither is refused in a sentence', async () => {
    const { code, stderr } = await cli('diagnose', '300.1.2.3');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/300\.1\.2\.3' is no host name and no address\n/)]);
  });
});
