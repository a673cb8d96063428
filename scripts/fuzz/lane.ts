// One thread of `npm run fuzz`: works through inputs of one family, and says what does not hold.
import { parentPort, workerData } from 'node:worker_threads';
import { MtucalcError } from '../../src/error.js';
import { seeded } from '../../test/seeded.js';
import { families } from './families/index.js';
import type { Family } from './family.js';
import { broken } from './holds.js';

export interface Work {
  readonly family: string;
  readonly seed: number;
  /** Inputs from..to, every `step`th. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** Word 0: the input at hand, for who waits in vain. */
  readonly at: SharedArrayBuffer;
}

/** Octets of all memory of the process, buffers too, that no number of inputs may take. */
const MOST_MEMORY = 1_200_000_000;

const { family: id, seed, from, to, step, at } = workerData as Work;
const family = families.find((one) => one.id === id) as Family;
const place = new Int32Array(at);

/** What is wrong with input number `index`; undefined where all holds. Each has a seed of its own. */
async function problemOf(index: number): Promise<string | undefined> {
  const input = family.input(seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)));
  const shown = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
  try {
    for (const printed of await family.run(input)) {
      const wrong = broken(printed, shown);
      if (wrong) return wrong;
    }
  } catch (error) {
    if (!(error instanceof MtucalcError)) return String((error as Error).stack ?? error);
    return broken({ format: 'error', text: `${error.message}\n${error.hint ?? ''}` }, shown);
  }
  return undefined;
}

// To write down where it came from takes longer than many a refusal: what failed is run again with it.
const FRAMES = Error.stackTraceLimit;
Error.stackTraceLimit = 0;
async function problemWithStack(index: number): Promise<string | undefined> {
  Error.stackTraceLimit = FRAMES;
  const problem = await problemOf(index);
  Error.stackTraceLimit = 0;
  return problem;
}

let most = 0;
for (let index = from; index < to; index += step) {
  Atomics.store(place, 0, index);
  const problem = await problemOf(index);
  if (problem) parentPort?.postMessage({ index, problem: (await problemWithStack(index)) ?? problem });
  if (index % 256 < step) most = Math.max(most, process.memoryUsage.rss());
  if (most > MOST_MEMORY) {
    parentPort?.postMessage({ index, problem: `${Math.round(most / 1e6)} MB of memory are taken` });
    break;
  }
}
Atomics.store(place, 0, -1);
parentPort?.postMessage({ most });
