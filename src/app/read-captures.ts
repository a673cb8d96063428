import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ReadCapture } from '../analyze/answer.js';
import type { CaptureValue } from '../analyze/capture-value.js';
import type { FilterRequest } from '../analyze/filter.js';
import { type ErrorCode, MtucalcError } from '../error.js';
import { embeddedText } from '../io/embedded.js';
import { sizeOf } from '../io/file-size.js';
import type { ReadOptions } from '../io/read-options.js';
import { analyzeCapture } from './analyze-capture.js';
import { inOrder } from './in-order.js';

/** What a worker thread is given. */
export interface Task {
  readonly file: string;
  readonly reader: 'own' | 'pcap-parser';
  readonly resync: boolean;
  readonly filter?: FilterRequest | undefined;
  readonly everyFlow?: boolean | undefined;
}

/** What it says. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly octets: number; readonly of: number }
  | { readonly kind: 'text' }
  | { readonly kind: 'value'; readonly value: CaptureValue }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly hint: string | undefined };

/** How threads are made; other than usual in tests. */
interface Threads {
  readonly script: URL | string | undefined;
  readonly large: number;
  readonly megabytes: number;
}

/** One capture's value, or why it could not be read. */
type CaptureOutcome = CaptureValue | MtucalcError;

/** Octets of a file from which a thread of its own is worth its start. */
const LARGE = 8 * 1024 * 1024;
/** Threads at once: each holds a buffer and tables of some tens of MB. */
const MOST_THREADS = 8;
/** Answers that may wait for a larger file before them, for each lane. */
const AHEAD = 8;
/** Of JavaScript objects that a thread may hold: several times what any capture needs. */
const MEGABYTES = 512;

/**
 * The bundled worker: inside the single executable, beside the bundle or beside its chunks; none when run from source.
 */
const bundledWorker = (): URL | string | undefined =>
  embeddedText('analyze-worker.cjs') ??
  ['./analyze-worker.js', '../analyze-worker.js']
    .map((name) => new URL(name, import.meta.url))
    .find((url) => existsSync(url));

/** One file is read here, whatever its size. */
const threadsFor = ({ length }: readonly string[]): Threads => ({
  script: length > 1 ? bundledWorker() : undefined,
  large: LARGE,
  megabytes: MEGABYTES,
});

/**
 * Reads several captures side by side, large ones on threads of their own, and hands over what `use` makes of each, in
 * the order of the names. After the signal it ends with those that were begun.
 */
export function readCaptures<T>(
  files: readonly string[],
  options: ReadOptions & { readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean } },
  use: (capture: ReadCapture) => T,
  { script, large, megabytes }: Threads = threadsFor(files),
): AsyncGenerator<T, void, undefined> {
  const sums = new Progress(files.length, options.progress);
  const lanes = Math.min(files.length, availableParallelism(), MOST_THREADS);
  const ahead = lanes * AHEAD;
  return inOrder({ count: files.length, lanes, ahead, signal: options.signal }, async (index) => {
    const file = files[index]!;
    const here = files.length === 1 || file === '-' || script === undefined || (sizeOf(file) ?? 0) < large;
    const progress = sums.of(index);
    const outcome = await (here
      ? analyzeCapture(file, { ...options, progress }, options.stdin)
      : inWorker(script, file, { ...options, progress }, megabytes)
    ).catch((error: unknown): CaptureOutcome => {
      if (error instanceof MtucalcError) return error;
      throw error;
    });
    return use({ file, outcome });
  });
}

async function inWorker(
  script: URL | string,
  file: string,
  options: ReadOptions,
  megabytes: number,
): Promise<CaptureValue> {
  const { Worker } = await import('node:worker_threads');
  const { reader = 'own', resync = false, filter, everyFlow } = options;
  const task: Task = { file, reader, resync, filter, everyFlow };
  return new Promise((resolve, reject) => {
    const resourceLimits = { maxOldGenerationSizeMb: megabytes };
    const thread = new Worker(script, { workerData: task, eval: typeof script === 'string', resourceLimits });
    const abort = (): void => thread.postMessage('stop');
    options.signal?.addEventListener('abort', abort, { once: true });
    thread.on('message', (message: FromWorker) => {
      if (message.kind === 'progress') options.progress?.(message.octets, message.of);
      else if (message.kind === 'text') options.onText?.();
      else if (message.kind === 'value') resolve(message.value);
      else reject(new MtucalcError(message.code, message.message, message.hint));
    });
    // It loses its own file and no other's.
    thread.on('error', (error: NodeJS.ErrnoException) => reject(lost(file, error)));
    thread.on('exit', () => {
      options.signal?.removeEventListener('abort', abort);
      reject(lost(file));
    });
  });
}

/** What to say of a file whose thread died. */
function lost(file: string, error?: NodeJS.ErrnoException): MtucalcError {
  const why =
    error?.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? 'it takes more memory than there is'
      : `the thread that read it ended without an answer${error ? ` (${error.message})` : ''}`;
  return new MtucalcError('lost', `${file}: ${why}`, `read it by itself: mtucalc analyze ${file}`);
}

/** Adds up the progress of files that are read side by side. */
class Progress {
  private readonly octets: Float64Array;
  private readonly sizes: Float64Array;
  private readonly tell: ReadOptions['progress'];
  private done = 0;
  private all = 0;

  constructor(files: number, tell: ReadOptions['progress']) {
    this.octets = new Float64Array(files);
    this.sizes = new Float64Array(files);
    this.tell = tell;
  }

  of(index: number): (octets: number, of: number) => void {
    return (octets, of) => {
      this.done += octets - (this.octets[index] as number);
      this.all += of - (this.sizes[index] as number);
      this.octets[index] = octets;
      this.sizes[index] = of;
      this.tell?.(this.done, this.all);
    };
  }
}
