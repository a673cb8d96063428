import { describe, expect, test } from 'vitest';
import { FULL_TTL, type ProbeReply } from '../../../src/probe/engine.js';
import { judge } from '../../../src/probe/judge/verdict.js';
import { Ledger } from '../../../src/probe/ledger.js';
import { type Found, nothingYet, type SearchOptions } from '../../../src/probe/plan/found.js';

const ok: ProbeReply = { kind: 'arrived', rttMs: 1, from: 't' };
const nothing: ProbeReply = { kind: 'silence' };
const ptb = (nextHopMtu: number | null): ProbeReply => ({ kind: 'too-big', from: 'r', nextHopMtu });
type Row = readonly [size: number, reply: ProbeReply];

function judged(family: 4 | 6, rows: readonly Row[], more: Partial<Found>) {
  const ledger = new Ledger('icmp', { budget: 600 });
  for (const [size, reply] of rows) ledger.record({ protocol: 'icmp', size, ttl: FULL_TTL }, reply);
  const options: SearchOptions = {
    family,
    controlSize: family === 4 ? 576 : 1280,
    max: 1500,
    localMtu: 1500,
    protocols: ['icmp'],
    explicit: null,
    quotes: true,
    everyHop: false,
    sweep: false,
    mss: false,
  };
  return judge(ledger, { ...nothingYet(), done: true, ...more }, options);
}

describe('nothing arrives: a PTB that can be right is the limit, of another only that the packet was refused', () => {
  test.for([
    [4, 1499, 1499],
    [4, 1500, 1499],
    [4, 1501, 1499],
    [4, 68, 68],
    [4, 67, 1499],
    [4, 0, 1499],
    [4, null, 1499],
    [6, 1280, 1280],
    [6, 1279, 1499],
  ] as const)('IPv%i, PTB of %s about 1500 octets: at most %i', ([family, claim, high]) => {
    const rows: Row[] = [
      [1280, nothing],
      [1500, ptb(claim)],
    ];
    expect(judged(family, rows, {})).toMatchObject({ verdict: 'target-silent', high });
  });
});

describe('IPv6: the first large answer is lost, those that follow come', () => {
  test.for([
    [0, 3, 'local-limit'],
    [1, 2, 'local-limit'],
    [1, 3, 'reply-path-suspect'],
  ] as const)('%i lost, %i come: %s', ([lost, come, verdict]) => {
    const rows: Row[] = [
      [1280, ok],
      ...Array.from({ length: lost }, (): Row => [1500, nothing]),
      ...Array.from({ length: come }, (): Row => [1500, ok]),
    ];
    expect(judged(6, rows, { localLimit: 1500 }).verdict).toBe(verdict);
  });
  test('one that is missing among them is loss', () => {
    const rows: Row[] = [
      [1280, ok],
      [1500, nothing],
      [1500, ok],
      [1500, ok],
      [1500, nothing],
      [1500, ok],
    ];
    expect(judged(6, rows, { localLimit: 1500 }).verdict).toBe('local-limit');
  });
});
