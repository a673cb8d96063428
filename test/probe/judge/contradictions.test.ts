import { describe, expect, test } from 'vitest';
import { FULL_TTL, type Probe, type ProbeReply, type Quote } from '../../../src/probe/engine.js';
import { contradictions } from '../../../src/probe/judge/contradictions.js';
import { Ledger } from '../../../src/probe/ledger.js';
import type { Verdict } from '../../../src/probe/result.js';

const ok: ProbeReply = { kind: 'arrived', rttMs: 1, from: 't' };
const nothing: ProbeReply = { kind: 'silence' };
const ptb = (nextHopMtu: number): ProbeReply => ({ kind: 'too-big', from: 'r', nextHopMtu });
const hop = (part: Partial<Quote>): ProbeReply => ({
  kind: 'hop',
  from: 'r',
  quote: { length: 1500, ttl: 1, dontFragment: true, moreFragments: false, ...part },
});
type Row = readonly [size: number, reply: ProbeReply, more?: Partial<Probe>];
const times = (n: number, row: Row): Row[] => Array.from({ length: n }, () => row);
function ledgerOf(rows: readonly Row[]): Ledger {
  const ledger = new Ledger('icmp', { budget: 600 });
  for (const [size, reply, more] of rows) ledger.record({ protocol: 'icmp', size, ttl: FULL_TTL, ...more }, reply);
  return ledger;
}
const controls = times(20, [576, ok]);

/** Each kind with evidence for it, and with the nearest evidence that is none. */
const rows: readonly (readonly [string, Verdict, number, number, readonly Row[], readonly string[]])[] = [
  [
    'a hole above a router that speaks',
    'pmtud-works',
    1300,
    1300,
    [
      [1500, ptb(1480)],
      [1480, nothing],
      [1400, ptb(1300)],
      [1300, ok],
    ],
    ['hole-above'],
  ],
  [
    'PTBs that lead all the way down',
    'pmtud-works',
    1300,
    1300,
    [
      [1500, ptb(1480)],
      [1480, ptb(1300)],
      [1400, nothing],
      [1300, ok],
    ],
    [],
  ],
  ['the largest size arrives, but smaller ones met a PTB in between', 'fits', 1500, 1500, [[1500, ok]], []],
  [
    'a larger size arrived by another protocol',
    'black-hole',
    1024,
    1024,
    [
      [1024, ok],
      [1500, ok, { protocol: 'udp' }],
    ],
    ['passes'],
  ],
  [
    'the same size arrived by another protocol',
    'black-hole',
    1024,
    1024,
    [
      [1024, ok],
      [1024, ok, { protocol: 'udp' }],
    ],
    [],
  ],
  [
    'a PTB named the number of a "black hole"',
    'black-hole',
    1400,
    1400,
    [
      [1500, ptb(1400)],
      [1401, nothing],
      [1400, ok],
    ],
    ['named'],
  ],
  [
    'a PTB named another number',
    'black-hole',
    1400,
    1400,
    [
      [1500, ptb(1480)],
      [1480, nothing],
      [1400, ok],
    ],
    [],
  ],
  [
    'a size below the largest vanished four times',
    'fits',
    1500,
    1500,
    [[1500, ok], ...times(4, [1400, nothing])],
    ['window'],
  ],
  ['three times are chance', 'fits', 1500, 1500, [[1500, ok], ...times(3, [1400, nothing])], []],
  ['it arrived once', 'fits', 1500, 1500, [[1500, ok], ...times(4, [1400, nothing]), [1400, ok]], []],
  [
    'a quote without DF',
    'fits',
    1500,
    1500,
    [
      [1500, ok],
      [1500, hop({ dontFragment: false }), { ttl: 2 }],
    ],
    ['cut'],
  ],
  [
    'a quote of a first fragment',
    'pmtud-works',
    1480,
    1480,
    [
      [1500, ptb(1480)],
      [1480, ok],
      [1480, hop({ length: 1396, moreFragments: true }), { ttl: 2 }],
    ],
    ['cut'],
  ],
  [
    'a quote as it was sent',
    'fits',
    1500,
    1500,
    [
      [1500, ok],
      [1500, hop({}), { ttl: 2 }],
    ],
    [],
  ],
  [
    'cut is what df-cleared says',
    'df-cleared',
    1400,
    1400,
    [
      [1500, ok],
      [1500, hop({ dontFragment: false }), { ttl: 2 }],
    ],
    [],
  ],
  [
    'what fitted met silence four times at last',
    'black-hole',
    1400,
    1400,
    [[1400, ok], ...times(4, [1400, nothing])],
    ['lost-again'],
  ],
  ['three times at last are chance', 'black-hole', 1400, 1400, [[1400, ok], ...times(3, [1400, nothing])], []],
  [
    'four silences below what arrives are a window',
    'fits',
    1500,
    1500,
    [...times(4, [1400, nothing]), [1500, ok]],
    ['window'],
  ],
  ['three are none', 'fits', 1500, 1500, [...times(3, [1400, nothing]), [1500, ok]], []],
  [
    'where a quarter is lost anyway no silence makes a window',
    'fits',
    1500,
    1500,
    [...times(4, [1400, nothing]), ...times(5, [576, nothing]), [576, ok], [1500, ok]],
    [],
  ],
  [
    'three times, or answered at the end',
    'black-hole',
    1400,
    1400,
    [[1400, ok], ...times(3, [1400, nothing]), [1400, ok]],
    [],
  ],
];

describe('what speaks against a verdict', () => {
  test.for(rows)('%s', ([, verdict, low, high, evidence, kinds]) => {
    const found = contradictions(ledgerOf([...controls, ...evidence]), { verdict, low, high }, 1500);
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
  });
});
