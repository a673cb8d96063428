import { describe, expect, test } from 'vitest';
import { FULL_TTL, type ProbeReply } from '../../../src/probe/engine.js';
import { Ledger } from '../../../src/probe/ledger.js';
import { rationed } from '../../../src/probe/plan/narrow.js';
import { Pace, pair } from '../../../src/probe/plan/pair.js';

const ok: ProbeReply = { kind: 'arrived', rttMs: 1, from: 't' };
const nothing: ProbeReply = { kind: 'silence' };
const told: ProbeReply = { kind: 'too-big', from: 'r', nextHopMtu: 1400 };

function known(low = 1400): Ledger {
  const ledger = new Ledger('icmp', { budget: 600 });
  ledger.paced = true;
  for (const size of [576, low]) ledger.record({ protocol: 'icmp', size, ttl: FULL_TTL }, ok);
  return ledger;
}

/** Plays one pair against given replies. */
function play(ledger: Ledger, size: number, pace: Pace, replies: readonly ProbeReply[]) {
  const plan = pair(ledger, size, 576, pace);
  const batch = plan.next();
  if (batch.done) throw new Error('nothing was sent');
  return { batch: batch.value, end: plan.next(replies.slice(0, batch.value.probes.length)) };
}

describe('a size, and one that fits right behind it', () => {
  test.for([
    ['arrived', [ok, nothing], 0],
    ['refused', [told, ok], 0],
    ['vanished', [nothing, ok], 1],
    ['unheard', [nothing, nothing], 0],
  ] as const)('%s', ([outcome, replies, counted]) => {
    const ledger = known();
    const { batch, end } = play(ledger, 1450, new Pace(0), replies);
    expect(batch.probes.map(({ size }) => size)).toEqual([1450, 1400]);
    expect(end).toMatchObject({ done: true, value: outcome });
    // Silence beside silence is no evidence.
    expect(ledger.silentSizes(1400)).toHaveLength(counted);
  });
  test('two that are not heard slow it down at first, three later; a small packet joins after the first', () => {
    const pace = new Pace(0);
    const ledger = known();
    const pauses: number[] = [];
    const sent: number[] = [];
    for (const replies of [
      [nothing, nothing],
      [nothing, nothing, ok],
      [nothing, ok],
      [nothing, nothing],
      [nothing, nothing, ok],
      [nothing, nothing, ok],
    ]) {
      const { batch } = play(ledger, 1450, pace, replies);
      pauses.push(batch.pauseMs);
      sent.push(batch.probes.length);
    }
    expect(pauses).toEqual([60, 60, 150, 150, 150, 150]);
    expect(sent).toEqual([2, 3, 3, 2, 3, 3]);
    expect(pace.pauseMs).toBe(300);
  });
  test('five times the small one alone: the path has changed; four times are not enough', () => {
    const pace = new Pace(0);
    const ledger = known();
    play(ledger, 1450, pace, [nothing, nothing]);
    for (let n = 0; n < 4; n++) play(ledger, 1450, pace, [nothing, nothing, ok]);
    expect(pace.moved).toBe(false);
    play(ledger, 1450, pace, [nothing, nothing, ok]);
    expect(pace.moved).toBe(true);
  });
});

describe('a burst that says more of the pace than of sizes', () => {
  /** + answered, - lost; all of a size that fits. */
  const share = (fates: string): number | null => {
    const ledger = known();
    const from = ledger.entries.length;
    for (const fate of fates)
      ledger.record({ protocol: 'icmp', size: 576, ttl: FULL_TTL }, fate === '+' ? ok : nothing);
    return rationed(ledger, ledger.entries.slice(from));
  };
  test.for([
    ['the first five of twelve: a bucket', '+++++-------', 7 / 12],
    ['the same, less than half lost', '+++++++++----', 4 / 13],
    ['three lost at the end are chance', '+++++++++---', null],
    ['less than half lost here and there', '+-++-+-+-++', null],
    ['more than half lost here and there', '-+--+-+-+--', 7 / 11],
    ['nothing is answered', '------', 1],
    ['all is answered', '++++++++', null],
  ] as const)('%s', ([, fates, expected]) => {
    if (expected === null) expect(share(fates)).toBeNull();
    else expect(share(fates)).toBeCloseTo(expected);
  });
});
