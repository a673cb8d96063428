import { describe, expect, test } from 'vitest';
import { short, span, ticks } from '../../../src/report/html/axis.js';

describe('marks on an axis', () => {
  test.for([
    [1500, 4, { whole: true }, [0, 500, 1000, 1500]],
    [15, 4, { whole: true }, [0, 5, 10, 15]],
    [1, 4, { whole: true }, [0, 1]],
    [3, 4, { whole: true }, [0, 1, 2, 3]],
    [54, 4, { whole: true }, [0, 20, 40, 60]],
    [65_535, 4, { whole: true }, [0, 20_000, 40_000, 60_000, 80_000]],
    [5.15, 6, { above: false }, [0, 1, 2, 3, 4, 5]],
    [0.3, 3, { above: false }, [0, 0.1, 0.2, 0.3]],
    [0, 4, { whole: true }, [0, 1]],
  ] as const)('up to %s in about %s parts, %o', ([most, parts, how, marks]) => {
    expect(ticks(most, parts, how)).toEqual(marks);
  });
  test('round, few, and reaching whatever the size', () => {
    const wrong = [];
    for (let most = 1; most < 1e10; most = Math.ceil(most * 1.01)) {
      const marks = ticks(most, 4, { whole: true });
      if (marks.length > 6 || marks[marks.length - 1]! < most || !marks.every(Number.isInteger)) wrong.push(most);
    }
    expect(wrong).toEqual([]);
  });
});

test.for([
  [0, '0'],
  [9999, '9999'],
  [65_535, '65.5 k'],
  [1_500_000, '1.5 M'],
  [8e9, '8 G'],
] as const)('%s stands as %s beside an axis', ([value, says]) => {
  expect(short(value)).toBe(says);
});

test.for([
  [0, '0 ms'],
  [0.0213, '21.3 ms'],
  [3.64, '3.64 s'],
  [4000, '66.7 min'],
  [90_000, '25 h'],
  [2e9, '23100 days'],
] as const)('%s seconds are %s', ([seconds, says]) => {
  expect(span(seconds)).toBe(says);
});
