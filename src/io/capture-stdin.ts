import type { Readable } from 'node:stream';
import type { CaptureReport } from '../capture/reader.js';
import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../frame/frame.js';
import { compressionOf, MAGIC } from './capture-compression.js';
import { readWithPcapParser } from './capture-pcap-parser.js';
import { readStream } from './capture-stream.js';
import type { ReadOptions } from './read-options.js';

/** Reads a capture from standard input, also while it is being written (`tcpdump -w - | …`). */
export async function readCaptureStdin(
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  visit: FrameVisitor,
  options: ReadOptions = {},
): Promise<CaptureReport> {
  if (stdin.isTTY) {
    const hint = 'tcpdump -i IFACE -s 128 -w - | mtucalc analyze -';
    throw new MtucalcError('file', 'standard input is a terminal; a capture was expected there', hint);
  }
  try {
    return await readPipe(stdin as Readable, visit, options);
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    throw new MtucalcError(error.code, `standard input: ${error.message}`, error.hint);
  }
}

/**
 * Ctrl-C reaches the writer too (`tcpdump -w - | …`), which then hands over what it still holds, and ends: milliseconds
 * it is given for that.
 */
const PATIENCE = 1000;

/** Reads a capture from a stream that cannot be opened twice; compressed or not shows in its first octets. */
export async function readPipe(input: Readable, visit: FrameVisitor, options: ReadOptions): Promise<CaptureReport> {
  const iterator = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const late = new AbortController();
  // A writer that goes on for ever is not waited for.
  const leave = (): void => {
    late.abort();
    input.destroy();
  };
  let patience: NodeJS.Timeout | undefined;
  const abort = (): void => {
    patience = setTimeout(leave, PATIENCE);
  };
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    let head: Buffer = Buffer.alloc(0);
    for await (const chunk of chunks(iterator, late.signal)) {
      head = Buffer.concat([head, chunk]);
      if (head.length >= MAGIC) break;
    }
    if (head.length === 0 && options.signal?.aborted) {
      const hint = 'tcpdump hands over what it has when it fills 4 kB or ends; -U hands over every packet';
      throw new MtucalcError('file', 'nothing had arrived when it was interrupted', hint);
    }
    const { Readable } = await import('node:stream');
    const rest = Readable.from(withHead(head, iterator, late.signal), { objectMode: false });
    const stream = (await compressionOf(head, head.length)?.decode(rest)) ?? rest;
    if (options.reader === 'pcap-parser') return await readWithPcapParser(stream, visit);
    return await readStream(stream, visit, { ...options, signal: late.signal });
  } finally {
    clearTimeout(patience);
    options.signal?.removeEventListener('abort', abort);
  }
}

async function* withHead(head: Buffer, input: AsyncIterator<Buffer>, signal?: AbortSignal): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* chunks(input, signal);
}

/** What the stream gives until it ends, or until the user breaks off. Leaves the stream open for whoever goes on. */
async function* chunks(input: AsyncIterator<Buffer>, signal?: AbortSignal): AsyncGenerator<Buffer> {
  for (;;) {
    try {
      const next = await input.next();
      if (next.done) return;
      yield next.value;
    } catch (error) {
      if (signal?.aborted) return;
      throw error;
    }
  }
}
