import { describe, expect, test } from 'vitest';
import { boundBetween, boundsOf, largestBound } from '../../../src/analyze/flow/path-bounds.js';
import { PathTable } from '../../../src/analyze/flow/path-table.js';

const words = (from: number, to: number): Int32Array => Int32Array.from([from, 0, 0, 0, to, 0, 0, 0]);

describe('bounds by pair of hosts and direction', () => {
  test('the largest, and the largest of other flows', () => {
    const table = new PathTable();
    const pair = words(0x0a010002, 0x0a020002);
    table.note(pair, 0, 4, 4, 1400, 1, 5);
    table.note(pair, 0, 4, 4, 1500, 2, 7);
    table.note(pair, 0, 4, 4, 1500, 3, 6);
    table.note(pair, 4, 0, 4, 600, 1, 5);
    expect([...boundsOf(table.bounds())]).toEqual([
      {
        from: '10.1.0.2',
        to: '10.2.0.2',
        family: 4,
        arrived: 1500,
        flow: 2,
        last: 7,
        elsewhere: 1500,
        elsewhereLast: 6,
      },
      { from: '10.2.0.2', to: '10.1.0.2', family: 4, arrived: 600, flow: 1, last: 5, elsewhere: 0, elsewhereLast: 0 },
    ]);
  });
  test('more pairs than there is room for are passed over', () => {
    const table = new PathTable();
    for (let host = 1; host <= 5000; host++) table.note(words(host, 0x0a020002), 0, 4, 4, 1000 + (host % 500), host, 1);
    const bounds = [...boundsOf(table.bounds())];
    expect(bounds).toHaveLength(4096);
    expect(bounds[4095]).toMatchObject({ from: '0.0.16.0', arrived: 1000 + (4096 % 500) });
  });
  test('by name, and the largest of all', () => {
    const table = new PathTable();
    expect(largestBound(table.bounds())).toBe(0);
    table.note(words(0x0a010002, 0x0a020002), 0, 4, 4, 1400, 1, 5);
    table.note(words(0x0a010003, 0x0a020002), 0, 4, 4, 600, 2, 5);
    const bounds = table.bounds();
    expect(largestBound(bounds)).toBe(1400);
    expect(boundBetween(bounds, '10.1.0.3', '10.2.0.2')?.arrived).toBe(600);
    expect(boundBetween(bounds, '10.2.0.2', '10.1.0.3')).toBeUndefined();
  });
});
