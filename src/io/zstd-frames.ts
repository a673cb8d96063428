import { CompressedDamage, type CompressedSource, endsEarly } from './compressed-source.js';
import { type Decoder, decodePiece } from './decoder-piece.js';

/**
 * Zstandard, RFC 8878: frames one behind the other, each a header, blocks and perhaps a checksum; some are to be
 * skipped.
 */
const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const SINGLE_SEGMENT = 0x20;
const CHECKSUM = 4;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;
const LARGEST_BLOCK = 128 * 1024;

const isSkippable = (magic: number): boolean => (magic & 0xfffffff0) >>> 0 === SKIPPABLE;

/** Whether the first four octets of a file, read as little-endian number, begin zstd. */
export const isZstd = (magic: number): boolean => magic === MAGIC || isSkippable(magic);

/**
 * Frame by frame: the decoder of Node stops in silence behind the first, and does not tell (before 24) where one is
 * cut.
 */
export async function* zstdFrames(source: CompressedSource, create: () => Decoder): AsyncGenerator<Buffer> {
  for (;;) {
    const start = await source.peek(4);
    if (start.length === 0) return;
    const magic = start.length === 4 ? start.readUInt32LE() : 0;
    if (isSkippable(magic)) {
      await source.skip((await source.take(8)).readUInt32LE(4));
      continue;
    }
    if (magic !== MAGIC) {
      throw new CompressedDamage('behind the compressed data stands something else, which was not read');
    }
    const decoder = create();
    try {
      yield* frame(source, decoder);
    } finally {
      decoder.destroy();
    }
  }
}

async function* frame(source: CompressedSource, decoder: Decoder): AsyncGenerator<Buffer> {
  const descriptor = (await source.peek(5))[4] ?? 0;
  yield* decodePiece(decoder, await source.take(5 + restOfHeader(descriptor)));
  for (let last = false; !last; ) {
    const { blocks, ends } = await nextBlocks(source);
    yield* decodePiece(decoder, blocks);
    if (ends === 'early') throw endsEarly();
    last = ends === 'frame';
  }
  if (descriptor & CHECKSUM) yield* decodePiece(decoder, await source.take(4));
}

interface Blocks {
  readonly blocks: Buffer;
  /** What came to its end with them. */
  readonly ends: 'nothing' | 'frame' | 'early';
}

/** The next whole blocks, as many as are there: one by one they would keep the decoder waiting. */
async function nextBlocks(source: CompressedSource): Promise<Blocks> {
  const taken: Buffer[] = [];
  let ends: Blocks['ends'] = 'nothing';
  let octets = 0;
  do {
    const head = await source.peek(3);
    const word = head.length < 3 ? 0 : head.readUIntLE(0, 3);
    const type = (word >> 1) & 3;
    const size = word >> 3;
    if (type === RESERVED_BLOCK || size > LARGEST_BLOCK) {
      // What stands before it is unpacked first.
      if (taken.length > 0) break;
      throw new CompressedDamage('the compressed data is damaged (a block that zstd does not know)');
    }
    const length = 3 + (type === RLE_BLOCK ? 1 : size);
    if ((await source.peek(length)).length < length) {
      ends = 'early';
    } else {
      taken.push(await source.take(length));
      octets += length;
      if (word & 1) ends = 'frame';
    }
  } while (ends === 'nothing' && octets < LARGEST_BLOCK && source.holds(3));
  return { blocks: Buffer.concat(taken), ends };
}

/** Octets of the header behind its descriptor: window, dictionary, length of the content. */
function restOfHeader(descriptor: number): number {
  const single = (descriptor & SINGLE_SEGMENT) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  const content = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  return (single ? 0 : 1) + dictionary + content;
}
