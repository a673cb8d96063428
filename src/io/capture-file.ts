import { closeSync, createReadStream, fstatSync, openSync, read, readSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { LARGEST_RECORD } from '../analyze/container/container.js';
import { CaptureReader, type CaptureReport } from '../analyze/container/reader.js';
import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../wire/frame.js';
import { type Compression, compressionOf, MAGIC } from './capture-compression.js';
import { readWithPcapParser } from './capture-pcap-parser.js';
import { readPipe } from './capture-stdin.js';
import { readStream } from './capture-stream.js';
import type { ReadOptions } from './read-options.js';

/** Octets fetched at once: large reads that still fit the processor's cache. */
const CHUNK = 1024 * 1024;

/** Reads a capture file, gzip or zstd too, and calls `visit` for every frame. */
export async function readCaptureFile(
  path: string,
  visit: FrameVisitor,
  options: ReadOptions = {},
): Promise<CaptureReport> {
  const file = open(path);
  let pipe: Readable | undefined;
  try {
    const status = fstatSync(file);
    // A named pipe or `<(…)`: what has been read of it cannot be read again. A socket of libuv can be left while it waits.
    if (status.isFIFO()) pipe = new Socket({ fd: file, readable: true, writable: false });
    else if (!status.isFile()) pipe = createReadStream(path, { fd: file });
    if (pipe) return await readPipe(pipe, visit, options);
    const compression = compressionAt(file);
    if (options.reader === 'pcap-parser') {
      return await readWithPcapParser(compression?.open(path) ?? createReadStream(path), visit);
    }
    if (compression !== undefined) return await readStream(compression.open(path), visit, options);
    return await readPlain(file, status.size, visit, options);
  } catch (error) {
    if (error instanceof MtucalcError) throw new MtucalcError(error.code, `${path}: ${error.message}`, error.hint);
    throw readable(path, error);
  } finally {
    if (pipe) pipe.destroy();
    else closeSync(file);
  }
}

/**
 * While one stretch is looked at, the system reads the next into the other buffer. What a stretch leaves over goes in
 * front of the next one, into a margin that is large enough for any record.
 */
async function readPlain(
  file: number,
  size: number,
  visit: FrameVisitor,
  { progress, signal, ...options }: ReadOptions,
): Promise<CaptureReport> {
  const reader = new CaptureReader(visit, options);
  // A small file needs no large buffers; files below /proc tell no size.
  const chunk = size > 0 ? Math.min(CHUNK, size + 1) : CHUNK;
  const buffers = [new Uint8Array(LARGEST_RECORD + chunk), new Uint8Array(LARGEST_RECORD + chunk)] as const;
  let current = buffers[0];
  let other = buffers[1];
  let left = 0;
  let pending = readAt(file, current, chunk);
  try {
    for (;;) {
      const got = await pending;
      const stretch = current.subarray(LARGEST_RECORD - left, LARGEST_RECORD + got);
      if (signal?.aborted) return reader.report();
      if (got === 0) return reader.finish(stretch, left);
      pending = readAt(file, other, chunk);
      const used = reader.consume(stretch, stretch.length);
      if (reader.stopped) return reader.finish(stretch, 0);
      left = stretch.length - used;
      other.set(stretch.subarray(used), LARGEST_RECORD - left);
      [current, other] = [other, current];
      progress?.(reader.capture.base, size);
    }
  } finally {
    // The file is closed next, and its number may be another file's then.
    await pending.catch(() => {});
  }
}

/** Fills the buffer behind its margin from where the file stands; answers the octets read, 0 at the end. */
function readAt(file: number, buffer: Uint8Array, octets: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(file, buffer, LARGEST_RECORD, octets, null, (error, got) => (error ? reject(error) : resolve(got)));
  });
}

/** The compressed form of a regular file. */
function compressionAt(file: number): Compression | undefined {
  const head = new Uint8Array(MAGIC);
  return compressionOf(head, readSync(file, head, 0, MAGIC, 0));
}

function open(path: string): number {
  try {
    const file = openSync(path, 'r');
    if (!fstatSync(file).isDirectory()) return file;
    closeSync(file);
  } catch (error) {
    throw readable(path, error);
  }
  throw new MtucalcError('file', `${path} is a directory`, 'name the capture files themselves');
}

function readable(path: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new MtucalcError('file', `${path}: there is no such file`);
  if (code === 'EACCES' || code === 'EPERM') return new MtucalcError('file', `${path}: no permission to read it`);
  return syscall ? new MtucalcError('file', `${path}: cannot be read (${code})`) : error;
}
