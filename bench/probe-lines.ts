// npm run bench:probe, first part: mtucalc beside other tools on ten of the lab's lines: right or wrong, seconds, packets.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { repo } from '../test/lab/guest-process.js';
import { build } from '../test/lab/line/build.js';
import type { Line } from '../test/lab/line/path.js';

/** What a tool says: a number, or a range. `blind`: it says a number of the path without having been told. */
interface Tool {
  readonly name: string;
  readonly command: (target: string) => string;
  readonly read: (output: string) => readonly [number, number] | null;
}

const one =
  (pattern: RegExp) =>
  (output: string): readonly [number, number] | null => {
    const found = [...output.matchAll(pattern)].at(-1)?.[1];
    return found === undefined ? null : [Number(found), Number(found)];
  };
const own = (output: string): readonly [number, number] | null => {
  const exact = /"pathMtu": (\d+)/.exec(output)?.[1];
  const range = /"interval": \{\s*"low": (\d+),\s*"high": (\d+)/.exec(output);
  return exact !== undefined ? [Number(exact), Number(exact)] : range ? [Number(range[1]), Number(range[2])] : null;
};
const tools: readonly Tool[] = [
  {
    name: 'mtucalc raw',
    command: (to) => `${process.execPath} ${repo}/bin/mtucalc.js probe ${to} --engine raw --json`,
    read: own,
  },
  {
    name: 'mtucalc errqueue (uid 65534)',
    command: (to) =>
      `setpriv --reuid 65534 --regid 65534 --clear-groups ${process.execPath} ${repo}/bin/mtucalc.js probe ${to} --engine errqueue --json`,
    read: own,
  },
  { name: 'tracepath', command: (to) => `tracepath -n -m 8 ${to}`, read: one(/Resume: pmtu (\d+)/g) },
  {
    name: 'scamper trace -M',
    command: (to) => `scamper -c 'trace -M -w 1 -q 1' -i ${to}`,
    read: one(/\[\*?mtu: (\d+)\]/g),
  },
  {
    name: 'nmap path-mtu',
    command: (to) => `nmap -n -Pn --script path-mtu -p 80 ${to}`,
    read: (output) => {
      const range = /(\d+) <= PMTU < (\d+)/.exec(output);
      return range ? [Number(range[1]), Number(range[2]) - 1] : one(/PMTU == (\d+)/g)(output);
    },
  },
  {
    name: 'ping -M do, by halves',
    command: (to) =>
      `lo=68; hi=1501; while [ $((hi - lo)) -gt 1 ]; do m=$(((lo + hi) / 2)); if ping -n -q -c 1 -W 1 -M do -s $((m - 28)) ${to} >/dev/null 2>&1; then lo=$m; else hi=$m; fi; done; echo found $lo`,
    read: one(/found (\d+)/g),
  },
];

const paths = [
  'hole-above-ptb',
  'df-cleared-behind-ptb',
  'hole-asymmetric',
  'ptb-rationed',
  'echo-rationed-fits',
  'echo-rationed-hole',
  'policed-hole',
  'echo-filter',
  'loss-hole',
  'silent-ptb',
];

console.log('| path (truth) | tool | says | | s | packets |\n|---|---|---|---|---|---|');
for (const path of paths) {
  const line = JSON.parse(
    readFileSync(new URL(`../test/lab/line/paths/${path}.json`, import.meta.url), 'utf8'),
  ) as Line;
  const truth = line.expect.pathMtu ?? line.expect.holds ?? 0;
  for (const { name, command, read } of tools) {
    const standing = build(line);
    const counter = '/sys/class/net/e0/statistics/tx_packets';
    const script = `a=$(cat ${counter}); timeout 40 sh -c "${command(standing.target).replaceAll(/["$`\\]/g, '\\$&')}" 2>&1; echo; echo BENCH $(($(cat ${counter}) - a))`;
    const start = performance.now();
    const { stdout } = spawnSync('ip', [...standing.run.slice(1), 'sh', '-c', script], { encoding: 'utf8' });
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    standing.down();
    const said = read(stdout);
    const packets = /BENCH (\d+)/.exec(stdout)?.[1] ?? '?';
    const judged =
      said === null
        ? 'no answer'
        : said[0] > truth || said[1] < truth
          ? 'wrong'
          : said[0] === said[1]
            ? 'right'
            : 'holds it';
    const shown = said === null ? '-' : said[0] === said[1] ? `${said[0]}` : `${said[0]} to ${said[1]}`;
    console.log(`| ${path} (${truth}) | ${name} | ${shown} | ${judged} | ${seconds} | ${packets} |`);
  }
}
