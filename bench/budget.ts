// Budgets per second, the whole command against `node -e 0`, and long texts. Run: npm run bench
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../src/io/catalogue.js';
import { budget } from '../src/mtu/budget.js';
import { buildStack } from '../src/mtu/stack.js';
import { parseStack } from '../src/mtu/stack-text.js';

const stacks = [
  'ipv4/esp:aes256-sha256:tunnel',
  'ipv4/natt/esp:aes256gcm16:tunnel',
  'ipv6/natt/esp:aes256-sha1:transport/gre',
];
const layers = stacks.map((text) => buildStack(parseStack(text, catalogue), catalogue).layers);

function budgetsPerSecond(rounds: number): number {
  let sum = 0;
  const start = process.hrtime.bigint();
  for (let i = 0; i < rounds; i++) {
    const profile = { linkMtu: 1280 + (i % 8000), layers: layers[i % layers.length] as (typeof layers)[number] };
    sum += budget(profile).tunnelMtu;
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (sum === 0) throw new Error('nothing was computed');
  return rounds / seconds;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

budgetsPerSecond(200_000);
const speed = median([1, 2, 3, 4, 5].map(() => budgetsPerSecond(1_000_000)));
console.log(`budget(): ${(speed / 1e6).toFixed(2)} million budgets a second (aim: at least 2)`);

const milliseconds = (args: string[]): number => {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
};
const command = ['bin/mtucalc.js', '--cipher', 'aes256', '--wan', 'pppoe'];
const empty = ['-e', '0'];
for (let i = 0; i < 3; i++) milliseconds(command);
// In turn, so that a machine that slows down slows both.
const pairs = Array.from({ length: 21 }, () => [milliseconds(command), milliseconds(empty)] as const);
const ratio = median(pairs.map(([ours, theirs]) => ours / theirs));
console.log(
  `mtucalc --cipher aes256 --wan pppoe: ${median(pairs.map(([ours]) => ours)).toFixed(0)} ms, node -e 0: ${median(pairs.map(([, theirs]) => theirs)).toFixed(0)} ms, ratio ${ratio.toFixed(2)} (aim: at most 1.25)`,
);

/** Octets of a paste or an export that is as long as they get. */
const LONG = 1e6;
const folder = mkdtempSync(join(tmpdir(), 'mtucalc-bench-'));
for (const [name, fixture] of [
  ['import', 'cisco-iosxe-two-peers.txt'],
  ['lint', 'routeros-defaults.txt'],
] as const) {
  const text = readFileSync(join(import.meta.dirname, '../test/device/fixtures', fixture), 'utf8');
  const path = join(folder, fixture);
  writeFileSync(path, `${text}\n`.repeat(Math.ceil(LONG / (text.length + 1))));
  const times = Array.from({ length: 5 }, () => milliseconds(['bin/mtucalc.js', name, path]));
  console.log(`mtucalc ${name}, 1 MB: ${(median(times) / 1000).toFixed(2)} s (aim: below 1)`);
}
rmSync(folder, { recursive: true });
