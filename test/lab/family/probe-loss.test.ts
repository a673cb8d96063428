import { beforeAll, describe, expect, test } from 'vitest';
import type { ProbeResult } from '../../../src/probe/result.js';
import { type LabResults, runLab, stepOf } from '../lab.js';
import type { RunResult } from '../results.js';
import type { Scenario } from '../scenario.js';
import { hole, hosts, measure, narrow, sysctl, warm } from './probe-path.js';

/** Runs of each case, over both families and both engines. */
const RUNS = { 'black hole': 100, works: 40, fits: 40 } as const;
/** Loss at isp, each way: 10.6 % each way are 20 % of the round trips, 20 % are 36 %. */
const eachWay = { 20: 10.6, 36: 20 } as const;

const cases = ([20, 36] as const).flatMap((percent) =>
  (
    [
      ['works', narrow, 'pmtud-works', 1400],
      ['fits', {}, 'fits', 1500],
      ['black hole', hole, 'black-hole', 1400],
    ] as const
  ).map(([kind, path, verdict, pathMtu]) => ({
    name: `${percent} % loss, ${kind}`,
    percent,
    kind,
    path,
    verdict,
    pathMtu,
  })),
);

const scenarios = cases.map(
  ({ name, path, percent, kind }): Scenario => ({
    id: name,
    ...path,
    lossPercent: eachWay[percent],
    sysctl,
    run: [
      warm,
      measure(
        ([4, 6] as const).flatMap((family) =>
          (['raw', 'errqueue'] as const).map((engine) => ({
            engine,
            host: hosts[family],
            count: RUNS[kind] / 4,
            atOnce: 12,
          })),
        ),
        300,
      ),
    ],
  }),
);

let results: LabResults;
beforeAll(async () => {
  results = await runLab(scenarios, { limitSeconds: 800 });
});

describe.for(cases)('$name', ({ name, verdict, pathMtu: truth, kind }) => {
  test(`no wrong number in ${RUNS[kind]} runs`, () => {
    const scenario = scenarios.find(({ id }) => id === name) as Scenario;
    const { stdout } = stepOf(results, scenario, 1) as RunResult;
    const runs = (JSON.parse(stdout) as ProbeResult[][]).flat();
    expect(runs).toHaveLength(RUNS[kind]);
    const wrong = runs.filter(({ pathMtu, interval }) =>
      pathMtu !== undefined ? pathMtu !== truth : !interval || interval.low > truth || interval.high < truth,
    );
    expect(wrong).toEqual([]);
    const right = runs.filter((run) => run.pathMtu === truth && run.verdict === verdict);
    // The others are intervals: a guest on a busy machine adds delays of its own to the loss.
    expect(right.length / runs.length).toBeGreaterThan(0.75);
  });
});
