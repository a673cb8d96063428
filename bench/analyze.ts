// npm run bench:analyze [-- FOLDER [SHARE [RUNS]]]: analyze beside tcpdump on a generated capture of each kind, medians of
// runs in turn, the goal beside each ratio. The captures (15 GB) are made one after the other and removed again; with a FOLDER
// they stay there. SHARE: a part of their size, 0.1 for a quick look (then Node's start weighs more, and goals are missed).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCapture } from './generate-capture.js';
import { measure } from './measure.js';
import { type Traffic, usual } from './traffic.js';

const [given, share = '1', times = '5'] = process.argv.slice(2);
const folder = given ?? mkdtempSync(join(tmpdir(), 'mtucalc-bench-'));
mkdirSync(folder, { recursive: true });
const root = join(import.meta.dirname, '..');
const node = process.execPath;
const runs = Number(times);

/** Name, traffic, how many times as long as tcpdump at most. */
const kinds: readonly (readonly [string, Partial<Traffic>, number])[] = [
  ['Ethernet, IPv4', {}, 1],
  ['pcapng', { format: 'pcapng' }, 1.5],
  ['802.1Q', { link: 'vlan' }, 1.5],
  ['QinQ', { link: 'qinq' }, 1.5],
  ['PPPoE', { link: 'pppoe' }, 1.5],
  ['Linux cooked', { link: 'cooked' }, 1.5],
  ['Linux cooked 2 (-i any)', { link: 'cooked2' }, 1.5],
  ['raw IP', { link: 'raw' }, 1.5],
  ['IPv6', { family: 6 }, 1.5],
  ['GRE', { inside: 'gre' }, 1.5],
  ['VXLAN', { inside: 'vxlan' }, 1.5],
  ['ESP', { inside: 'esp' }, 1.5],
  ['NAT-T', { inside: 'natt' }, 1.5],
  ['WireGuard', { inside: 'wireguard' }, 1.5],
  ['UDP (QUIC)', { inside: 'udp' }, 1.5],
  ['snapped at 96 octets', { snap: 96, packets: 10_000_000 }, 1.5],
  ['a million connections', { packets: 6_000_000, flows: 400_000, segments: 1, data: 100 }, 4],
  ['64 MB', { packets: 95_000 }, 0],
];
const MEGABYTES = 150;

const fixed = (value: number | undefined, digits: number): string => value?.toFixed(digits) ?? '-';
const row = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at ? cell.padStart(11) : cell.padEnd(26))).join('');
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, median of ${runs}; s wall/s processor`,
);
console.log(row(['', 'MB', 'mtucalc', 'tcpdump', 'wall ×', 'proc. ×', 'goal', 'MB held']));
let missed = 0;
for (const [name, over, most] of kinds) {
  const traffic: Traffic = { ...usual, ...over };
  const path = join(folder, `${name.replace(/[^\w]+/g, '-')}.${traffic.format}`);
  if (!existsSync(path)) generateCapture(path, { ...traffic, packets: Math.ceil(traffic.packets * Number(share)) });
  // Into the page cache, so that nobody pays for the disk.
  execFileSync('sh', ['-c', 'cat "$0" > /dev/null', path]);
  const commands = [
    [node, join(root, 'bin/mtucalc.js'), 'analyze', '--json', path],
    ['tcpdump', '-r', path, '-w', '/dev/null'],
    [node, '-e', '0'],
    // The baseline: npm pcap-parser, counting only.
    ...(name === kinds[0]![0] ? [[node, join(root, 'bench/pcap-parser-count.cjs'), path]] : []),
  ];
  const [ours, theirs, start, parser] = await measure(commands, runs);
  // Of a small file the start is the most: it may take twice what Node and tcpdump take together.
  const limit = most > 0 ? most : theirs && start && (2 * (theirs.seconds + start.seconds)) / theirs.seconds;
  const wall = ours && theirs && ours.seconds / theirs.seconds;
  const processor = ours && theirs && ours.processor / theirs.processor;
  const isMissed = (wall ?? 0) > (limit ?? 0) || (ours?.megabytes ?? 0) > MEGABYTES;
  if (isMissed) missed++;
  const both = (one: typeof ours): string => (one ? `${fixed(one.seconds, 2)}/${fixed(one.processor, 2)}` : 'not here');
  const cells = [
    name,
    fixed(statSync(path).size / 1e6, 0),
    both(ours),
    both(theirs),
    fixed(wall, 2),
    fixed(processor, 2),
  ];
  console.log(`${row([...cells, fixed(limit, 1), fixed(ours?.megabytes, 0)])}${isMissed ? '  MISSED' : ''}`);
  if (parser && ours)
    console.log(row(['  npm pcap-parser, counting', '', '', '', fixed(parser.seconds / ours.seconds, 2)]));
  if (given === undefined) rmSync(path);
}
console.log(`\n${kinds.length - missed} of ${kinds.length} goals met`);
process.exitCode = missed > 0 ? 1 : 0;
if (given === undefined) rmSync(folder, { recursive: true, force: true });
