import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { HOLE_DOUBT } from '../../src/probe/certainty.js';
import type { EngineId } from '../../src/probe/engine.js';
import { measure } from '../../src/probe/measure.js';
import { ScriptedEngine, type ScriptedHop } from './scripted-path.js';

/** Few here, many in `npm run fuzz`. */
const seeds = Number(process.env.MTUCALC_SEEDS ?? 8);
const engines = ['raw', 'errqueue', 'tcp', 'ping'] as const;
const budgets = [10, 25, 50, 100, 600] as const;
const limits = [600, 1000, 1400] as const;

async function play(as: EngineId, maxProbes: number, hop: Omit<ScriptedHop, 'address'>, seed: number) {
  const hops = [
    { address: '10.99.1.1', mtu: 1500 },
    { address: '10.99.2.1', ...hop },
    { address: '10.99.3.1', mtu: 1500 },
  ];
  const path = { says: '', family: 4 as const, localMtu: 1500, hops, target: { address: '10.99.9.9' } };
  const engine = new ScriptedEngine(path, { seed, as });
  const protocol = as === 'tcp' ? 'tcp' : 'icmp';
  return measure(
    engine,
    { host: 'h', address: '10.99.9.9', family: 4, protocol, localMtu: 1500, maxProbes },
    catalogue,
    { clock: () => engine.elapsedMs, pause: (ms) => engine.pause(ms) },
  );
}

describe(`large packets lost at random are no hole, ${seeds} seeds`, () => {
  const rows = engines.flatMap((as) => budgets.map((maxProbes) => [as, maxProbes] as const));
  test.for(rows)('%s, %i packets', async ([as, maxProbes]) => {
    const wrong: unknown[] = [];
    let runs = 0;
    for (const share of [0.3, 0.5, 0.65, 0.8, 0.9])
      for (const over of limits)
        for (let n = 1; n <= seeds; n++) {
          const seed = n * 7919 + over;
          const { verdict, pathMtu, interval } = await play(
            as,
            maxProbes,
            { mtu: 1500, largeLoss: { over, share } },
            seed,
          );
          runs++;
          const holds = pathMtu === undefined ? (interval?.high ?? 0) >= 1500 : pathMtu === 1500;
          if (!holds || ['black-hole', 'icmp-limited', 'flows-differ'].includes(verdict))
            wrong.push([share, over, n, verdict, pathMtu, interval]);
        }
    // Of five shares only nine in ten comes near the doubt that is accepted.
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(Math.ceil((runs * HOLE_DOUBT) / 2));
  });
});

describe('a hole is still found, and where the packets do not suffice it is said how many would', () => {
  const mtus = [1400, 1337, 900] as const;
  const rows = engines.flatMap((as) =>
    budgets.flatMap((maxProbes) => mtus.map((mtu) => [as, maxProbes, mtu] as const)),
  );
  test.for(rows)('%s, %i packets, %i', async ([as, maxProbes, mtu]) => {
    const { verdict, pathMtu, interval, findings } = await play(as, maxProbes, { mtu, ptb: false }, 1);
    if (maxProbes >= 100) {
      expect([verdict, pathMtu]).toEqual(['black-hole', mtu]);
      return;
    }
    expect([verdict, interval?.high]).toEqual(['budget', 1500]);
    expect(findings[0]?.severity).toBe('problem');
    expect(findings[0]?.says).toMatch(/a path that loses up to \d\d % of its large packets; \d+ more would tell$/);
    expect(findings[0]?.fix).toMatch(/--max-probes 1\d\d$/);
  });
});

test('loss that grows with size is told from loss that does not', async () => {
  const codes = async (hop: Omit<ScriptedHop, 'address'>, seed = 5) =>
    (await play('raw', 600, hop, seed)).findings.flatMap(({ code, severity }) =>
      code.startsWith('loss') ? [`${severity} ${code}`] : [],
    );
  expect(await codes({ mtu: 1500, largeLoss: { over: 1000, share: 0.8 } })).toEqual(['problem loss-by-size']);
  // Some of what is too big is refused, some is lost: PMTUD works, and the path does not.
  expect(await codes({ mtu: 1400, largeLoss: { over: 1000, share: 0.6 } })).toEqual(['problem loss-by-size']);
  expect(await codes({ mtu: 1400, ptb: false, loss: 0.2 })).toEqual(['warning loss']);
  expect(await codes({ mtu: 1400, ptb: false })).toEqual([]);
});
