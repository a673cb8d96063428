import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import type { ProbeResult, RefusedHost, Verdict } from '../../src/probe/result.js';
import { palette } from '../../src/report/palette.js';
import { Exposition } from '../../src/report/prometheus/exposition.js';
import { probePrometheus } from '../../src/report/prometheus/probe.js';
import { fakeTerminal } from '../terminal.js';
import { expositionFaults } from './exposition-faults.js';

const look = { colour: palette(false), columns: 80 };
const folder = mkdtempSync(join(tmpdir(), 'mtucalc-prom-'));
afterAll(() => rmSync(folder, { recursive: true }));

const result = (verdict: Verdict, more: Partial<ProbeResult> = {}): ProbeResult => ({
  host: '192.0.2.1',
  address: '192.0.2.1',
  family: 4,
  protocol: 'icmp',
  verdict,
  direction: 'forward',
  mss: null,
  tunnels: [],
  engine: 'raw',
  blindTo: [],
  probes: 30,
  elapsedMs: 412,
  rttMs: 1,
  loss: 0,
  hops: [],
  bottleneck: null,
  findings: [],
  ...more,
});
const shown = (...results: (ProbeResult | RefusedHost)[]): string =>
  probePrometheus({ schemaVersion: 2, results }, look);
const series = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const L = '{target="192.0.2.1",family="ip4",engine="raw"}';

describe('probe', () => {
  test('a number has both bounds, and every figure its HELP and TYPE', () => {
    const text = shown(result('fits', { pathMtu: 1500 }));
    expect(expositionFaults(text)).toEqual([]);
    expect(series(text)).toEqual([
      `mtucalc_path_mtu_octets${L} 1500`,
      'mtucalc_path_mtu_interval{target="192.0.2.1",family="ip4",engine="raw",bound="low"} 1500',
      'mtucalc_path_mtu_interval{target="192.0.2.1",family="ip4",engine="raw",bound="high"} 1500',
      `mtucalc_black_hole${L} 0`,
      `mtucalc_probe_success${L} 1`,
      `mtucalc_probe_packets${L} 30`,
      `mtucalc_probe_duration_seconds${L} 0.412`,
    ]);
  });
  test.for([
    ['black-hole', { pathMtu: 1400 }, ['octets 1400', 'hole 1', 'success 1']],
    ['lossy', { interval: { low: 1300, high: 1500 } }, ['low 1300', 'high 1500', 'success 1']],
    ['inconclusive', { pathMtu: 1400 }, ['octets 1400', 'success 1']],
    ['target-silent', { interval: { low: 68, high: 1500 } }, ['success 0']],
    ['refused', { interval: { low: 68, high: 1500 } }, ['success 0']],
    ['unfinished', { interval: { low: 1300, high: 1500 } }, ['success 0']],
  ] as const)('%s: nothing that was not proven', ([verdict, more, expected]) => {
    const found = series(shown(result(verdict, more)))
      .filter((line) => !/packets|duration/.test(line))
      .map((line) =>
        line.replace(/.*bound="(\w+)".* /, '$1 ').replace(/^mtucalc_\w*?_?(octets|hole|success)\{.*\} /, '$1 '),
      );
    for (const one of expected) expect(found).toContain(one);
    expect(found.some((line) => line.startsWith('hole'))).toBe(expected.some((one) => one.startsWith('hole')));
    expect(found.some((line) => line.startsWith('low'))).toBe(expected.at(-1) === 'success 1');
  });
  test('a host that could not be measured has no family and no number', () => {
    const refused = { host: 'nowhere', error: { code: 'no-host', message: 'no' } } as const;
    expect(series(shown(refused))).toEqual(['mtucalc_probe_success{target="nowhere"} 0']);
  });
});

describe('exposition', () => {
  test.for(['a"b', 'a\\b', 'a\nb', 'a}b', 'ü€😀', '\u001b[31m', '\u202eabc', 'x'.repeat(4000), '\u0000', '# HELP x'])(
    'a name like %o breaks no line',
    (target) => {
      const text = shown(result('fits', { host: target, pathMtu: 1500 }), result('fits', { host: 'next', pathMtu: 1 }));
      expect(expositionFaults(text)).toEqual([]);
      expect(series(text)).toHaveLength(14);
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
      expect(text.length).toBeLessThan(10_000);
    },
  );
  test('one series stands once, the first value counts; what is no number has none', () => {
    const out = new Exposition();
    out.add('probe_success', {}, 1);
    out.add('probe_success', {}, 0);
    out.add('mtucalc_probe_packets', {}, Number.NaN);
    out.add('mtucalc_probe_packets', { target: 'a' }, null);
    expect(series(out.text())).toEqual(['probe_success 1']);
    expect(expositionFaults(out.text())).toEqual([]);
  });
  test('the rules find what they are for', () => {
    expect(expositionFaults('# TYPE a gauge\na 1\na 1\n')).toEqual(['twice: a']);
    expect(expositionFaults('# TYPE a gauge\na 1 1795000000\n')).toEqual(['no series: a 1 1795000000']);
    expect(expositionFaults('# TYPE a gauge\na 1')).toContain('no line feed at the end');
    expect(expositionFaults('a 1\n')).toEqual(['a without its TYPE before it']);
  });
});

describe('on the command line', () => {
  const run = async (...argv: string[]) => {
    const screen = fakeTerminal();
    const code = await main(argv, screen.terminal);
    return { code, stdout: screen.stdout, stderr: screen.stderr };
  };
  test('probe: a host that is none', async () => {
    const { code, stdout } = await run('probe', '300.1.2.3', '--format', 'prometheus');
    expect([code, series(stdout)]).toEqual([2, ['mtucalc_probe_success{target="300.1.2.3"} 0']]);
  });
  test('analyze: a hole, and the path it is on', async () => {
    const { stdout } = await run('analyze', 'captures/black-hole-client.pcap', '--format', 'prometheus');
    expect(expositionFaults(stdout)).toEqual([]);
    expect(stdout).toContain('mtucalc_black_hole{file="captures/black-hole-client.pcap",engine="capture"} 1\n');
    expect(stdout).toMatch(
      /mtucalc_path_mtu_interval\{target="[\d.]+",source="[\d.]+",file=.*bound="high"\} 1\d\d\d\n/,
    );
  });
  test('analyze: nothing is said of paths on which nothing was lost', async () => {
    const { stdout } = await run('analyze', 'captures/ok-client.pcap', '--format', 'prometheus');
    expect(series(stdout)).toEqual(['mtucalc_black_hole{file="captures/ok-client.pcap",engine="capture"} 0']);
  });
  test('--out: the file, nothing on standard output, and again over what mtucalc wrote', async () => {
    const out = join(folder, 'a.prom');
    const argv = ['analyze', 'captures/ok-client.pcap', '--format', 'prometheus', '--out', out];
    for (let i = 0; i < 2; i++) expect(await run(...argv)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(expositionFaults(readFileSync(out, 'utf8'))).toEqual([]);
    expect(statSync(out).mode & 0o444).toBe(0o444);
    writeFileSync(out, '# somebody else\n');
    const refused = await run(...argv);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/mtucalc did not write it/)]);
    expect(readFileSync(out, 'utf8')).toBe('# somebody else\n');
    expect((await run(...argv, '--force')).code).toBe(0);
  });
  test.for([
    [['--out', 'x.prom'], /add --format prometheus/],
    [['--out', 'x.txt', '--format', 'prometheus'], /does not end in \.prom/],
    [['--peer', 'ssh://x', '--format', 'prometheus'], /--peer writes text and json/],
  ] as const)('probe %o is refused before anything is sent', async ([words, says]) => {
    const { code, stderr } = await run('probe', '192.0.2.1', ...words);
    expect([code, stderr]).toEqual([2, expect.stringMatching(says)]);
  });
});
