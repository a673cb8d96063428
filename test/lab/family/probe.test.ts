import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineId } from '../../../src/probe/engine.js';
import type { ProbeResult } from '../../../src/probe/result.js';
import { repo } from '../guest-process.js';
import { type LabResults, runLab, stepOf } from '../lab.js';
import type { RunResult } from '../results.js';
import type { Family, Scenario } from '../scenario.js';

/** What a path is to be called, and its number; null where an interval is the honest answer. */
interface Expected {
  readonly verdict: string | readonly string[];
  readonly pathMtu: number | null;
  /** The truth, where only an interval can be told. */
  readonly truth?: number;
  readonly after?: number;
  readonly most?: number;
  readonly mostMs?: number;
}

type Path = Omit<Scenario, 'id' | 'run'>;
interface Case {
  readonly name: string;
  readonly path: Path;
  /** For raw and errqueue; `ping` where it differs. */
  readonly expect: Partial<Record<Family, Expected>>;
  readonly errqueue?: Partial<Record<Family, Expected>>;
  readonly ping?: Partial<Record<Family, Expected>>;
  readonly before?: Scenario['run'];
}

const hosts = { 4: '10.2.0.2', 6: 'fd02::2' } as const;
const both = (expected: Expected) => ({ 4: expected, 6: expected });
const narrow = { linkMtu: 1400 } as const;
const hole = { ...narrow, dropPtb: ['gw1'] } as const;
const black: Expected = { verdict: 'black-hole', pathMtu: 1400, after: 1, most: 100, mostMs: 600 };
/** This ping obeys the kernel's cache: the octet above cannot be tested. */
const cached: Expected = { verdict: 'pmtud-works', pathMtu: null, truth: 1400 };

const cases: readonly Case[] = [
  { name: 'fits', path: {}, expect: both({ verdict: 'fits', pathMtu: 1500, most: 5 }) },
  {
    name: 'works',
    path: narrow,
    expect: both({ verdict: 'pmtud-works', pathMtu: 1400, after: 1, most: 5 }),
    ping: both(cached),
  },
  { name: 'black hole', path: hole, expect: both(black), ping: both({ ...black, mostMs: 5000 }) },
  {
    name: 'black hole of an odd size',
    path: { ...hole, linkMtu: 1437 },
    expect: both({ ...black, pathMtu: 1437, mostMs: 700 }),
    ping: both({ ...black, pathMtu: 1437, mostMs: 6000 }),
  },
  {
    name: 'mute',
    path: { ...narrow, dropIcmpErrors: ['gw1'] },
    expect: both({ ...black, after: 0 }),
    ping: both({ ...black, after: 0, mostMs: 5000 }),
  },
  {
    name: 'DF cleared',
    path: { ...narrow, clearDf: ['gw1'] },
    expect: { 4: { verdict: 'df-cleared', pathMtu: 1400 } },
    // Without quoted headers only the answer's own fragments show; ping does not see even those, and says so.
    errqueue: { 4: { verdict: 'reply-path-suspect', pathMtu: null, truth: 1400 } },
    ping: {},
  },
  {
    name: 'local limit',
    path: { clientMtu: 1300 },
    expect: both({ verdict: 'local-limit', pathMtu: 1300, after: 0, most: 5 }),
  },
  {
    name: 'next-hop MTU 0',
    path: { ...narrow, ptbMtu: { at: 'gw1', mtu: 0 } },
    expect: both({ verdict: 'ptb-without-mtu', pathMtu: 1400, after: 1, most: 100 }),
    ping: {},
  },
  {
    name: 'PTB that says too little',
    path: { ...narrow, ptbMtu: { at: 'gw1', mtu: 1300 } },
    expect: both({ verdict: 'lying-ptb', pathMtu: 1400, after: 1, most: 100 }),
    ping: both({ verdict: 'pmtud-works', pathMtu: null, truth: 1400 }),
  },
  {
    name: 'PTB that says too much',
    path: { ...narrow, ptbMtu: { at: 'gw1', mtu: 1450 } },
    expect: both({ verdict: 'lying-ptb', pathMtu: 1400, after: 1, most: 100 }),
    ping: {},
  },
  {
    name: '100 ms',
    path: { ...hole, delayMs: 50 },
    expect: both({ ...black, mostMs: 4500 }),
    ping: {},
  },
  {
    name: 'target silent',
    path: narrow,
    before: [
      {
        do: 'run',
        at: 'server',
        command: ['nft', '-f', '-'],
        input:
          'table inet quiet { chain in { type filter hook input priority 0; meta l4proto { icmp, tcp, udp } drop; icmpv6 type echo-request drop; } }',
        mustWork: true,
      },
    ],
    expect: both({ verdict: 'target-silent', pathMtu: null, truth: 1400 }),
    ping: {},
  },
  {
    name: 'ICMP echo filtered',
    path: narrow,
    before: [
      {
        do: 'run',
        at: 'server',
        command: ['nft', '-f', '-'],
        input:
          'table inet quiet { chain in { type filter hook input priority 0; icmp type echo-request drop; icmpv6 type echo-request drop; } }',
        mustWork: true,
      },
    ],
    expect: both({ verdict: 'pmtud-works', pathMtu: 1400, after: 1 }),
    ping: {},
  },
  {
    name: 'PPPoE and ESP on the way',
    path: { wan: 'pppoe', tunnel: 'esp', suite: 'aes256-cbc/sha256-128', natT: true },
    expect: both({ verdict: 'pmtud-works', pathMtu: 1406, after: 1, most: 5 }),
    ping: both({ ...cached, truth: 1406 }),
  },
  {
    name: 'PPPoE and ESP, black hole',
    path: { wan: 'pppoe', tunnel: 'esp', suite: 'aes256-gcm16', natT: false, dropPtb: ['gw1'] },
    expect: both({ ...black, pathMtu: 1438, mostMs: 700 }),
    ping: {},
  },
];

const engines = ['raw', 'errqueue', 'ping'] as const;
/** Both families, each engine that has something to say; and the path once more for an ordinary user. */
const jobsOf = (one: Case) =>
  engines.flatMap((engine) =>
    ([4, 6] as const).flatMap((family) => {
      const expected = (one[engine as 'ping'] ?? one.expect)[family];
      return expected === undefined ? [] : [{ engine: engine as EngineId, family, expected, host: hosts[family] }];
    }),
  );

const script = `${repo}/test/lab/probe/measure.mjs`;
const measure = (jobs: readonly object[], timeoutSeconds = 60) =>
  ({
    do: 'run',
    at: 'client',
    command: ['node', script, JSON.stringify(jobs)],
    timeoutSeconds,
    mustWork: true,
  }) as const;
/** Neighbours are looked up once, so that the first probe does not wait for it. */
const warm = {
  do: 'run',
  at: 'client',
  command: `ping -q -c 1 -W 2 ${hosts[4]}; ping -q -c 1 -W 2 ${hosts[6]}; ip route flush cache; ip -6 route flush cache; true`,
} as const;
const sysctl = {
  client: { 'ipv4.ping_group_range': '0 2147483647' },
  gw1: { 'ipv4.icmp_ratelimit': 0, 'ipv6.icmp.ratelimit': 0 },
  isp: { 'ipv4.icmp_ratelimit': 0, 'ipv6.icmp.ratelimit': 0 },
  gw2: { 'ipv4.icmp_ratelimit': 0, 'ipv6.icmp.ratelimit': 0 },
  server: { 'ipv4.icmp_ratelimit': 0, 'ipv6.icmp.ratelimit': 0 },
} as const;

const scenarioOf = (one: Case): Scenario => ({
  id: one.name,
  ...one.path,
  sysctl,
  // Each family and engine apart: a flush between them, as ping leaves its mark in the cache.
  run: [
    warm,
    ...(one.before ?? []),
    ...jobsOf(one).flatMap(({ engine, host }) => [flush, measure([{ engine, host }])]),
  ],
});
const flush = {
  do: 'run',
  at: 'client',
  command: 'ip route flush cache; ip -6 route flush cache; true',
} as const;

/** Loss at isp, each way: 10.6 % each way are 20 % of the round trips, 20 % are 36 %. */
const lossy = [20, 36].flatMap((percent) =>
  [
    { name: `${percent} % loss, works`, path: narrow, count: 30, expected: { verdict: 'pmtud-works', pathMtu: 1400 } },
    { name: `${percent} % loss, fits`, path: {}, count: 30, expected: { verdict: 'fits', pathMtu: 1500 } },
    {
      name: `${percent} % loss, black hole`,
      path: hole,
      count: 100,
      expected: { verdict: 'black-hole', pathMtu: 1400 },
    },
  ].map((one) => ({ ...one, lossPercent: percent === 20 ? 10.6 : 20 })),
);
const lossyScenarios = lossy.map(
  ({ name, path, lossPercent, count }): Scenario => ({
    id: name,
    ...path,
    lossPercent,
    sysctl,
    run: [
      warm,
      measure(
        ([4, 6] as const).flatMap((family) =>
          (['raw', 'errqueue'] as const).map((engine) => ({
            engine,
            host: hosts[family],
            count: count / 2,
            atOnce: 25,
          })),
        ),
        300,
      ),
    ],
  }),
);

let results: LabResults;
beforeAll(async () => {
  results = await runLab([...cases.map(scenarioOf), ...lossyScenarios], { limitSeconds: 600 });
});

describe.for(cases)('$name', (one) => {
  const scenario = scenarioOf(one);
  test.for(jobsOf(one).map((job, i) => ({ ...job, step: scenario.run.length - 2 * (jobsOf(one).length - i) + 1 })))(
    'IPv$family by $engine',
    ({ expected, engine, step }) => {
      const { stdout } = stepOf(results, scenario, step) as RunResult;
      const result = JSON.parse(stdout)[0][0] as ProbeResult;
      const shown = `${result.verdict} ${result.pathMtu ?? JSON.stringify(result.interval)} ${result.probes} probes ${result.elapsedMs} ms`;
      expect([expected.verdict].flat(), shown).toContain(result.verdict);
      expect(result.engine).toBe(engine);
      if (expected.pathMtu !== null) expect(result.pathMtu, shown).toBe(expected.pathMtu);
      else {
        expect(result.interval?.low, shown).toBeLessThanOrEqual(expected.truth as number);
        expect(result.interval?.high, shown).toBeGreaterThanOrEqual(expected.truth as number);
      }
      if (expected.after !== undefined && engine !== 'ping')
        expect(result.bottleneck?.after.hop, shown).toBe(expected.after);
      if (expected.most !== undefined) expect(result.probes, shown).toBeLessThanOrEqual(expected.most);
      if (expected.mostMs !== undefined) expect(result.elapsedMs, shown).toBeLessThanOrEqual(expected.mostMs);
    },
  );
});

describe.for(lossy)('$name', ({ name, expected, count }) => {
  test(`no wrong number in ${2 * count} runs`, () => {
    const scenario = lossyScenarios.find(({ id }) => id === name) as Scenario;
    const { stdout } = stepOf(results, scenario, 1) as RunResult;
    const runs = (JSON.parse(stdout) as ProbeResult[][]).flat();
    expect(runs).toHaveLength(2 * count);
    const wrong = runs.filter(({ pathMtu, interval, verdict }) =>
      pathMtu !== undefined
        ? pathMtu !== expected.pathMtu
        : !interval ||
          interval.low > expected.pathMtu ||
          interval.high < expected.pathMtu ||
          verdict.startsWith('error'),
    );
    expect(wrong).toEqual([]);
    const right = runs.filter(({ pathMtu, verdict }) => pathMtu === expected.pathMtu && verdict === expected.verdict);
    expect(right.length / runs.length).toBeGreaterThan(0.9);
  });
});
