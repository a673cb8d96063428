import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { LARGEST_RECORD } from '../analyze/container/container.js';
import { CaptureReader, type CaptureReport } from '../analyze/container/reader.js';
import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../wire/frame.js';
import { compressionOf } from './capture-compression.js';
import { readWithPcapParser } from './capture-pcap-parser.js';
import { readStream } from './capture-stream.js';
import type { ReadOptions } from './read-options.js';

/** Octets of the one buffer a capture is read through: large reads, and still within the processor's cache. */
const BUFFER = 1024 * 1024;
/** Reads between two looks at the event loop, so that Ctrl-C and a progress bar live. */
const READS_PER_TURN = 32;

/** Reads a capture file, gzip or zstd too, and calls `visit` for every frame. */
export async function readCaptureFile(
  path: string,
  visit: FrameVisitor,
  options: ReadOptions = {},
): Promise<CaptureReport> {
  const file = open(path);
  try {
    const { size } = fstatSync(file);
    // A small file needs no large buffer; a pipe tells no size.
    const buffer = new Uint8Array(size > 0 && size < BUFFER ? size + 1 : BUFFER + LARGEST_RECORD);
    const first = readSync(file, buffer, 0, buffer.length, null);
    const compression = compressionOf(buffer, first);
    if (options.reader === 'pcap-parser') {
      return await readWithPcapParser(compression?.open(path) ?? createReadStream(path), visit);
    }
    if (compression !== undefined) return await readStream(compression.open(path), visit, options);
    return await readPlain(file, buffer, first, size, visit, options);
  } catch (error) {
    if (error instanceof MtucalcError) throw new MtucalcError(error.code, `${path}: ${error.message}`, error.hint);
    throw readable(path, error);
  } finally {
    closeSync(file);
  }
}

async function readPlain(
  file: number,
  buffer: Uint8Array,
  first: number,
  size: number,
  visit: FrameVisitor,
  { progress, signal, ...options }: ReadOptions,
): Promise<CaptureReport> {
  const reader = new CaptureReader(visit, options);
  let have = first;
  let end = first === 0;
  for (let reads = 1; !end && !reader.stopped; reads++) {
    const used = reader.consume(buffer, have);
    buffer.copyWithin(0, used, have);
    have -= used;
    if (reads % READS_PER_TURN === 0) {
      progress?.(reader.capture.base, size);
      await new Promise(setImmediate);
      if (signal?.aborted) return reader.report();
    }
    const got = readSync(file, buffer, have, buffer.length - have, null);
    have += got;
    end = got === 0;
  }
  return reader.finish(buffer, have);
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
