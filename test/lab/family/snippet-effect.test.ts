import { beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/io/catalogue.js';
import { calculate } from '../../../src/mtu/calculate.js';
import type { CalcRequest } from '../../../src/mtu/calculation.js';
import { emit } from '../../../src/snippet/emit.js';
import { type ClampPlan, type PlanChoices, planOf } from '../../../src/snippet/plan.js';
import { type LabResults, runLab, stepOf } from '../lab.js';
import type { RunResult, TcpResult, UdpResult } from '../results.js';
import type { Family, RunStep, Scenario, Step, TcpStep } from '../scenario.js';

const nets = { localNets: ['10.1.0.0/24', 'fd01::/64'], remoteNets: ['10.2.0.0/24', 'fd02::/64'] } as const;
const made = (request: CalcRequest, choices: PlanChoices): ClampPlan =>
  planOf(calculate(request, catalogue), { ...choices, natT: request.natT });
const text = (target: string, plan: ClampPlan, undo = false): string =>
  emit([target], plan, undo).snippets[0]?.text ?? '';

/** Loads snippets at the near gateway, each with the program its comments name. */
const programs: Readonly<Record<string, string>> = {
  iptables: 'iptables-legacy-restore --noflush',
  ip6tables: 'ip6tables-legacy-restore --noflush',
  nftables: 'nft -f -',
  linux: 'sh -s',
};
const load = (target: string, plan: ClampPlan, undo = false): RunStep => ({
  do: 'run',
  at: 'gw1',
  command: programs[target] as string,
  input: text(target, plan, undo),
  timeoutSeconds: 20,
});

const MEGABYTES = 2_000_000;
const transfer = (inner: Family, way: 'up' | 'down', octets = MEGABYTES, timeoutSeconds = 30): TcpStep => ({
  do: 'tcp',
  inner,
  [way]: octets,
  timeoutSeconds,
});
/** Four transfers: IPv4 and IPv6, each way. The emulated kernel is slow, so there IPv6 and the flowtable get less. */
const four = ({ snippets, plan }: Pick<Case, 'snippets' | 'plan'>): readonly TcpStep[] => {
  const ipv4 = plan.flowtable ? MEGABYTES / 4 : MEGABYTES;
  const ipv6 = snippets.includes('nftables') ? MEGABYTES / 10 : MEGABYTES;
  return [transfer(4, 'up', ipv4), transfer(4, 'down', ipv4), transfer(6, 'up', ipv6), transfer(6, 'down', ipv6)];
};
/** Forget what PTBs taught the hosts, and announce a small MSS from here on. */
const small: RunStep = {
  do: 'run',
  at: 'client',
  command:
    'ip route flush cache; ip -6 route flush cache; ip route replace 10.2.0.0/24 via 10.1.0.1 advmss 1200; ip -6 route replace fd02::/64 via fd01::1 advmss 1180',
  mustWork: true,
};
/** The gateways send no PTB: what is too large disappears, as on a path with a black hole. */
const blackHole = ['gw1', 'gw2'] as const;

interface Case {
  readonly says: string;
  readonly plan: ClampPlan;
  readonly snippets: readonly string[];
  readonly scenario: Omit<Scenario, 'run' | 'id'>;
}

const cases: readonly Case[] = [
  {
    says: 'policy-esp-iptables',
    plan: made({ cipher: 'aes256-sha256', wan: 'ethernet', natT: false, outer: 4 }, { ipsec: 'policy' }),
    snippets: ['iptables', 'ip6tables'],
    scenario: { tunnel: 'esp', suite: 'aes256-cbc/sha256-128' },
  },
  {
    says: 'policy-esp-natt-pppoe-iptables-scoped',
    plan: made({ cipher: 'aes128gcm16', wan: 'pppoe', natT: true, outer: 4 }, { ipsec: 'policy', ...nets }),
    snippets: ['iptables', 'ip6tables'],
    scenario: { tunnel: 'esp', suite: 'aes128-gcm16', natT: true, wan: 'pppoe' },
  },
  {
    says: 'vti-iptables',
    plan: made({ cipher: 'aes256-sha1', wan: 'ethernet', natT: false, outer: 4 }, { ipsec: 'vti', tunnelIf: 'vti1' }),
    snippets: ['iptables', 'ip6tables'],
    scenario: { tunnel: 'vti', suite: 'aes256-cbc/sha1-96' },
  },
  {
    says: 'xfrm-nftables',
    plan: made({ cipher: 'aes256gcm16', wan: 'ethernet', natT: false, outer: 4 }, { ipsec: 'xfrm', tunnelIf: 'xfrm1' }),
    snippets: ['nftables'],
    scenario: { tunnel: 'xfrm', suite: 'aes256-gcm16' },
  },
  {
    says: 'policy-esp-nftables-flowtable',
    plan: made(
      { cipher: 'aes256-sha256', wan: 'ethernet', natT: false, outer: 4 },
      { ipsec: 'policy', ...nets, flowtable: true, lanIf: 'lan0', wanIf: 'wan0' },
    ),
    snippets: ['nftables'],
    scenario: { tunnel: 'esp', suite: 'aes256-cbc/sha256-128', features: ['nft-flowtable'] },
  },
];

/** Counters at the ISP: what passes there that is not ESP. */
const watch: RunStep = {
  do: 'run',
  at: 'isp',
  command: 'nft -f -',
  input:
    'table ip seen {\n\tchain pre {\n\t\ttype filter hook prerouting priority raw; policy accept;\n\t\tip protocol esp counter comment "esp"\n\t\tip saddr { 10.1.0.0/24, 10.2.0.0/24 } counter comment "clear"\n\t}\n}\n',
  mustWork: true,
};
type Labelled = readonly (readonly [label: string, step: Step])[];

/** Black hole first without the snippet, then with it, after --undo, and with a small MSS. */
function course(one: Case): Labelled {
  const loads: Labelled = one.snippets.map((target) => ['load', load(target, one.plan)] as const);
  const undos: Labelled = one.snippets.map((target) => ['undo', load(target, one.plan, true)] as const);
  const watches: Labelled = one.plan.flowtable ? [['watch', watch]] : [];
  const watched: Labelled = one.plan.flowtable
    ? [['watched', { do: 'run', at: 'isp', command: 'nft list table ip seen' }]]
    : [];
  return [
    ['before', transfer(4, 'up', MEGABYTES, 2)],
    ...watches,
    ...loads,
    // nft twice in a row: the second load replaces the first.
    ...(one.snippets.includes('nftables') ? loads : []),
    ...four(one).map((step) => ['transfer', step] as const),
    ...watched,
    ...undos,
    ['after', transfer(4, 'up', 100)],
    ...loads,
    ['announce', small],
    ['small', transfer(4, 'down', 100)],
    ['small', transfer(6, 'down', 100)],
  ];
}

const scenarioOf = (one: Case): Scenario => ({
  id: `snippet-${one.says}`,
  ...one.scenario,
  dropPtb: [...blackHole],
  run: course(one).map(([, step]) => step),
});

const dfPlan = made(
  { cipher: 'aes256-sha256', wan: 'ethernet', natT: false, outer: 4 },
  { ipsec: 'policy', ...nets, clearDf: true, lanIf: 'lan0' },
);
const oversize = { do: 'udp', size: 1500, count: 3, df: true } as const;
const clearDf: Scenario = {
  id: 'snippet-clear-df-nftables',
  tunnel: 'esp',
  suite: 'aes256-cbc/sha256-128',
  features: ['nft-flowtable'],
  run: [oversize, load('nftables', dfPlan), oversize, load('nftables', dfPlan, true), oversize],
};
const mtuPlan = (cases[3] as Case).plan;
/** The linux snippet alone: the interface's MTU makes the gateway answer with a PTB of the right size. */
const linuxMtu: Scenario = {
  id: 'snippet-linux-mtu',
  tunnel: 'xfrm',
  suite: 'aes256-gcm16',
  run: [
    load('linux', mtuPlan),
    transfer(4, 'up', 200_000),
    { do: 'run', at: 'gw1', command: 'ip link show dev xfrm1', mustWork: true },
  ],
};

const grePlan = made(
  { tunnel: 'gre', wan: 'ethernet', outer: 4 },
  { tunnelIf: 'gre1', inner: 4, ...nets, clearDf: true },
);
/**
 * GRE with ignore-df: the router compares with the MTU of the interface first; above it, nothing reaches the tunnel.
 */
const greDf: Scenario = {
  id: 'snippet-linux-gre-ignore-df',
  tunnel: 'gre',
  tunnelMtu: 1476,
  run: [
    oversize,
    { do: 'run', at: 'gw1', command: 'ip -o link show; ip route' },
    load('linux', grePlan),
    oversize,
    // The other way that the snippet names: the interface with the MTU of the LAN.
    {
      do: 'run',
      at: 'gw1',
      command: 'ip link set dev gre1 mtu 1500; ip route replace 10.2.0.0/24 dev gre1',
      mustWork: true,
    },
    oversize,
    load('linux', grePlan, true),
    oversize,
  ],
};

let results: LabResults;
beforeAll(async () => {
  results = await runLab([...cases.map(scenarioOf), clearDf, linuxMtu, greDf]);
});

describe.for(cases)('$says', (one) => {
  const scenario = scenarioOf(one);
  const all = <T>(label: string): T[] =>
    course(one).flatMap(([name], index) => (name === label ? [stepOf(results, scenario, index) as unknown as T] : []));
  const only = <T>(label: string): T => all<T>(label)[0] as T;

  test('without it the transfer stalls', () => {
    const { complete, syn } = only<TcpResult>('before');
    expect({ complete, arrives: syn.arrives }).toEqual({ complete: false, arrives: 1460 });
  });

  test('loads, and --undo too', () => {
    for (const loaded of [...all<RunResult>('load'), ...all<RunResult>('undo')]) {
      expect(loaded).toMatchObject({ status: 0, stderr: '' });
    }
  });

  test.for(four(one).map((transferred, index) => ({ ...transferred, index })))(
    'IPv$inner up $up down $down: the printed MSS, whole, no fragments',
    ({ inner, index, up = 0, down = 0 }) => {
      const { complete, received, syn, synAck, seen } = all<TcpResult>('transfer')[index] as TcpResult;
      const mss = inner === 6 ? one.plan.mss.ipv6 : one.plan.mss.ipv4;
      expect({ complete, received, arrives: [syn.arrives, synAck.arrives], fragments: seen.wan.fragments }).toEqual({
        complete: true,
        received: up + down,
        arrives: [mss, mss],
        fragments: 0,
      });
      expect(syn.sent).toBe(inner === 6 ? 1440 : 1460);
    },
  );

  if (one.plan.flowtable) {
    test('with the flowtable every packet is ESP on the WAN, none in clear', () => {
      const { stdout } = only<RunResult>('watched');
      const counted = (name: string): number =>
        Number(new RegExp(`packets (\\d+) bytes \\d+ comment "${name}"`).exec(stdout)?.[1]);
      expect(counted('clear')).toBe(0);
      // At least one ESP packet for each full segment of the two IPv4 transfers.
      expect(counted('esp')).toBeGreaterThanOrEqual(2 * Math.ceil(MEGABYTES / 4 / one.plan.mss.ipv4));
    });
  }

  test('--undo takes it out', () => {
    const { syn, synAck } = only<TcpResult>('after');
    expect([syn.arrives, synAck.arrives]).toEqual([1460, 1460]);
  });

  test('an MSS that is smaller already stays', () => {
    const [ipv4, ipv6] = all<TcpResult>('small');
    expect([ipv4?.syn.arrives, ipv6?.syn.arrives]).toEqual([1200, 1180]);
    expect(ipv4?.synAck.arrives).toBe(one.plan.mss.ipv4);
  });
});

test('clear-df: refused before and after, with it fragmented and through', () => {
  const [before, , during, , after] = [0, 1, 2, 3, 4].map(
    (index) => stepOf(results, clearDf, index) as unknown as UdpResult,
  );
  expect([before?.arrived, after?.arrived]).toEqual([0, 0]);
  expect(during?.arrived).toBe(3);
  expect(during?.seen.wan.fragments).toBeGreaterThan(0);
});

test('linux: the interface has the tunnel MTU, and transfers complete without a clamp', () => {
  expect(stepOf(results, linuxMtu, 0)).toMatchObject({ status: 0 });
  expect(stepOf(results, linuxMtu, 1)).toMatchObject({ complete: true });
  expect((stepOf(results, linuxMtu, 2) as unknown as RunResult).stdout).toContain(`mtu ${mtuPlan.tunnelMtu} `);
});

test('linux: ignore-df lets packets with DF through a GRE tunnel where its interface has the LAN’s MTU, and --undo takes it back', () => {
  for (const index of [2, 6]) expect(stepOf(results, greDf, index)).toMatchObject({ status: 0, stderr: '' });
  const arrived = [0, 3, 5, 7].map((index) => (stepOf(results, greDf, index) as unknown as UdpResult).arrived);
  expect(arrived).toEqual([0, 0, 3, 0]);
});
