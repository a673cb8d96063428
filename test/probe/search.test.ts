import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { measure } from '../../src/probe/measure.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { ScriptedEngine, type ScriptedPath } from './scripted-path.js';

interface Script extends ScriptedPath {
  readonly engine?: 'errqueue';
  readonly expect: {
    readonly pathMtu?: number;
    /** The number before the path changes: right where the measurement was over by then. */
    readonly pathMtuBefore?: number;
    readonly interval?: readonly [number, number];
    readonly verdict: string;
    readonly protocol?: string;
    readonly after?: number;
    readonly before?: number;
    readonly findings?: readonly string[];
    readonly direction?: string;
    readonly probesAtMost?: number;
    readonly waitsAtMost?: number;
  };
}

const folder = fileURLToPath(new URL('./paths', import.meta.url));
const scripts = readdirSync(folder).map((name) => ({
  name,
  script: JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Script,
}));

async function play(
  script: Script,
  { seed = 1, gentle = false, quotes = script.engine !== 'errqueue', maxProbes = 400, explicit = false } = {},
) {
  const engine = new ScriptedEngine(script, { seed, quotes });
  const { family, localMtu, target } = script;
  const result = await measure(
    engine,
    {
      host: target.address,
      address: target.address,
      family,
      protocol: 'icmp',
      explicit: explicit ? 'icmp' : null,
      localMtu,
      maxProbes,
      gentle,
    },
    catalogue,
    { clock: () => engine.elapsedMs, pause: (ms) => engine.pause(ms) },
  );
  return { engine, result };
}

const truth = (script: Script): number | undefined => script.expect.pathMtu;
/** A number that is not the truth, or an interval that leaves it out. */
const wrong = (script: Script, { pathMtu, interval }: ProbeResult): boolean => {
  const right = truth(script);
  if (right === undefined) return pathMtu !== undefined;
  if (pathMtu !== undefined && pathMtu === script.expect.pathMtuBefore) return false;
  return pathMtu !== undefined ? pathMtu !== right : !interval || interval.low > right || interval.high < right;
};

describe('scripted paths', () => {
  test.for(scripts)('$name', async ({ script }) => {
    const { expect: expected } = script;
    // Waits are counted where the user named the protocol; without, one more is spent on being sure.
    const { engine, result } = await play(script, { explicit: expected.waitsAtMost !== undefined });
    expect(result.verdict).toBe(expected.verdict);
    if (expected.interval) expect(result.interval).toEqual({ low: expected.interval[0], high: expected.interval[1] });
    else expect(result.pathMtu).toBe(expected.pathMtu);
    if (expected.after !== undefined) expect(result.bottleneck?.after.hop).toBe(expected.after);
    if (expected.before !== undefined) expect(result.bottleneck?.before.hop).toBe(expected.before);
    if (expected.protocol) expect(result.protocol).toBe(expected.protocol);
    if (expected.direction) expect(result.direction).toBe(expected.direction);
    for (const code of expected.findings ?? []) expect(result.findings.map((finding) => finding.code)).toContain(code);
    expect(engine.sent).toBe(result.probes);
    expect(engine.sent).toBeLessThanOrEqual(expected.probesAtMost ?? 400);
    expect(engine.waits).toBeLessThanOrEqual(expected.waitsAtMost ?? 100);
    expect(result.findings[0]?.code).toBe(result.verdict);
  });
});

/** Few here, many in `npm run fuzz`. */
const seeds = Number(process.env.MTUCALC_SEEDS ?? 8);
const stride = seeds > 100 ? 1 : 13;

describe(`never a wrong number, ${seeds} seeds`, () => {
  const lossy = scripts.filter(({ name }) =>
    /^(loss-|spikes|rationed|policed|ptb-rationed|ptb-once|changes|flows)/.test(name),
  );
  test.for(lossy)('$name', async ({ script }) => {
    const bad: unknown[] = [];
    let exact = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const { result } = await play(script, { seed });
      if (wrong(script, result)) bad.push([seed, result.pathMtu, result.interval, result.verdict]);
      if (result.pathMtu !== undefined) exact++;
    }
    expect(bad).toEqual([]);
    expect(exact).toBeGreaterThanOrEqual(0.75 * seeds);
  });

  test.for(lossy)('$name, at most a hundred packets: an interval rather than a guess', async ({ script }) => {
    const bad: unknown[] = [];
    for (let seed = 1; seed <= seeds / 2; seed++) {
      const { engine, result } = await play(script, { seed, maxProbes: 100 });
      if (wrong(script, result) || engine.sent > 100) bad.push([seed, result.pathMtu, result.interval, engine.sent]);
    }
    expect(bad).toEqual([]);
  });

  test('every limit in a black hole, without loss, within a hundred packets: the number, below 1280 at least an interval of 8', async () => {
    const bad: unknown[] = [];
    for (let mtu = 576; mtu < 1500; mtu += stride) {
      const script: Script = {
        says: '',
        family: 4,
        localMtu: 1500,
        hops: [
          { address: '10.0.0.1', mtu: 1500 },
          { address: '10.0.1.1', mtu, ptb: false },
        ],
        target: { address: '10.0.2.1' },
        expect: { pathMtu: mtu, verdict: 'black-hole' },
      };
      const { result, engine } = await play(script, { maxProbes: 100 });
      const width = result.interval ? result.interval.high - result.interval.low : 0;
      const exact = result.pathMtu === mtu && result.bottleneck?.after.hop === 2;
      if (wrong(script, result) || result.verdict !== 'black-hole' || width > 8 || (mtu >= 1280 && !exact))
        bad.push([mtu, result.pathMtu, result.interval, result.verdict, engine.sent, engine.waits]);
    }
    expect(bad).toEqual([]);
  });

  test.for([
    ['1 ms, protocol given', 1, 600, true],
    ['20 ms, protocol given', 20, 700, true],
    ['100 ms, protocol given', 100, 3500, true],
    ['1 ms', 1, 1500, false],
  ] as const)(
    'a black hole behind a round trip of %s: waits for silence do not add up',
    async ([, rttMs, most, explicit]) => {
      const slow: unknown[] = [];
      for (let mtu = 1280; mtu < 1500; mtu += stride) {
        const hops = [
          { address: '10.0.0.1', mtu: 1500 },
          { address: '10.0.1.1', mtu, ptb: false },
        ];
        const expected = { pathMtu: mtu, verdict: 'black-hole' as const };
        const target = { address: '10.0.2.1' };
        const { engine } = await play(
          { says: '', family: 4, localMtu: 1500, rttMs, hops, target, expect: expected },
          { explicit },
        );
        if (engine.elapsedMs > most) slow.push([mtu, engine.elapsedMs, engine.waits]);
      }
      // The path's own time, without the machine's.
      expect(slow).toEqual([]);
    },
  );
});

describe('gentle: one packet at a time', () => {
  // A port that answers once a second leaves too little to go by.
  test.for(scripts.filter(({ name }) => !/^(loss|spikes|rationed-udp)/.test(name)))('$name', async ({ script }) => {
    const { result } = await play(script, { gentle: true });
    expect(wrong(script, result)).toBe(false);
    // One lost packet of a few is no evidence yet that the way back is narrower.
    const { verdict } = script.expect;
    expect(verdict === 'reply-path-suspect' ? [verdict, 'fits'] : [verdict]).toContain(result.verdict);
  });
});

test('an engine without quotes gives the same numbers, and says what it cannot see', async () => {
  for (const { script, name } of scripts.filter(({ name }) => !name.startsWith('df-') && !name.startsWith('loss'))) {
    const { result } = await play(script, { quotes: false });
    expect([name, wrong(script, result)]).toEqual([name, false]);
    expect([name, result.verdict]).toEqual([name, script.expect.verdict]);
    if (result.verdict === 'fits' && script.family === 4)
      expect(result.findings.map(({ code }) => code)).toContain('df-unseen');
  }
});
