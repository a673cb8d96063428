// npm run bench:analyze [-- FOLDER]: analyze against its peers on generated captures, ratios of one run; the captures
// (about 2.6 GB) stay in FOLDER (default: the system's temporary folder, removed afterwards).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCapture, type Traffic, usual } from './generate-capture.js';
import { type Measured, measure } from './measure.js';

const given = process.argv[2];
const folder = given ?? mkdtempSync(join(tmpdir(), 'mtucalc-bench-'));
mkdirSync(folder, { recursive: true });
const make = (name: string, traffic: Traffic): string => {
  const path = join(folder, name);
  if (!existsSync(path)) {
    const { octets, packets, connections } = generateCapture(path, traffic);
    console.log(`generated ${name}: ${octets} octets, ${packets} packets, ${connections} connections`);
  }
  return path;
};
const root = join(import.meta.dirname, '..');
const mtucalc = (file: string): string[] => [process.execPath, join(root, 'bin/mtucalc.js'), 'analyze', '--json', file];

const rows: string[][] = [['what', 's', 'MB/s', 'Mpps', 'MB held']];
const say = (what: string, file: string, packets: number, measured: Measured | undefined): void => {
  if (measured === undefined) {
    rows.push([what, 'not here', '', '', '']);
    return;
  }
  const { seconds, megabytes } = measured;
  const rate = statSync(file).size / 1e6 / seconds;
  rows.push([what, seconds.toFixed(2), rate.toFixed(0), (packets / 1e6 / seconds).toFixed(2), megabytes.toFixed(0)]);
};

const short: Traffic = { ...usual, packets: 100_000 };
const large = make('large.pcap', usual);
const ng = make('large.pcapng', { ...usual, format: 'pcapng' });
const small = make('small.pcap', short);
const crowd = make('crowd.pcap', { ...usual, packets: 6_000_000, flows: 400_000, segments: 1, data: 100 });

// Warm the page cache, so that no tool pays for the disk.
for (const file of [large, ng, crowd]) execFileSync('sh', ['-c', 'cat "$0" > /dev/null', file]);
const [ours, tcpdump, start] = await measure(
  [mtucalc(large), ['tcpdump', '-r', large, '-w', '/dev/null'], [process.execPath, '-e', '0']],
  9,
);
const [parser] = await measure([[process.execPath, join(root, 'bench/pcap-parser-count.cjs'), large]], 3);
const fields = ['-T', 'fields', '-e', 'frame.len', '-e', 'ip.len', '-e', 'tcp.len'];
const [tshark] = await measure([['tshark', '-n', '-r', small, ...fields]], 1);
const [oursNg, tcpdumpNg] = await measure([mtucalc(ng), ['tcpdump', '-r', ng, '-w', '/dev/null']], 5);
const [oursCrowd, tcpdumpCrowd] = await measure([mtucalc(crowd), ['tcpdump', '-r', crowd, '-w', '/dev/null']], 2);

say('mtucalc analyze, every detector', large, usual.packets, ours);
say('tcpdump -r -w /dev/null', large, usual.packets, tcpdump);
say('npm pcap-parser, counting only', large, usual.packets, parser);
say('tshark, three fields, 100 000 frames', small, short.packets, tshark);
say('mtucalc analyze, pcapng', ng, usual.packets, oursNg);
say('tcpdump, pcapng', ng, usual.packets, tcpdumpNg);
say('mtucalc analyze, a million connections', crowd, 6_000_000, oursCrowd);
say('tcpdump, the same', crowd, 6_000_000, tcpdumpCrowd);
console.log(rows.map((row) => row.map((cell, at) => (at ? cell.padStart(9) : cell.padEnd(42))).join('')).join('\n'));

/** Our rate against a peer's: files of different size are compared by octets a second. */
const ratio = (
  peer: Measured | undefined,
  theirs: string,
  mine: Measured | undefined,
  file: string,
): number | undefined => peer && mine && statSync(file).size / mine.seconds / (statSync(theirs).size / peer.seconds);
const most = Math.max(ours?.megabytes ?? 0, oursNg?.megabytes ?? 0, oursCrowd?.megabytes ?? 0);
const goals: readonly (readonly [string, number | undefined, number])[] = [
  ['times tcpdump', ratio(tcpdump, large, ours, large), 1],
  ['times pcap-parser', ratio(parser, large, ours, large), 4],
  ['times tshark', ratio(tshark, small, ours, large), 50],
  ['times tcpdump, pcapng', ratio(tcpdumpNg, ng, oursNg, ng), 1],
  ['times tcpdump, a million connections', ratio(tcpdumpCrowd, crowd, oursCrowd, crowd), 0],
];
console.log(`\nnode -e 0 takes ${start?.seconds.toFixed(2)} s of every figure of a Node program`);
let failed = false;
for (const [what, value, goal] of goals) {
  if (value === undefined) console.log(`${what}: the peer is not installed`);
  else {
    const short = value < goal;
    failed ||= short;
    console.log(`${value.toFixed(1)} ${what}${goal ? ` (goal ${goal})${short ? '  MISSED' : ''}` : ''}`);
  }
}
console.log(`${most.toFixed(0)} MB held at most (goal 150)${most > 150 ? '  MISSED' : ''}`);
process.exitCode = failed || most > 150 ? 1 : 0;
if (given === undefined) rmSync(folder, { recursive: true, force: true });
