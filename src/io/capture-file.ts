import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { LARGEST_RECORD } from '../capture/limits.js';
import { CaptureReader, type CaptureReport } from '../capture/reader.js';
import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../frame/frame.js';
import { type Compression, compressionOf, MAGIC } from './capture-compression.js';
import { readWithPcapParser } from './capture-pcap-parser.js';
import { readPipe } from './capture-stdin.js';
import { readStream } from './capture-stream.js';
import { ReadAhead } from './read-ahead.js';
import type { ReadOptions } from './read-options.js';

/** Octets fetched at once: large reads that still fit the processor's cache. */
const CHUNK = 1024 * 1024;
/** One at hand, the others on their way. */
const BUFFERS = 3;

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
    // A named pipe or `<(…)`: what has been read of it cannot be read again.
    if (status.isFIFO()) pipe = await openPipe(file);
    else if (!status.isFile()) pipe = createReadStream(path, { fd: file });
    if (pipe) return await readPipe(pipe, visit, options);
    const compression = compressionAt(file);
    if (options.reader === 'pcap-parser') {
      return await readWithPcapParser((await compression?.open(path)) ?? createReadStream(path), visit);
    }
    if (compression !== undefined) return await readStream(await compression.open(path), visit, options);
    return await readPlain(file, status.size, visit, options);
  } catch (error) {
    if (error instanceof MtucalcError) throw new MtucalcError(error.code, `${path}: ${error.message}`, error.hint);
    throw readable(path, error);
  } finally {
    if (pipe) pipe.destroy();
    else closeSync(file);
  }
}

async function readPlain(
  file: number,
  size: number,
  visit: FrameVisitor,
  { progress, signal, ...options }: ReadOptions,
): Promise<CaptureReport> {
  const reader = new CaptureReader(visit, options);
  // A small file needs no large buffers; files below /proc tell no size.
  const chunk = size > 0 ? Math.min(CHUNK, size + 1) : CHUNK;
  const buffers = Array.from({ length: chunk < CHUNK ? 2 : BUFFERS }, () => reader.buffer(LARGEST_RECORD + chunk));
  const ahead = new ReadAhead(file, chunk, LARGEST_RECORD, buffers);
  let left: Uint8Array = new Uint8Array(0);
  try {
    for (;;) {
      const stretch = await ahead.next(left);
      if (signal?.aborted) return reader.report();
      if (stretch.length === left.length) return reader.finish(stretch, left.length);
      const used = reader.consume(stretch, stretch.length);
      if (reader.stopped) return reader.finish(stretch, 0);
      left = stretch.subarray(used);
      progress?.(reader.capture.base, size);
    }
  } finally {
    // The file is closed next, and its number may be another file's then.
    await ahead.end();
  }
}

/** A socket of libuv can be left while it waits, a stream of node:fs cannot. */
async function openPipe(file: number): Promise<Readable> {
  const { Socket } = await import('node:net');
  return new Socket({ fd: file, readable: true, writable: false });
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
