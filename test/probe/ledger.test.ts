import { describe, expect, test } from 'vitest';
import { FULL_TTL, type ProbeReply } from '../../src/probe/engine.js';
import { Ledger } from '../../src/probe/ledger.js';
import { probe } from '../../src/probe/plan/plan.js';

const ok: ProbeReply = { kind: 'arrived', rttMs: 1, from: 'target' };
const nothing: ProbeReply = { kind: 'silence' };
const unasked: ProbeReply = { kind: 'silence', asked: false };

/** `sizes`: + arrived, - silence, 0 could not be asked. */
function ledgerOf(rows: readonly (readonly [number, string])[], paced = false): Ledger {
  const ledger = new Ledger('icmp', { budget: 600 });
  ledger.paced = paced;
  for (const [size, fates] of rows)
    for (const fate of fates)
      ledger.record({ protocol: 'icmp', size, ttl: FULL_TTL }, fate === '+' ? ok : fate === '-' ? nothing : unasked);
  return ledger;
}

describe('silences needed', () => {
  test.for([
    ['25 answers, none lost, by bursts', [[576, '+'.repeat(25)]], false, 4],
    ['in pairs, three partners answered', [[576, '+++']], true, 7],
    ['in pairs, six', [[576, '+'.repeat(6)]], true, 4],
    ['in pairs, seven', [[576, '+'.repeat(7)]], true, 3],
    ['in pairs, one lost: as in bursts', [[576, `${'+'.repeat(8)}-`]], true, 8],
    ['half lost', [[576, '+-'.repeat(10)]], false, 19],
  ] as const)('%s', ([, rows, paced, need]) => {
    expect(ledgerOf(rows, paced).need).toBe(need);
  });
  test('there is no cap: with nine of ten lost an interval is all there is', () => {
    expect(ledgerOf([[576, '+---------'.repeat(3)]]).need).toBeGreaterThan(100);
  });
});

test.for([
  ['tcp', 'udp', 'udp'],
  ['icmp', 'udp', 'icmp'],
  ['tcp', null, 'tcp'],
] as const)('%s, connections asked for hops by %s: a TTL-limited probe goes by %s', ([protocol, beside, by]) => {
  const ledger = new Ledger(protocol, { budget: 10 });
  ledger.besideConnections = beside;
  expect([probe(ledger, 1400, 3).protocol, probe(ledger, 1400).protocol]).toEqual([by, protocol]);
});

describe('a hole', () => {
  const above = (silences: number, below = '++++') =>
    ledgerOf([
      [576, '+'.repeat(8)],
      [1400, below],
      [1401, '-'.repeat(silences)],
    ]);
  test('is proven by 44 silences, not by 43, and only then bounds the number', () => {
    expect([above(43).lacking, above(43).proven]).toEqual([1, Number.POSITIVE_INFINITY]);
    expect([above(44).lacking, above(44).proven]).toEqual([0, 1401]);
    // The search goes by less.
    expect(above(43).high).toBe(1401);
  });
  test('wants more where the sizes just below are lost as well', () => {
    expect(above(44, '+---------').isHole).toBe(false);
  });
  test('another protocol counts where one that fits was answered behind what vanished', () => {
    const ledger = above(42);
    ledger.record({ protocol: 'udp', size: 1401, ttl: FULL_TTL }, nothing);
    ledger.record({ protocol: 'udp', size: 1401, ttl: FULL_TTL }, nothing);
    expect(ledger.isHole).toBe(false);
    ledger.record({ protocol: 'udp', size: 1400, ttl: FULL_TTL }, ok);
    expect(ledger.isHole).toBe(true);
  });
});

describe('what silence says', () => {
  const rows = [
    [576, '++++++++'],
    [1400, '++'],
    [1401, '---'],
  ] as const;
  test('enough of it is a limit, one less is none', () => {
    expect(ledgerOf(rows, true).high).toBe(1401);
    expect(ledgerOf([...rows.slice(0, 2), [1401, '--']], true).high).toBe(Number.POSITIVE_INFINITY);
  });
  test('a packet that could not be sent says nothing', () => {
    expect(ledgerOf([...rows.slice(0, 2), [1401, '--0']], true).high).toBe(Number.POSITIVE_INFINITY);
  });
  test('discounted, it says nothing', () => {
    const ledger = ledgerOf(rows, true);
    ledger.discountSilence();
    expect([ledger.high, ledger.silentSizes(), ledger.low]).toEqual([Number.POSITIVE_INFINITY, [], 1400]);
  });
  test('only the loss is forgotten: what vanished beside an answer stays vanished', () => {
    const ledger = ledgerOf([...rows, [1300, '--']], true);
    expect(ledger.loss.lost).toBe(2);
    ledger.discountLoss();
    expect([ledger.loss.lost, ledger.silentSizes()]).toEqual([0, [1401, 1401, 1401]]);
  });
  test('an answer that comes late takes it back', () => {
    const ledger = new Ledger('icmp', { budget: 10 });
    const probe = { protocol: 'icmp', size: 1400, ttl: FULL_TTL } as const;
    ledger.record(probe, nothing);
    ledger.amend(probe, ok);
    expect([ledger.low, ledger.silentSizes()]).toEqual([1400, []]);
  });
  test('of a path that has changed nothing is kept', () => {
    const ledger = ledgerOf(rows, true);
    ledger.startAnew();
    expect([ledger.low, ledger.high, ledger.entries.length]).toEqual([0, Number.POSITIVE_INFINITY, 13]);
  });
  test('another flow and another port are not counted', () => {
    const ledger = ledgerOf(rows, true);
    ledger.record({ protocol: 'icmp', size: 1500, ttl: FULL_TTL, flow: 2 }, ok);
    ledger.record({ protocol: 'icmp', size: 1500, ttl: FULL_TTL, port: 80 }, ok);
    expect(ledger.low).toBe(1400);
  });
});
