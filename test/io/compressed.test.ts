import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { analyzeCapture } from '../../src/app/analyze-capture.js';
import { MtucalcError } from '../../src/error.js';
import { LONGEST_TEXT } from '../../src/io/gzip-members.js';
import { pcap } from '../capture/files.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-compressed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Noise, which no compression makes smaller, so that a cut loses some frames and not all. */
let seed = 1;
const noise = (octets: number): Uint8Array =>
  Uint8Array.from({ length: octets }, () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return seed >>> 24;
  });
const FRAMES = 400;
const whole = pcap(Array.from({ length: FRAMES }, () => ({ octets: noise(1400) })));
const half = whole.length >> 1;
const garbage = Buffer.from('something else');

const { zstdCompressSync, constants } = zlib as unknown as {
  zstdCompressSync?: (octets: Uint8Array, options: { params: Record<number, number> }) => Buffer;
  constants: { ZSTD_c_checksumFlag: number };
};
/** As the command does it, with a checksum. */
const zstd = zstdCompressSync
  ? (octets: Uint8Array): Buffer => zstdCompressSync(octets, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })
  : undefined;
const forms = [
  { form: 'gzip', pack: zlib.gzipSync as (octets: Uint8Array) => Buffer },
  { form: 'zstd', pack: zstd },
];

async function read(octets: Uint8Array, piece?: number) {
  const path = join(folder, 'packed');
  writeFileSync(path, octets);
  const pieces = (size: number): Buffer[] =>
    Array.from({ length: Math.ceil(octets.length / size) }, (_, at) =>
      Buffer.from(octets.subarray(at * size, (at + 1) * size)),
    );
  const value = piece ? analyzeCapture('-', {}, Readable.from(pieces(piece))) : analyzeCapture(path, {});
  const { totals, damage } = await value;
  return { frames: totals.frames, damage: damage.map(({ says }) => says) };
}
const undamaged = { frames: FRAMES, damage: [] };

for (const { form, pack } of forms) {
  describe.skipIf(pack === undefined)(`${form}${pack ? '' : `: this Node (${process.version}) has none`}`, () => {
    const packed = pack?.(whole) ?? Buffer.alloc(0);
    const halves = pack ? [pack(whole.subarray(0, half)), pack(whole.subarray(half))] : [];

    test('from a file and from standard input, in pieces of any size', async () => {
      for (const piece of [undefined, 1 << 20, 65_536, 1000]) expect(await read(packed, piece)).toEqual(undamaged);
      expect(await read(pack!(pcap([{ octets: noise(60) }])), 1)).toEqual({ frames: 1, damage: [] });
    });
    test('several, one behind the other', async () => {
      for (const piece of [undefined, halves[0]!.length, 1000]) {
        expect(await read(Buffer.concat(halves), piece)).toEqual(undamaged);
      }
    });
    test('an empty one in between', async () => {
      expect(await read(Buffer.concat([halves[0]!, pack!(Buffer.alloc(0)), halves[1]!]))).toEqual(undamaged);
    });
    test('cut anywhere: what came out of it is read', async () => {
      for (const left of [packed.length - 1, packed.length >> 1, halves[0]!.length + 3]) {
        const { frames, damage } = await read((left > half ? packed : Buffer.concat(halves)).subarray(0, left));
        expect(frames).toBeGreaterThan(FRAMES / 4);
        expect(damage[0]).toBe('the compressed file ends early');
      }
    });
    test('cut in its first octets', async () => {
      for (let left = 4; left < 18; left++) await expect(read(packed.subarray(0, left))).rejects.toThrow(MtucalcError);
    });
    test('garbage behind it is told, and costs nothing', async () => {
      for (const tail of [garbage, garbage.subarray(0, 1)]) {
        const { frames, damage } = await read(Buffer.concat([packed, tail]));
        expect(frames).toBe(FRAMES);
        expect(damage).toEqual([expect.stringMatching(/^behind the compressed data /)]);
      }
    });
    test('an octet changed: what stands before it is read', async () => {
      const changed = Buffer.from(packed);
      changed[changed.length - 2]! ^= 1;
      const { frames, damage } = await read(changed);
      expect(frames).toBe(FRAMES);
      expect(damage).toEqual([expect.stringMatching(/^the compressed data is damaged \(/)]);
    });
    test('a bomb: nothing of it is kept', async () => {
      const head = whole.subarray(0, 24);
      const frames = pcap(Array.from({ length: 140 }, () => ({ octets: new Uint8Array(60_000) })));
      const zeros = pack!(frames.subarray(24));
      const before = process.memoryUsage().arrayBuffers;
      let most = 0;
      const bomb = Readable.from(
        (function* () {
          yield pack!(head);
          for (let n = 0; n < 40; n++) {
            most = Math.max(most, process.memoryUsage().arrayBuffers - before);
            yield zeros;
          }
        })(),
      );
      expect((await analyzeCapture('-', {}, bomb)).totals.frames).toBe(40 * 140);
      expect(most).toBeLessThan(200e6);
    });
  });
}

describe('gzip', () => {
  const packed = zlib.gzipSync(whole);
  test('padding with zeros, as on tapes', async () => {
    expect(await read(Buffer.concat([packed, Buffer.alloc(512)]))).toEqual(undamaged);
  });
  test('a header with name, comment, extra field and check', async () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 65, 0, 66, 66, 0, 7, 7]);
    expect(await read(Buffer.concat([header, packed.subarray(10)]))).toEqual(undamaged);
  });
  test('another method than DEFLATE', async () => {
    await expect(read(Buffer.from([0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0]))).rejects.toThrow('gzip method 9');
  });
});

describe.skipIf(zstdCompressSync === undefined)('zstd', () => {
  const skippable = (last: number, octets: number): Buffer => {
    const frame = Buffer.alloc(8 + octets, 0x28);
    frame.writeUInt32LE(0x184d2a50 + last);
    frame.writeUInt32LE(octets, 4);
    return frame;
  };
  test('frames to be skipped: in front, in between, at the end', async () => {
    const halves = [whole.subarray(0, half), whole.subarray(half)].map((octets) => zstd!(octets));
    const file = Buffer.concat([skippable(0, 5), halves[0]!, skippable(15, 100_000), halves[1]!, skippable(1, 0)]);
    for (const piece of [undefined, 1000]) expect(await read(file, piece)).toEqual(undamaged);
    expect((await read(Buffer.concat([...halves, skippable(3, 9).subarray(0, 12)]))).damage).toEqual([
      'the compressed file ends early',
    ]);
  });
  test('a window that would take gigabytes is refused', async () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00]);
    await expect(read(frame)).rejects.toThrow('more than 128 MB');
  });
});

test.skipIf(zstdCompressSync !== undefined)('zstd where Node has none: what to do instead', async () => {
  const failure = await read(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0])).catch((error: MtucalcError) => error);
  expect(failure).toMatchObject({
    message: expect.stringMatching(/cannot read zstd; 22\.15 and later can/),
    hint: expect.stringContaining('zstd -dc FILE | mtucalc analyze -'),
  });
});

describe('a gzip header', () => {
  /** FLG.FNAME 8, FLG.FCOMMENT 16, RFC 1952 2.3.1. */
  const withText = (flag: number, octets: number): Buffer => {
    const packed = zlib.gzipSync(whole);
    packed[3] = flag;
    return Buffer.concat([packed.subarray(0, 10), Buffer.alloc(octets, 'a'), Buffer.of(0), packed.subarray(10)]);
  };
  const rows = [
    ['file name', 8],
    ['comment', 16],
  ] as const;
  test('the limit is 64 KiB', () => expect(LONGEST_TEXT).toBe(65_536));
  test.for(rows)('%s up to the limit', async ([, flag]) => {
    expect((await read(withText(flag, LONGEST_TEXT - 1))).frames).toBe(FRAMES);
  });
  test.for(rows)('%s above it is refused, not waited for', async ([name, flag]) => {
    await expect(read(withText(flag, LONGEST_TEXT))).rejects.toThrow(`a ${name} of more than ${LONGEST_TEXT} octets`);
  });
});

describe('a gzip file of many members', () => {
  const empty = zlib.gzipSync(Buffer.alloc(0));
  const pieces = (octets: number): Buffer[] =>
    Array.from({ length: Math.ceil(whole.length / octets) }, (_, index) =>
      zlib.gzipSync(whole.subarray(index * octets, (index + 1) * octets)),
    );
  const rows = [
    ['small ones', pieces(700)],
    ['small and large ones', [...pieces(5000).slice(0, 20), zlib.gzipSync(whole.subarray(100_000))]],
    ['large ones', pieces(200_000)],
    ['empty ones between', pieces(20_000).flatMap((piece) => [empty, piece, empty])],
    ['a thousand empty ones behind', [zlib.gzipSync(whole), ...Array.from({ length: 1000 }, () => empty)]],
  ] as const;
  test.for(rows)('%s', async ([, members]) => {
    const { frames, damage } = await read(Buffer.concat(members));
    expect([frames, damage]).toEqual([FRAMES, []]);
  });
  test.for(['checksum', 'length', 'content'] as const)('a wrong %s in one of them is named', async (what) => {
    const members = pieces(7000);
    const broken = members[30]!;
    const at = { checksum: broken.length - 8, length: broken.length - 4, content: 300 }[what];
    broken[at]! ^= 0xff;
    const { frames, damage } = await read(Buffer.concat(members));
    expect(frames).toBeGreaterThan(140);
    expect(frames).toBeLessThan(160);
    expect(damage[0]).toContain('the compressed data is damaged');
  });
});
