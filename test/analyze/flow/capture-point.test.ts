import { expect, test } from 'vitest';
import { CapturePoints } from '../../../src/analyze/flow/capture-point.js';
import type { Frame } from '../../../src/frame/frame.js';

test('1023 devices have a number of their own, all further ones share the last', () => {
  const points = new CapturePoints();
  const of = (index: number): number => points.of({ linkType: 1, interface: index } as Frame, 0);
  const numbers = Array.from({ length: 1025 }, (_, index) => of(index));
  expect([numbers[0], numbers[1022], numbers[1023], numbers[1024]]).toEqual([0, 1022, 1023, 1023]);
  expect(points.numbered).toBe(1023);
});
