import { expect, test } from 'vitest';
import { fuzzFiles, fuzzFrames } from './fuzz.js';

// The long run of a million frames is `npm run fuzz`.
test('mutated frames break nothing', () => {
  expect(fuzzFrames(1, 10_000)).toEqual([]);
});
test('mutated files break nothing, whole or in pieces', () => {
  expect(fuzzFiles(2, 300)).toEqual([]);
});
