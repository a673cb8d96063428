import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { MtucalcError } from '../error.js';
import { CompressedSource } from './compressed-source.js';
import type { Decoder } from './decoder-piece.js';
import { gzipMembers } from './gzip-members.js';
import { isZstd, zstdFrames } from './zstd-frames.js';

/** Octets that tell a compressed form. */
export const MAGIC = 4;

const CHUNK = 256 * 1024;

/** A compressed form known by its first octets. */
export interface Compression {
  readonly name: 'gzip' | 'zstd';
  /** Decompressed octets of a file. */
  open(path: string): Promise<Readable>;
  /** Decompressed octets of a stream. */
  decode(input: Readable): Promise<Readable>;
}

type Members = (source: CompressedSource) => AsyncGenerator<Buffer>;

// What decompresses is loaded where something is compressed: a tenth of the start of a short capture.
function compression(name: Compression['name'], members: Members): Compression {
  const decode = async (input: Readable): Promise<Readable> => {
    // Whoever reads hears of a failure; where nobody comes to read, a file that is gone must not end the process.
    input.on('error', () => {});
    const { Readable } = await import('node:stream');
    return Readable.from(closing(input, members), { objectMode: false });
  };
  return { name, decode, open: (path) => decode(createReadStream(path, { highWaterMark: CHUNK })) };
}

/** The input is closed with the output, also where nobody reads on. */
async function* closing(input: Readable, members: Members): AsyncGenerator<Buffer> {
  const source = new CompressedSource(input);
  try {
    yield* members(source);
  } finally {
    await source.close();
    input.destroy();
  }
}

const gzip = compression('gzip', (source) => gzipMembers(source, CHUNK));
const zstd = compression('zstd', async function* (source) {
  const zlib = await import('node:zlib');
  // Only newer Node has it.
  const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Decoder };
  if (createZstdDecompress === undefined) {
    const says = `this Node (${process.version}) cannot read zstd; 22.15 and later can`;
    throw new MtucalcError('unreadable', says, 'unpack it on the way: zstd -dc FILE | mtucalc analyze -');
  }
  yield* zstdFrames(source, () => createZstdDecompress({ chunkSize: CHUNK }));
});

/** gzip or zstd by the first octets of `bytes`; undefined for anything else. */
export function compressionOf(bytes: Uint8Array, length: number): Compression | undefined {
  if (length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b) return gzip;
  if (length >= 4 && isZstd(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true))) return zstd;
  return undefined;
}
