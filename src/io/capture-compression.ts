import { createReadStream } from 'node:fs';
import { pipeline, type Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { MtucalcError } from '../error.js';

/** Octets that tell a compressed form. */
export const MAGIC = 4;

const CHUNK = 256 * 1024;

/** A compressed form known by its first octets. */
export interface Compression {
  readonly name: 'gzip' | 'zstd';
  /** Decompressed octets of a file. */
  open(path: string): Readable;
  /** Decompressed octets of a stream. */
  decode(input: Readable): Readable;
}

/** Only newer Node has it. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform };

function through(input: Readable, decoder: Transform): Readable {
  // The reader sees the error as the decoder's; the callback only keeps it from being thrown twice.
  return pipeline(input, decoder, () => {});
}

function compression(name: Compression['name'], create: () => Transform): Compression {
  const decode = (input: Readable): Readable => through(input, create());
  return { name, decode, open: (path) => decode(createReadStream(path, { highWaterMark: CHUNK })) };
}

const gzip = compression('gzip', () => zlib.createGunzip({ chunkSize: CHUNK }));
const zstd = compression('zstd', () => {
  if (createZstdDecompress) return createZstdDecompress({ chunkSize: CHUNK });
  const says = `this Node (${process.version}) cannot read zstd; 22.15 and later can`;
  throw new MtucalcError('zstd', says, 'unpack it on the way: zstd -dc FILE | mtucalc analyze -');
});

/** gzip or zstd by the first octets of `bytes`; undefined for anything else. */
export function compressionOf(bytes: Uint8Array, length: number): Compression | undefined {
  if (length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b) return gzip;
  if (length >= 4 && bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd) return zstd;
  return undefined;
}
