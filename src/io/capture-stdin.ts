import { Readable } from 'node:stream';
import type { CaptureReport } from '../analyze/container/reader.js';
import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../wire/frame.js';
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
    throw new MtucalcError('stdin', 'standard input is a terminal; a capture was expected there', hint);
  }
  const input = stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  while (head.length < MAGIC && !ended) {
    const next = await input.next();
    if (next.done) ended = true;
    else head = Buffer.concat([head, Buffer.from(next.value)]);
  }
  const rest = Readable.from(chunks(head, input, options.signal), { objectMode: false, highWaterMark: 1 << 20 });
  const stream = compressionOf(head, head.length)?.decode(rest) ?? rest;
  try {
    if (options.reader === 'pcap-parser') return await readWithPcapParser(stream, visit);
    return await readStream(stream, visit, options);
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    throw new MtucalcError(error.code, `standard input: ${error.message}`, error.hint);
  }
}

/** The octets looked at already, then the rest; ends early when the user breaks off, though the writer goes on. */
async function* chunks(head: Buffer, input: AsyncIterator<Buffer>, signal?: AbortSignal): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  const aborted = new Promise<undefined>((resolve) => {
    signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    const next = await Promise.race([input.next(), aborted]);
    if (next === undefined || next.done) return;
    yield next.value;
  }
}
