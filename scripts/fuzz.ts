// npm run fuzz [-- FAMILY … --inputs N --seed S --from I]: disturbed inputs through each reader and writer; a million a family unless told.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { fuzzFiles, fuzzFrames, fuzzPlainSegments } from '../test/analyze/fuzz.js';
import { families } from './fuzz/families/index.js';
import type { Work } from './fuzz/lane.js';

/** Milliseconds after which one input is said to hang; a thousand times what the slowest takes. */
const PATIENCE = 20_000;
/** Of JavaScript objects that a thread may hold, MB. */
const MEGABYTES = 400;
const MOST_PROBLEMS = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { inputs: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' } },
});
const inputs = Number(values.inputs ?? 1_000_000);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const first = Number(values.from ?? 0);
const known = [...families.map(({ id }) => id), 'frames', 'search'];
const strange = positionals.filter((word) => !known.includes(word));
if (strange.length > 0 || !(inputs > 0) || !Number.isInteger(seed) || !Number.isInteger(first)) {
  console.error(`usage: npm run fuzz -- [${known.join('|')}] … [--inputs N] [--seed S] [--from I]`);
  process.exit(2);
}

interface Told {
  readonly index?: number;
  readonly problem?: string;
  readonly most?: number;
}

/** The lane in one file: a thread reads no TypeScript. */
async function laneCode(): Promise<string> {
  const outfile = resolve('node_modules/.cache/mtucalc-fuzz/lane.mjs');
  const entryPoints = ['scripts/fuzz/lane.ts'];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}
const code = await laneCode();

/** One thread, watched; answers the most memory that was seen, octets. */
function lane(work: Omit<Work, 'at'>, tell: (index: number, problem: string) => boolean): Promise<number> {
  const at = new SharedArrayBuffer(4);
  const place = new Int32Array(at);
  return new Promise((done) => {
    const thread = new Worker(code, {
      workerData: { ...work, at } satisfies Work,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    let most = 0;
    let before = -1;
    const watch = setInterval(() => {
      const now = Atomics.load(place, 0);
      if (now === before && now >= 0) {
        tell(now, `no end after ${PATIENCE / 1000} s`);
        void thread.terminate();
      }
      before = now;
    }, PATIENCE);
    thread.on('message', ({ index, problem, most: seen }: Told) => {
      most = Math.max(most, seen ?? 0);
      if (index !== undefined && problem !== undefined && !tell(index, problem)) void thread.terminate();
    });
    thread.on('error', (error) => tell(Atomics.load(place, 0), String(error)));
    thread.on('exit', () => {
      clearInterval(watch);
      done(most);
    });
  });
}

async function fuzzFamily(family: string): Promise<number> {
  const started = performance.now();
  let wrong = 0;
  const tell = (index: number, problem: string): boolean => {
    wrong++;
    const line = `npm run fuzz -- ${family} --seed ${seed} --from ${index} --inputs 1`;
    if (wrong <= MOST_PROBLEMS) console.error(`${problem}\n  again: ${line}`);
    return wrong < MOST_PROBLEMS;
  };
  const step = Math.min(2, availableParallelism(), inputs);
  const lanes = Array.from({ length: step }, (_, offset) =>
    lane({ family, seed, from: first + offset, to: first + inputs, step }, tell),
  );
  const most = Math.max(...(await Promise.all(lanes)));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${family}: ${inputs} inputs from ${first}, seed ${seed}: ${wrong} wrong, ${seconds} s, at most ${Math.round(most / 1e6)} MB`,
  );
  return wrong;
}

/** Frames against themselves in other surroundings, files whole and in pieces, transfers with and without the compiled code. */
function fuzzAgreement(): number {
  const [files, transfers] = [Math.ceil(inputs / 50), Math.ceil(inputs / 500)];
  const wrong = [...fuzzFrames(seed, inputs), ...fuzzFiles(seed, files), ...fuzzPlainSegments(seed, transfers)];
  for (const line of wrong) console.error(line);
  console.log(`frames: ${inputs}, ${files} files, ${transfers} transfers, seed ${seed}: ${wrong.length} wrong`);
  return wrong.length;
}

/** The search of a probe, over paths that lose packets, with two hundred seeds. */
function fuzzSearch(): number {
  const words = ['node_modules/vitest/vitest.mjs', 'run', 'test/probe/search.test.ts'];
  const env = { ...process.env, MTUCALC_SEEDS: String(Math.max(1, Math.min(200, Math.ceil(inputs / 5000)))) };
  return spawnSync(process.execPath, words, { stdio: 'inherit', env }).status === 0 ? 0 : 1;
}

let wrong = 0;
for (const word of positionals.length > 0 ? positionals : known)
  wrong += word === 'frames' ? fuzzAgreement() : word === 'search' ? fuzzSearch() : await fuzzFamily(word);
process.exitCode = wrong > 0 ? 1 : 0;
