import { describe, expect, test } from 'vitest';
import { Arena } from '../../src/frame/arena.js';

describe('arena', () => {
  test('cuts one memory into pieces that begin on a cache line of their own and do not overlap', () => {
    const memory = new ArrayBuffer(65_536);
    const arena = new Arena(memory);
    const pieces = [arena.octets(1), arena.int32(17), arena.float64(3), arena.uint32(16), arena.octets(64)];
    let behind = 0;
    for (const { buffer, byteOffset, byteLength } of pieces) {
      expect(buffer).toBe(memory);
      expect(byteOffset % 64).toBe(0);
      expect(byteOffset).toBeGreaterThanOrEqual(behind);
      behind = byteOffset + byteLength;
    }
  });

  test('leaves the lowest 1024 octets alone, as the compiled code counts on', () => {
    expect(new Arena(new ArrayBuffer(4096)).octets(1).byteOffset).toBe(1024);
  });

  test('says what is left, and refuses more', () => {
    const arena = new Arena(new ArrayBuffer(2048));
    arena.octets(1000);
    expect(arena.left).toBe(0);
    expect(() => arena.octets(1)).toThrow('arena: 1 octets wanted, 0 left');
  });

  test('without a memory each array has its own', () => {
    const arena = new Arena();
    expect(arena.int32(4).buffer).not.toBe(arena.int32(4).buffer);
    expect(arena.left).toBe(Number.POSITIVE_INFINITY);
  });
});
