// npm run bench:probe: the tools that look for a path MTU, on the same paths in the lab, side by side.
import { repo } from '../test/lab/guest-process.js';
import { runLab, stepOf } from '../test/lab/lab.js';
import type { RunResult } from '../test/lab/results.js';
import type { Scenario } from '../test/lab/scenario.js';

const host = { 4: '10.2.0.2', 6: 'fd02::2' } as const;
type Family = keyof typeof host;

interface Tool {
  readonly name: string;
  readonly command: (family: Family) => string | null;
  /** The number it prints, and the place, from its output. */
  readonly number: RegExp;
  readonly place: RegExp;
}

/** What people do by hand: halve with one ping for each size. */
const loop = (family: Family): string =>
  `lo=${family === 4 ? 576 : 1280}; hi=1501; while [ $((hi - lo)) -gt 1 ]; do m=$(((lo + hi) / 2)); if ping -n -q -c 1 -W 1 -M do -s $((m - ${family === 4 ? 28 : 48})) ${host[family]} >/dev/null 2>&1; then lo=$m; else hi=$m; fi; done; echo found $lo`;
const mtucalc = (engine: string) => (family: Family) =>
  `node ${repo}/bin/mtucalc.js probe ${host[family]} --engine ${engine} --json`;
const own = {
  number: /"pathMtu": (\d+)/,
  place: /"bottleneck": \{\s*"after": \{\s*"hop": (\d+)/,
};

const tools: readonly Tool[] = [
  { name: 'mtucalc raw', command: mtucalc('raw'), ...own },
  {
    name: 'mtucalc errqueue (uid 65534)',
    command: (family) => `setpriv --reuid 65534 --regid 65534 --clear-groups ${mtucalc('errqueue')(family)}`,
    ...own,
  },
  {
    name: 'tracepath',
    command: (family) => `tracepath -n -m 8 ${host[family]}`,
    number: /Resume: pmtu (\d+)/,
    place: /(\d+): .*pmtu 1[0-4]\d\d/,
  },
  {
    name: 'nmap path-mtu',
    command: (family) => `nmap -n -Pn ${family === 6 ? '-6 ' : ''}--script path-mtu -p 80 ${host[family]}`,
    number: /PMTU == (\d+)|(\d+ <= PMTU < \d+)/,
    place: /never/,
  },
  {
    name: 'scamper trace -M',
    command: (family) => `scamper -c 'trace -M -w 1 -q 1' -i ${host[family]}`,
    number: /[\s\S]*\[\*?mtu: (\d+)\]/,
    place: /^\s*(\d+) .*\[\*?mtu: 1[0-4]\d\d\]/m,
  },
  { name: 'ping -M do, by halves', command: loop, number: /found (\d+)/, place: /never/ },
];

const paths: readonly (readonly [string, Partial<Scenario>])[] = [
  ['PMTUD works', { linkMtu: 1400 }],
  ['black hole', { linkMtu: 1400, dropPtb: ['gw1'] }],
];

const measured = (command: string) =>
  ({
    do: 'run',
    at: 'client',
    command: `ip route flush cache; ip -6 route flush cache; n=/sys/class/net/c0/statistics/tx_packets; a=$(cat $n); s=$(date +%s%N); timeout 100 sh -c "${command.replaceAll(/["$`\\]/g, '\\$&')}" 2>&1; e=$(date +%s%N); echo; echo BENCH $(($(cat $n) - a)) $(((e - s) / 1000000))`,
    timeoutSeconds: 120,
  }) as const;

const families = [4, 6] as const;
const jobs = families.flatMap((family) =>
  tools.flatMap((tool) => {
    const command = tool.command(family);
    return command === null ? [] : [{ family, tool, command }];
  }),
);
const scenarios = paths.map(
  ([id, path]): Scenario => ({
    id,
    ...path,
    sysctl: { client: { 'ipv4.ping_group_range': '0 2147483647' } },
    run: [
      { do: 'run', at: 'client', command: `ping -q -c 1 ${host[4]}; ping -q -c 1 ${host[6]}; true` },
      ...jobs.map(({ command }) => measured(command)),
    ],
  }),
);

const results = await runLab(scenarios, { limitSeconds: 900 });
console.log(
  'Right answer: 1400, behind hop 1. Packets are those that left the client; time includes the start of the program.\n',
);
console.log('| path | tool | IPv4: packets | s | number | hop | IPv6: packets | s | number | hop |');
console.log('|---|---|---|---|---|---|---|---|---|---|');
for (const scenario of scenarios) {
  for (const tool of tools) {
    const cells = families.flatMap((family) => {
      const step = 1 + jobs.findIndex((job) => job.tool === tool && job.family === family);
      if (step === 0) return ['', '', '', ''];
      const { stdout } = stepOf(results, scenario, step) as RunResult;
      const [, packets = '?', ms = '0'] = /BENCH (\d+) (\d+)/.exec(stdout) ?? [];
      const number = tool.number.exec(stdout);
      const own = /"elapsedMs": ([\d.]+)/.exec(stdout)?.[1];
      const time = `${(Number(ms) / 1000).toFixed(2)}${own === undefined ? '' : ` (inside ${(Number(own) / 1000).toFixed(2)})`}`;
      return [packets, time, number?.[1] ?? number?.[2] ?? 'none', tool.place.exec(stdout)?.[1] ?? '-'];
    });
    console.log(`| ${scenario.id} | ${tool.name} | ${cells.join(' | ')} |`);
  }
}
