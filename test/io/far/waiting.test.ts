import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Waiting } from '../../../src/io/far/waiting.js';

class Fake extends EventEmitter {
  gone = false;
  resetAndDestroy(): void {
    this.gone = true;
  }
}

/** Connections in the order they come; answers which of them are still there. */
function left(addresses: readonly string[]): boolean[] {
  const waiting = new Waiting();
  const all = addresses.map((from) => {
    const socket = new Fake();
    waiting.add(socket as unknown as Socket, from, () => {});
    return socket;
  });
  const there = all.map(({ gone }) => !gone);
  waiting.close();
  return there;
}
const times = (count: number, address: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => address(i));
const kept = (list: readonly boolean[]): number => list.filter(Boolean).length;

describe('places of those who have proven nothing', () => {
  test.for([
    ['32 of one address', times(32, () => '192.0.2.1'), 32],
    ['one more pushes out the oldest of them', times(33, () => '192.0.2.1'), 32],
    ['addresses of one 64-bit prefix are one source', times(33, (i) => `2001:db8:0:1::${i + 1}`), 32],
    ['of 33 prefixes each has its place', times(33, (i) => `2001:db8:0:${i + 1}::1`), 33],
    ['64 in all', times(64, (i) => `192.0.2.${i + 1}`), 64],
    ['and no more', times(65, (i) => `192.0.2.${i + 1}`), 64],
  ] as const)('%s', ([, addresses, places]) => {
    expect(kept(left(addresses))).toBe(places);
    // The newest is always let in.
    expect(left(addresses).at(-1)).toBe(true);
  });
  test('a flood out of one prefix leaves who was there before it, and who comes after', () => {
    const all = left(['198.51.100.1', ...times(200, (i) => `2001:db8::${(i + 1).toString(16)}`), '198.51.100.2']);
    expect([all[0], all.at(-1), kept(all)]).toEqual([true, true, 34]);
  });
  test('where all places are taken the source that holds most gives one', () => {
    const all = left([
      ...times(31, (i) => `192.0.2.${i + 1}`),
      ...times(32, () => '203.0.113.1'),
      '192.0.2.99',
      '192.0.2.100',
    ]);
    expect(all.slice(0, 31).every(Boolean)).toBe(true);
    expect(all.slice(31, 63)).toEqual([false, ...Array.from({ length: 31 }, () => true)]);
  });
});
