import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { catalogue } from '../../src/io/catalogue.js';
import { measure } from '../../src/probe/measure.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { palette } from '../../src/report/palette.js';
import { probeText } from '../../src/report/text/probe.js';
import { ScriptedEngine } from '../probe/scripted-path.js';
import { fakeTerminal } from '../terminal.js';

const cli = async (...words: string[]) => {
  const t = fakeTerminal();
  const code = await main(words, t.terminal);
  return { code, stdout: t.stdout, stderr: t.stderr };
};

describe('what cannot be done is said in one sentence, exit 2', () => {
  test.for([
    ['-4 -6 192.0.2.1', /-4 and -6 exclude each other/],
    ['--both -4 192.0.2.1', /--both and -4 exclude each other/],
    ['-6 192.0.2.1', /192\.0\.2\.1 is an IPv4 address/],
    ['300.1.2.3', /is no host name and no address/],
    ['192.0.2.1 --engine tracepath', /--engine 'tracepath' is not known\n {2}one of raw, errqueue, tcp, ping/],
    ['192.0.2.1 --max 20', /--max 20 is outside 68 to 65535/],
    ['127.0.0.1 --min 1400 --max 1300', /--min 1400 is above --max 1300/],
    ['::1 --max 1200', /--max 1200 is below 1280/],
    ['127.0.0.1 --interface nosuch0', /there is no interface nosuch0\n {2}up are: /],
    ['127.0.0.1 --source 192.0.2.77', /192\.0\.2\.77 is no address of this host/],
    ['127.0.0.1 --engine ping --protocol tcp', /engine ping cannot send tcp probes/],
    ['', /HOST is missing/],
  ] as const)('probe %s', async ([line, says]) => {
    const { code, stdout, stderr } = await cli('probe', ...line.split(' ').filter(Boolean));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
  });
  test('one bad host of two: the other is measured, exit 2', async () => {
    const { code, stdout, stderr } = await cli('probe', '127.0.0.1', '300.1.2.3');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^Path MTU to 127\.0\.0\.1: \d+/);
    expect(stderr).toMatch(/300\.1\.2\.3/);
  });
  test('--json has the same shape for one host as for several, also where it failed', async () => {
    const { code, stdout } = await cli('probe', '300.1.2.3', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 2,
      results: [
        {
          host: '300.1.2.3',
          error: { code: 'no-host', message: expect.stringContaining('300.1.2.3'), hint: expect.any(String) },
        },
      ],
    });
  });
  test('an interval is undecided: exit 3 with --strict, 0 without', async () => {
    expect((await cli('probe', '127.0.0.1', '--max', '1500', '--strict')).code).toBe(3);
  });
});

test('the loopback, by whatever engine works here', async () => {
  const { code, stdout } = await cli('probe', '127.0.0.1', '--max', '1500', '--json');
  expect(code).toBe(0);
  const { schemaVersion, results } = JSON.parse(stdout) as { schemaVersion: number; results: ProbeResult[] };
  expect([schemaVersion, results.length]).toEqual([2, 1]);
  const value = results[0] as ProbeResult;
  // Larger sizes were not asked for, so the number stays open above.
  expect(value).toMatchObject({ host: '127.0.0.1', interval: { low: 1500 }, verdict: 'fits', mss: { ipv4: 1460 } });
  for (const key of ['engine', 'blindTo', 'probes', 'elapsedMs', 'hops', 'bottleneck', 'findings'])
    expect(value).toHaveProperty(key);
});

test('doctor names four engines and the one that runs unasked, which is never tcp', async () => {
  const { code, stdout } = await cli('doctor', '--json');
  const value = JSON.parse(stdout) as {
    engines: { id: string; available: boolean; unlock: unknown }[];
    watching: { engine: string | null };
    chosen: string;
  };
  expect(code).toBe(0);
  expect(value.engines.map(({ id }) => id)).toEqual(['raw', 'errqueue', 'tcp', 'ping']);
  const automatic = value.engines.find(({ id, available }) => available && id !== 'tcp')?.id;
  expect(value.chosen).toBe(automatic ?? 'ping');
  expect(value.watching.engine).toBe(automatic ?? null);
});

const blackHole = {
  says: '',
  family: 4,
  localMtu: 1500,
  hops: [
    { address: '10.0.0.1', mtu: 1500 },
    { address: '10.0.1.1', mtu: 1400, ptb: false },
  ],
  target: { address: '10.0.2.1' },
} as const;
const play = (signal?: AbortSignal, onBatch?: () => void) => {
  const engine = new ScriptedEngine(blackHole);
  const options = {
    host: 'h',
    address: '10.0.2.1',
    family: 4,
    protocol: 'icmp',
    localMtu: 1500,
    maxProbes: 100,
  } as const;
  return measure(engine, options, catalogue, { clock: () => engine.elapsedMs, pause: async () => {}, signal, onBatch });
};

test('the text has the number, the place, the hops and what follows', async () => {
  const text = probeText({ schemaVersion: 2, results: [await play()] }, { colour: palette(false), columns: 120 });
  expect(text).toMatch(/^Path MTU to h \(10\.0\.2\.1\): 1400, MSS 1360 \(IPv4\)\n/);
  expect(text).toMatch(
    /Problem: black hole: packets of more than 1400 octets vanish between hop 2 \(10\.0\.1\.1\) and hop 3 \(10\.0\.2\.1\)/,
  );
  expect(text).toMatch(/WireGuard +1340/);
  expect(text).toMatch(/Engine raw \(icmp\), \d+ probes/);
});

test('stopped in the middle: what is known so far', async () => {
  const stop = new AbortController();
  let batches = 0;
  const result = await play(stop.signal, () => {
    if (++batches === 4) stop.abort();
  });
  expect(result.verdict).toBe('unfinished');
  expect(result.interval?.low).toBeLessThanOrEqual(1400);
  expect(result.interval?.high).toBeGreaterThanOrEqual(1400);
});
