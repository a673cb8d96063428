import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ReadAhead } from '../../src/io/read-ahead.js';

const folder = mkdtempSync(join(tmpdir(), 'mtucalc-read-ahead-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MARGIN = 16;
const STRETCH = 100;

/** What a reader gets that is done with all but the last `keep` octets of each stretch. */
async function readAll(octets: Uint8Array, buffers: number, keep: number): Promise<number[]> {
  const path = join(folder, 'file');
  writeFileSync(path, octets);
  const file = openSync(path, 'r');
  try {
    const room = Array.from({ length: buffers }, () => new Uint8Array(MARGIN + STRETCH).fill(0xa5));
    const ahead = new ReadAhead(file, STRETCH, MARGIN, room);
    const seen: number[] = [];
    let left: Uint8Array = new Uint8Array(0);
    for (;;) {
      const stretch = await ahead.next(left);
      if (stretch.length === left.length) return [...seen, ...left];
      const used = Math.max(0, stretch.length - keep);
      seen.push(...stretch.subarray(0, used));
      left = stretch.subarray(used);
    }
  } finally {
    closeSync(file);
  }
}

describe('read ahead', () => {
  const lengths = [0, 1, 99, 100, 101, 200, 299, 300, 301, 1234];
  test.for([2, 3, 5])('%i buffers give every octet once and in order, whatever is left over', async (buffers) => {
    for (const length of lengths) {
      const octets = Uint8Array.from({ length }, (_, index) => (index * 37 + 11) & 255);
      for (const keep of [0, 1, MARGIN]) expect(await readAll(octets, buffers, keep)).toEqual([...octets]);
    }
  });

  test('a failure reaches whoever waits for it', async () => {
    const ahead = new ReadAhead(9999, STRETCH, MARGIN, [new Uint8Array(200), new Uint8Array(200)]);
    await expect(ahead.next(new Uint8Array(0))).rejects.toThrow('EBADF');
    await ahead.end();
  });
});
