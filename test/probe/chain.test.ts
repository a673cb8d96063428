import { describe, expect, test } from 'vitest';
import { hangsAt, namedBy } from '../../src/probe/chain.js';
import { FULL_TTL, type ProbeReply } from '../../src/probe/engine.js';
import { Ledger } from '../../src/probe/ledger.js';

/** A row: size, and what it met: a number is a PTB that names it. */
function heard(rows: readonly (readonly [number, 'ok' | '-' | number | null])[]): Ledger {
  const ledger = new Ledger('icmp', { budget: 100 });
  for (const [size, met] of rows) {
    const reply: ProbeReply =
      met === 'ok'
        ? { kind: 'arrived', rttMs: 1, from: 't' }
        : met === '-'
          ? { kind: 'silence' }
          : { kind: 'too-big', from: `r${met}`, nextHopMtu: met };
    ledger.record({ protocol: 'icmp', size, ttl: FULL_TTL }, reply);
  }
  return ledger;
}

describe('where a sender hangs that follows every PTB', () => {
  test.for([
    [
      'one PTB down to what arrives',
      [
        [1500, 1400],
        [1400, 'ok'],
      ],
      null,
    ],
    [
      'three PTBs',
      [
        [1500, 1480],
        [1480, 1400],
        [1400, 1300],
        [1300, 'ok'],
      ],
      null,
    ],
    [
      'a hole between two PTBs',
      [
        [1500, 1480],
        [1480, '-'],
        [1400, 1300],
        [1300, 'ok'],
      ],
      1480,
    ],
    [
      'a hole at the very start',
      [
        [1500, '-'],
        [1400, 1300],
        [1300, 'ok'],
      ],
      1500,
    ],
    [
      'silence above a size that was told about is rationing',
      [
        [1500, 1400],
        [1450, '-'],
        [1401, '-'],
        [1400, 'ok'],
      ],
      null,
    ],
    [
      'no PTB at all',
      [
        [1500, '-'],
        [1400, 'ok'],
      ],
      1500,
    ],
    [
      'a PTB without a number leaves the sender guessing, but told',
      [
        [1500, null],
        [1400, 'ok'],
      ],
      null,
    ],
    [
      'a PTB that leads nowhere',
      [
        [1500, 1500],
        [1400, 'ok'],
      ],
      1500,
    ],
    ['the ceiling arrives', [[1500, 'ok']], null],
  ] as const)('%s', ([, rows, at]) => {
    expect(hangsAt(heard(rows), 1500)).toBe(at);
  });
});

test('a PTB names the very size that arrives, or another one', () => {
  expect(
    namedBy(
      heard([
        [1500, 1400],
        [1400, 'ok'],
      ]),
    )?.from,
  ).toBe('r1400');
  expect(
    namedBy(
      heard([
        [1500, 1390],
        [1400, 'ok'],
      ]),
    ),
  ).toBeUndefined();
});
