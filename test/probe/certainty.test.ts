import { describe, expect, test } from 'vitest';
import {
  bySizeAlone,
  HOLE_DOUBT,
  HOLE_LOSS,
  inOrder,
  lossBehind,
  silencesInPairs,
  silencesOfHole,
  silencesOfLimit,
  triesFor,
} from '../../src/probe/certainty.js';

describe('each number of silences is the smallest that meets its doubt', () => {
  test.for([
    ['a hole, nothing lost below', 0, HOLE_LOSS],
    ['a hole, half lost below', 0.5, HOLE_LOSS],
    ['a hole, more lost below than is supposed', 0.95, 0.95],
  ] as const)('%s', ([, near, loss]) => {
    const n = silencesOfHole(near);
    expect(loss ** n).toBeLessThanOrEqual(HOLE_DOUBT);
    expect(loss ** (n - 1)).toBeGreaterThan(HOLE_DOUBT);
  });
  test.for([0.15, 0.3, 0.6, 0.9])('one size, at a loss of %d', (loss) => {
    const n = silencesOfLimit(loss);
    expect(loss ** n).toBeLessThanOrEqual(1e-4);
    expect(loss ** (n - 1)).toBeGreaterThan(1e-4);
  });
  test.for([
    [3, 7],
    [6, 4],
    [7, 3],
  ] as const)('in pairs, %i partners answered: %i', ([answered, needed]) => {
    expect(silencesInPairs(answered)).toBe(needed);
  });
  test('44 of them, and tries that are bounded', () => {
    expect([silencesOfHole(0), triesFor(0.5), triesFor(0.9)]).toEqual([44, 7, 8]);
  });
});

test('the loss that so many silences leave possible', () => {
  expect(lossBehind(44)).toBeGreaterThan(0.9);
  expect(lossBehind(43)).toBeLessThan(0.9);
});

test.for([
  [4, 4, 1 / 70],
  [5, 5, 1 / 252],
  [1, 9, 1 / 10],
] as const)('%i answered, then %i not: by chance %d', ([answered, silent, chance]) => {
  expect(inOrder(answered, silent)).toBeCloseTo(chance, 10);
});

test.for([
  // R. A. Fisher's lady tasting tea, and the same with one cup wrong.
  [4, 4, 4, 0, 1 / 70],
  [4, 3, 4, 1, 17 / 70],
  [10, 5, 10, 5, 0.6718591],
  [3, 0, 5, 0, 1],
] as const)('of %i large %i lost, of %i small %i: by chance %d', ([sent, lost, others, alsoLost, chance]) => {
  expect(bySizeAlone({ sent, lost }, { sent: others, lost: alsoLost })).toBeCloseTo(chance, 6);
});
