import { describe, expect, test } from 'vitest';
import { F, ROW_WORDS } from '../../../src/analyze/flow/flow-columns.js';
import { factsOf } from '../../../src/analyze/flow/flow-row.js';
import { FlowPacker, unpacked } from '../../../src/analyze/flow/packed-flows.js';

/** Rows of a table as flows would leave them: chance in some words, beginnings in an order that is not theirs. */
function tableOf(rows: number, density: number) {
  const words = new Int32Array(rows * ROW_WORDS);
  let state = 7;
  const chance = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  for (let row = 0; row < rows; row++) {
    // What is no number of the table's own stays a small one: some words are times of which two make one.
    for (let word = 1; word < ROW_WORDS; word++)
      if (chance() < density) words[row * ROW_WORDS + word] = Math.floor(chance() * 100);
    words[row * ROW_WORDS + F.FIRST_FRAME] = ((row * 7919) % rows) + 1;
  }
  return {
    words,
    times: new Float64Array(words.buffer),
    last: Float64Array.from({ length: rows }, (_, row) => row / 8),
  };
}

describe('flows that are kept packed', () => {
  test.for([0, 1, 255, 256, 257, 600])('%i of them are what they were, in the order they began', (count) => {
    const table = tableOf(Math.max(1, count), 0.3);
    const packer = new FlowPacker();
    for (let row = 0; row < count; row++) packer.add(table, row, row + 1);
    const wanted = Array.from({ length: count }, (_, row) => factsOf(table, row, row + 1)).sort(
      (one, other) => one.firstFrame - other.firstFrame,
    );
    const packed = packer.finish();
    expect(packed.count).toBe(count);
    expect([...unpacked(packed)]).toEqual(wanted);
  });
  test('a flow that is like the first takes a thirtieth, one that is wholly different no more than a thirtieth more', () => {
    const size = (density: number, same: boolean): number => {
      const table = tableOf(256, density);
      const packer = new FlowPacker();
      for (let row = 0; row < 256; row++) packer.add(table, same ? 0 : row, 1);
      return packer.finish().blocks.reduce((sum, { words }) => sum + words.length, 0) / 256 / ROW_WORDS;
    };
    expect(size(0.5, true)).toBeLessThan(1 / 25);
    expect(size(1, false)).toBeLessThan(1 + 1 / 25);
  });
});
