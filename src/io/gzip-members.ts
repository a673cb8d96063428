import { CompressedDamage, type CompressedSource, endsEarly } from './compressed-source.js';
import { type Decoder, decodePiece } from './decoder-piece.js';

/** gzip, RFC 1952: members one behind the other, each a header, DEFLATE data and a trailer of check and length. */
const MAGIC = 0x1f8b;
const DEFLATE = 8;
const FIXED = 10;
const FLAGS = 3;
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const TRAILER = 8;

/** Small at first: what a damaged piece would have given is lost. */
const LEAST_PIECE = 4096;
const LARGEST_PIECE = 256 * 1024;

export async function* gzipMembers(source: CompressedSource, chunkSize: number): AsyncGenerator<Buffer> {
  const { crc32, createInflateRaw } = await import('node:zlib');
  for (let members = 0; ; members++) {
    if (members > 0 && !(await goesOn(source))) return;
    if (members > 0 && (await source.peek(2)).readUInt16BE() !== MAGIC) {
      throw new CompressedDamage('behind the compressed data stands something else, which was not read');
    }
    await passHeader(source);
    const decoder = createInflateRaw({ chunkSize }) as unknown as Decoder;
    try {
      yield* member(source, decoder, crc32);
    } finally {
      decoder.destroy();
    }
  }
}

/** Whether anything but padding with zeros follows, as on tapes. */
async function goesOn(source: CompressedSource): Promise<boolean> {
  for (;;) {
    const next = await source.peek(2);
    if (next.length === 0 || (next.length === 1 && next[0] === 0)) return false;
    if (next.length === 1) throw new CompressedDamage('behind the compressed data stands one octet more');
    if (next[0] !== 0) return true;
    await source.take(1);
  }
}

async function passHeader(source: CompressedSource): Promise<void> {
  const method = (await source.peek(3))[2] ?? DEFLATE;
  if (method !== DEFLATE) throw new CompressedDamage(`the compressed data is damaged (gzip method ${method})`);
  const flags = (await source.take(FIXED))[FLAGS]!;
  if (flags & EXTRA) await source.skip((await source.take(2)).readUInt16LE());
  for (const text of [NAME, COMMENT]) {
    while (flags & text && (await source.take(1))[0] !== 0);
  }
  if (flags & HEADER_CRC) await source.skip(2);
}

async function* member(
  source: CompressedSource,
  decoder: Decoder,
  crc32: (octets: Buffer, before: number) => number,
): AsyncGenerator<Buffer> {
  let check = 0;
  let length = 0;
  for (;;) {
    const piece = await source.some(Math.min(LARGEST_PIECE, LEAST_PIECE + decoder.bytesWritten));
    if (piece === undefined) throw endsEarly();
    const before = decoder.bytesWritten;
    for await (const out of decodePiece(decoder, piece)) {
      check = crc32(out, check);
      length = (length + out.length) >>> 0;
      yield out;
    }
    const used = decoder.bytesWritten - before;
    if (used === piece.length) continue;
    source.unread(piece.subarray(used));
    break;
  }
  const trailer = await source.take(TRAILER);
  if (trailer.readUInt32LE() !== check || trailer.readUInt32LE(4) !== length) {
    throw new CompressedDamage('the compressed data is damaged (its checksum is another)');
  }
}
