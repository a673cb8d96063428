import { describe, expect, test } from 'vitest';
import { FULL_TTL, type ProbeReply } from '../../src/probe/engine.js';
import { Ledger } from '../../src/probe/ledger.js';

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
