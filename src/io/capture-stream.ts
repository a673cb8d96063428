import type { Readable } from 'node:stream';
import { Feed } from '../capture/feed.js';
import { CaptureReader, type CaptureReport } from '../capture/reader.js';
import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../frame/frame.js';
import { damageSaid } from './compressed-source.js';
import type { ReadOptions } from './read-options.js';

/** Reads a capture from a stream (decompressed already) through one buffer. */
export async function readStream(
  stream: Readable,
  visit: FrameVisitor,
  { progress, signal, ...options }: ReadOptions = {},
): Promise<CaptureReport> {
  const reader = new CaptureReader(visit, options);
  const feed = new Feed(reader);
  let broken: string | undefined;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      feed.take(chunk);
      progress?.(reader.capture.base, 0);
      if (signal?.aborted) return reader.report();
      if (reader.stopped) break;
    }
  } catch (error) {
    broken = damageSaid(error);
    if (broken === undefined) throw error;
  } finally {
    stream.destroy();
  }
  if (signal?.aborted) return reader.report();
  if (broken !== undefined && reader.capture.format === '') throw new MtucalcError('unreadable', broken);
  if (broken !== undefined) reader.capture.damage.add(feed.position, reader.capture.frames + 1, broken);
  return feed.finish();
}
