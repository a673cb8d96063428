import type { Readable } from 'node:stream';
import { LARGEST_RECORD } from '../capture/container.js';
import { CaptureReader, type CaptureReport } from '../capture/reader.js';
import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../frame/frame.js';
import { damageSaid } from './compressed-source.js';
import type { ReadOptions } from './read-options.js';

const BUFFER = 1024 * 1024;

/** Reads a capture from a stream (decompressed already) through one buffer. */
export async function readStream(
  stream: Readable,
  visit: FrameVisitor,
  { progress, signal, ...options }: ReadOptions = {},
): Promise<CaptureReport> {
  const reader = new CaptureReader(visit, options);
  const buffer = reader.buffer(BUFFER + LARGEST_RECORD);
  let have = 0;
  let broken: string | undefined;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      let taken = 0;
      while (taken < chunk.length && !reader.stopped) {
        const room = Math.min(chunk.length - taken, buffer.length - have);
        buffer.set(chunk.subarray(taken, taken + room), have);
        taken += room;
        have += room;
        const used = reader.consume(buffer, have);
        buffer.copyWithin(0, used, have);
        have -= used;
      }
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
  if (broken !== undefined) reader.capture.damage.add(reader.capture.base + have, reader.capture.frames + 1, broken);
  return reader.finish(buffer, have);
}
