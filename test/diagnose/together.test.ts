import { expect, test } from 'vitest';
import type { ReadThing } from '../../src/diagnose/answer.js';
import { targetOf } from '../../src/diagnose/together.js';

test.for([
  [575, 'flow', null],
  [576, 'flow', 576],
  [1400, 'none', null],
] as const)('a PTB of %i about %s leads to %s', ([mtu, match, target]) => {
  const thing = { name: 'x.pcap', capture: { ptbs: [{ mtu, match }] } } as unknown as ReadThing;
  expect(targetOf(null, [], [thing])?.mtu ?? null).toBe(target);
});
