// npm run soak [-- --gigabytes N]: a capture of 20 GB, made on the way, through standard input of `mtucalc analyze -`; memory must stay flat.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EndlessCapture } from './soak/capture.js';

/** What is promised, whatever the capture, octets. */
const MOST_MEMORY = 200e6;
/** From the first quarter to the last: what the collector of garbage may leave lying, octets. */
const MOST_GROWTH = 20e6;
const GIGABYTE = 1e9;

const { values } = parseArgs({ options: { gigabytes: { type: 'string' } } });
const gigabytes = Number(values.gigabytes ?? 20);
if (!(gigabytes > 0)) throw new Error(`--gigabytes ${values.gigabytes} is no number above 0`);

const started = performance.now();
const seconds = (): string => ((performance.now() - started) / 1000).toFixed(0);
const run = spawn(process.execPath, ['bin/mtucalc.js', 'analyze', '-', '--json'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const printed: Buffer[] = [];
run.stdout.on('data', (piece: Buffer) => printed.push(piece));
const ended = once(run, 'close');

/** Resident memory of the command, octets; 0 where the system does not tell. */
function resident(): number {
  try {
    return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${run.pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const capture = new EndlessCapture();
const quarters = [0, 0, 0, 0];
const full = capture.full();
let octets = capture.header.length + full.length;
let frames = capture.fullFrames;
let told = 0;
let pieces = 0;
run.stdin.write(Buffer.concat([capture.header, full]));
while (octets < gigabytes * GIGABYTE) {
  const piece = capture.next();
  if (!run.stdin.write(piece)) await once(run.stdin, 'drain');
  octets += piece.length;
  frames += capture.frames;
  const quarter = Math.min(3, Math.floor((octets / (gigabytes * GIGABYTE)) * 4));
  if (pieces++ % 16 === 0) quarters[quarter] = Math.max(quarters[quarter]!, resident());
  if (octets >= (told + 1) * GIGABYTE) {
    told = Math.floor(octets / GIGABYTE);
    console.log(`${told} GB, ${frames} frames, ${seconds()} s: ${Math.round(resident() / 1e6)} MB`);
  }
}
run.stdin.end();
const [code] = await ended;
const [result] = JSON.parse(Buffer.concat(printed).toString()).results;
const [first = 0, , , last = 0] = quarters;
const most = Math.max(...quarters);
const right =
  code === 1 && result.totals.frames === frames && most > 0 && most <= MOST_MEMORY && last - first <= MOST_GROWTH;
console.log(
  `${(octets / GIGABYTE).toFixed(1)} GB, ${frames} frames sent, ${result.totals.frames} read, verdict ${result.verdict}, ${seconds()} s; ` +
    `memory at most ${quarters.map((one) => Math.round(one / 1e6)).join(', ')} MB in each quarter: ${right ? 'flat' : 'NOT as promised'}`,
);
process.exitCode = right ? 0 : 1;
