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
/** Octets of a file name or comment that are passed over; RFC 1952 names no limit, and no tool writes as much. */
export const LONGEST_TEXT = 65_536;

/** Small at first: what a damaged piece would have given is lost. */
const LEAST_PIECE = 4096;
const LARGEST_PIECE = 256 * 1024;

/** Of a file of many members, a whole one of these octets is unpacked at once, without a decoder of its own. */
const SMALL_MEMBER = 70_000;
const SMALL_CONTENT = 1024 * 1024;
/** Members before a file is one of many; and members that are not tried so after one that is larger. */
const MANY = 8;

export async function* gzipMembers(source: CompressedSource, chunkSize: number): AsyncGenerator<Buffer> {
  const { crc32, createInflateRaw, inflateRawSync } = await import('node:zlib');
  /** A member that is small and sound; undefined where the decoder must see to it. */
  const whole = async (): Promise<Buffer | undefined> => {
    const piece = await source.peek(SMALL_MEMBER);
    try {
      const unpacked: unknown = inflateRawSync(piece, { info: true, maxOutputLength: SMALL_CONTENT });
      const { buffer, engine } = unpacked as { buffer: Buffer; engine: { bytesWritten: number } };
      const end = engine.bytesWritten;
      if (end + TRAILER > piece.length || piece.readUInt32LE(end) !== crc32(buffer)) return undefined;
      if (piece.readUInt32LE(end + 4) !== buffer.length) return undefined;
      await source.take(end + TRAILER);
      return buffer;
    } catch {
      // Larger, cut or damaged: which of them, and what comes out of it all the same, the decoder tells.
      return undefined;
    }
  };
  let small = MANY;
  for (let members = 0; ; members++) {
    if (members > 0 && !(await goesOn(source))) return;
    if (members > 0 && (await source.peek(2)).readUInt16BE() !== MAGIC) {
      throw new CompressedDamage('behind the compressed data stands something else, which was not read');
    }
    await passHeader(source);
    if (members >= small) {
      const content = await whole();
      if (content !== undefined) {
        if (content.length > 0) yield content;
        continue;
      }
      small = members + MANY;
    }
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
    if (flags & text && !(await source.skipText(LONGEST_TEXT))) {
      const what = text === NAME ? 'file name' : 'comment';
      throw new CompressedDamage(`the gzip header has a ${what} of more than ${LONGEST_TEXT} octets`);
    }
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
