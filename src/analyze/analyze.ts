import { Feed } from '../capture/feed.js';
import { CaptureReader, type CaptureReport } from '../capture/reader.js';
import { MtucalcError } from '../error.js';
import type { Frame } from '../frame/frame.js';
import { type AnalyzedCapture, analyzed } from './answer.js';
import { CaptureWatch } from './capture-value.js';
import type { Beside } from './result.js';
import { FlowTrace, type SequenceTrace } from './trace.js';
import type { TracedFlow } from './traced-flow.js';

/** One capture, read and judged, wherever its octets came from. */
export type AnalyzedOctets = Omit<AnalyzedCapture, 'file'>;

export interface AnalyzeOptions extends Beside {
  /** Look for the next record behind damage and read on. */
  readonly resync?: boolean;
}

/** What of a `File` or `Blob` is used: it is read in slices, never whole. */
export interface Sliced {
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Octets of a capture: all of them, a `File` or `Blob`, or pieces as they come. */
export type Octets = Uint8Array | Sliced | AsyncIterable<Uint8Array>;

const SLICE = 4 * 1024 * 1024;
const GZIP = [0x1f, 0x8b] as const;
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd] as const;

/** Gzip data that cannot be followed to its end; what came out before stands. */
class DamagedGzip extends Error {}

/**
 * What a capture shows, without files: in a browser, a worker, a service. pcap and pcapng, also in gzip.
 * The value is that of `mtucalc analyze FILE --json`, `results[0]` without `file`.
 * @throws MtucalcError for what is no capture, or holds no frame that can be read.
 */
export async function analyze(
  octets: Octets,
  { resync = false, ...beside }: AnalyzeOptions = {},
): Promise<AnalyzedOctets> {
  const watch = new CaptureWatch();
  const { file: _, ...value } = analyzed(watch.finish('', await read(octets, watch, resync), false), beside);
  return value;
}

/** The points of one flow, from a second reading of the same octets; undefined where it is not met again. */
export async function traceOctets(octets: Octets, flow: TracedFlow): Promise<SequenceTrace | undefined> {
  const trace = new FlowTrace(flow);
  await read(octets, trace, false);
  return trace.finish();
}

async function read(octets: Octets, watch: { frame(frame: Frame): void }, resync: boolean): Promise<CaptureReport> {
  const reader = new CaptureReader(watch.frame.bind(watch), { resync });
  const feed = new Feed(reader);
  let broken: string | undefined;
  try {
    for await (const piece of unpacked(octets)) {
      feed.take(piece);
      if (reader.stopped) break;
    }
  } catch (error) {
    if (!(error instanceof DamagedGzip)) throw error;
    broken = error.message;
  }
  const { capture } = reader;
  if (broken !== undefined && capture.format === '') throw new MtucalcError('unreadable', broken);
  if (broken !== undefined) capture.damage.add(feed.position, capture.frames + 1, broken);
  return feed.finish();
}

async function* unpacked(octets: Octets): AsyncGenerator<Uint8Array> {
  const pieces = piecesOf(octets)[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done) return;
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => pieces };
  };
  const begins = (magic: readonly number[]): boolean => magic.every((octet, at) => first.value[at] === octet);
  if (begins(ZSTD))
    throw new MtucalcError('unreadable', 'this capture is compressed with zstd', 'unpack it first: zstd -d');
  if (begins(GZIP)) yield* inflated(rest());
  else yield* rest();
}

async function* piecesOf(octets: Octets): AsyncGenerator<Uint8Array> {
  if (octets instanceof Uint8Array) yield octets;
  else if (Symbol.asyncIterator in octets) yield* octets;
  else {
    for (let at = 0; at < octets.size; at += SLICE)
      yield new Uint8Array(await octets.slice(at, at + SLICE).arrayBuffer());
  }
}

async function* inflated(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const written = (async () => {
    for await (const piece of pieces) await writer.write(piece as Uint8Array<ArrayBuffer>);
    await writer.close();
  })();
  // Told by the reading side as well.
  written.catch(() => undefined);
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw new DamagedGzip(`the compressed data is damaged (${(error as Error).message})`);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
