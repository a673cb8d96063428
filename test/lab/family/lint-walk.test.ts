import { beforeAll, describe, expect, test } from 'vitest';
import { parseAddress } from '../../../src/lint/addresses.js';
import { readConfiguration } from '../../../src/lint/formats.js';
import { lint } from '../../../src/lint/lint.js';
import { SYN, SYN_ACK } from '../../../src/lint/packet.js';
import { packetOn, type Route } from '../../../src/lint/route.js';
import { type Passage, Walker } from '../../../src/lint/walk.js';
import { type RandomRules, randomRules } from '../../lint/random-rules.js';
import { addresses as a } from '../guest/addresses.js';
import { type LabResults, runLab, stepOf } from '../lab.js';
import type { RunResult, TcpResult } from '../results.js';
import type { Family, RunStep, Scenario, Step, TcpStep } from '../scenario.js';

/**
 * Random rule sets at gw1, both families, connections opened from either side: the MSS of SYN and SYN/ACK as it arrives
 * is what lint says of this packet.
 */
const sides = { lanIf: 'lan0', farIf: 'wan0', lan: a.clientNet, far: a.serverNet } as const;
const count = process.env.MTUCALC_LAB_FULL ? { iptables: 120, nftables: 60 } : { iptables: 30, nftables: 20 };
/** Even seeds are iptables, odd ones nftables: those want the stock kernel, which is emulated. */
const setsOf = (language: 'iptables' | 'nftables'): RandomRules[] =>
  Array.from({ length: count[language] }, (_, index) =>
    randomRules(2 * index + (language === 'iptables' ? 2 : 1), sides),
  );
const kinds = [setsOf('iptables'), setsOf('nftables')];
const sets = kinds.flat();

const opening = [
  { inner: 4, opens: 'client' },
  { inner: 4, opens: 'server' },
  { inner: 6, opens: 'client' },
  { inner: 6, opens: 'server' },
] as const satisfies readonly { inner: Family; opens: 'client' | 'server' }[];

const at = (command: string, input?: string): RunStep => ({
  do: 'run',
  at: 'gw1',
  command,
  ...(input === undefined ? {} : { input }),
  timeoutSeconds: 20,
});
const load = ({ language, texts }: RandomRules): RunStep[] =>
  language === 'nftables'
    ? [at('nft -f -', texts.both), at('true')]
    : [at('iptables-legacy-restore', texts[4]), at('ip6tables-legacy-restore', texts[6])];
/** Everything of the set before is gone. */
const clean = at(
  'nft flush ruleset; for t in mangle filter; do for p in iptables-legacy ip6tables-legacy; do $p -t $t -F; $p -t $t -X; done; done; true',
);

const stepsOf = (set: RandomRules): Step[] => [
  ...load(set),
  ...opening.map((how): TcpStep => ({ do: 'tcp', ...how, up: 400, timeoutSeconds: 5 })),
  clean,
];
const scenarios = sets.map((set) => ({
  id: `rules-${set.seed}`,
  tunnel: 'none',
  ...(set.language === 'nftables' ? { features: ['nft-flowtable'] as const } : {}),
  run: stepsOf(set),
})) satisfies Scenario[];

let results: LabResults;
beforeAll(async () => {
  results = await runLab(scenarios, {
    limitSeconds: 60 + 8 * sets.length,
    requires: [
      { file: '/usr/sbin/iptables-legacy-restore', package: 'iptables' },
      { file: '/usr/sbin/nft', package: 'nftables' },
    ],
  });
});

interface Measured {
  readonly loaded: readonly RunResult[];
  readonly tcp: readonly TcpResult[];
}
function measured(index: number): Measured {
  const scenario = scenarios[index] as { id: string; run: readonly Step[] };
  const step = (offset: number): unknown => stepOf(results, scenario, offset);
  return { loaded: [step(0), step(1)] as RunResult[], tcp: opening.map((_, offset) => step(2 + offset) as TcpResult) };
}

const one = (passages: readonly Passage[]): Passage => {
  expect(passages.map(({ verdict, unsure }) => [verdict, unsure])).toEqual([['passes', false]]);
  return passages[0] as Passage;
};
const arriving = ({ mss }: Passage, offered: number): number => Math.min(offered, mss.lowered ?? offered);

/** What lint's walk says of one connection. */
function said(
  set: RandomRules,
  family: 4 | 6,
  opens: 'client' | 'server',
  offered: number,
): { syn: number; synAck: number } {
  const walker = new Walker(readConfiguration(set.texts.both ?? (set.texts[family] as string)).ruleset);
  const route: Route = {
    ends: { lan: parseAddress(a.client[family])!, far: parseAddress(a.server[family])!, from: 'any' },
    lan: { name: sides.lanIf, role: 'lan' },
    far: { name: sides.farIf, role: 'wan' },
    family,
  };
  const view = { by: 'interface', ipsecIn: false } as const;
  const size = family === 4 ? 60 : 80;
  const ports = {
    there: { sourcePort: 40_000, destinationPort: 5_001 },
    back: { sourcePort: 5_001, destinationPort: 40_000 },
  };
  const [there, back] = opens === 'client' ? (['out', 'in'] as const) : (['in', 'out'] as const);
  const span = [offered, offered] as const;
  const syn = one(
    walker.forward(packetOn(view, route, there, { flags: SYN, state: 'new', reply: false, size, ...ports.there }), {
      offered: span,
    }),
  );
  const marks = { connectionMark: syn.connectionMark, untracked: syn.untracked };
  const ack = one(
    walker.forward(packetOn(view, route, back, { flags: SYN_ACK, reply: true, size, ...ports.back }), {
      offered: span,
      marks,
    }),
  );
  return { syn: arriving(syn, offered), synAck: arriving(ack, offered) };
}

describe.for(sets.map((set, index) => ({ set, index })))('$set.language $set.seed', ({ set, index }) => {
  test('the kernel takes the rules, and every packet arrives as lint says', () => {
    const { loaded, tcp } = measured(index);
    expect(loaded.map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const arrived = tcp.map(({ syn, synAck }, i) => ({
      ...opening[i],
      offered: syn.sent,
      syn: syn.arrives,
      synAck: synAck.arrives,
    }));
    const lintSays = opening.map(({ inner, opens }, i) => {
      const offered = tcp[i]?.syn.sent ?? 0;
      return { inner, opens, offered, ...said(set, inner, opens, offered) };
    });
    expect(arrived).toEqual(lintSays);
  });

  test('what passes as offered beside what is clamped is never left without a word', () => {
    const { tcp } = measured(index);
    for (const family of [4, 6] as const) {
      const text = set.texts.both ?? (set.texts[family] as string);
      const mss = tcp.flatMap(({ syn, synAck }, i) => (opening[i]?.inner === family ? [syn, synAck] : []));
      const lowered = mss.filter(({ sent, arrives }) => (arrives ?? 0) < (sent ?? 0)).length;
      if (lowered === 0 || lowered === mss.length) continue;
      const codes = lint(text, { tunnelIf: sides.farIf })
        .findings.filter(({ severity }) => severity !== 'info')
        .map(({ code }) => code);
      expect(
        codes.filter((code) =>
          /^(?:clamp-not-reached|one-direction-clamp|syn-misses-syn-ack|guard-misses|no-clamp)$/.test(code),
        ),
      ).not.toEqual([]);
    }
  });
});
