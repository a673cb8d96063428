import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/probe/result.js';
import { changeKind } from '../../../src/probe/watch/change.js';
import { allowance, newPath, noted, spent } from '../../../src/probe/watch/path.js';
import type { MeasuredReading, Reading } from '../../../src/probe/watch/reading.js';

const read = (verdict: Verdict, low: number, high = low, more: Partial<MeasuredReading> = {}): MeasuredReading => ({
  at: 1000,
  address: '192.0.2.1',
  family: 4,
  engine: 'raw',
  protocol: 'icmp',
  verdict,
  low,
  high,
  packets: 30,
  elapsedMs: 400,
  ...more,
});
const wide = read('fits', 1500);
const gone: Reading = { at: 1000, error: 'no-host' };

describe('what counts as a change', () => {
  test.for<[string, Reading, Reading, string | null]>([
    ['one octet less', wide, read('pmtud-works', 1499), 'worse'],
    ['the same', wide, read('fits', 1500), null],
    ['one octet more', read('pmtud-works', 1499), wide, 'better'],
    ['the number stays, the router falls silent', read('pmtud-works', 1400), read('black-hole', 1400), 'worse'],
    ['the number stays, the router speaks again', read('black-hole', 1400), read('pmtud-works', 1400), 'better'],
    ['a router names a wrong size', read('pmtud-works', 1400), read('lying-ptb', 1400), 'worse'],
    ['larger, and a hole now', read('pmtud-works', 1400), read('black-hole', 1450), 'worse'],
    ['smaller, and no hole any more', read('black-hole', 1450), read('pmtud-works', 1400), 'worse'],
    ['a hole with bounds below', wide, read('black-hole', 1380, 1499), 'worse'],
    ['a hole with bounds that hold the old number', read('black-hole', 1400), read('black-hole', 1380, 1420), null],
    ['loss', wide, read('lossy', 1300, 1400), null],
    ['undecided, though with a number', wide, read('inconclusive', 1400), null],
    ['rationed answers', wide, read('answers-rationed', 1280, 1400), null],
    ['the way back is narrower', wide, read('reply-path-suspect', 1400), null],
    ['packets ran out', wide, read('budget', 1400), null],
    ['flows differ', wide, read('flows-differ', 1400), null],
    ['silence', wide, read('target-silent', 68, 1500), 'silent'],
    ['a name that is gone', wide, gone, 'silent'],
    ['broken off', wide, read('unfinished', 576, 1500), 'silent'],
    ['another family', wide, read('fits', 1400, 1400, { family: 6 }), 'other'],
    ['another host of the name, less', wide, read('fits', 1400, 1400, { address: '192.0.2.2' }), 'other'],
    ['another host of the name, more', read('fits', 1400), read('fits', 1500, 1500, { address: '192.0.2.2' }), 'other'],
    ['another host of the name, the same', wide, read('fits', 1500, 1500, { address: '192.0.2.2' }), null],
    ['another host of the name, a hole', wide, read('black-hole', 1400, 1500, { address: '192.0.2.2' }), null],
    ['another engine sees a hole', read('pmtud-works', 1400), read('black-hole', 1400, 1400, { engine: 'ping' }), null],
    ['another engine, a smaller number', wide, read('pmtud-works', 1400, 1400, { engine: 'errqueue' }), 'worse'],
  ])('%s', ([, before, now, kind]) => {
    expect(changeKind(before, before, now)).toBe(kind);
  });
  test('what came between is no reason to forget: loss, then silence, then less', () => {
    const steps = [wide, read('lossy', 1300, 1500), gone, gone, read('pmtud-works', 1400), read('pmtud-works', 1400)];
    let path = newPath('a', null, null);
    const seen = steps.map((reading, at) => {
      const { path: next, change } = noted(path, { ...reading, at }, 3);
      path = next;
      return change?.kind ?? null;
    });
    expect(seen).toEqual([null, null, 'silent', null, 'worse', null]);
    expect(path).toMatchObject({ changedAt: 4, base: { low: 1400 } });
    expect(path.readings).toHaveLength(3);
  });
  test('an answer again, and nothing changed', () => expect(changeKind(wide, gone, wide)).toBe('answers'));
});

describe('packets in an hour', () => {
  test('half at once, the rest as time goes by, never more than the budget', () => {
    const budget = 1200;
    let path = newPath('a', null, null);
    let sent = 0;
    for (let now = 0; now <= 3600; now += 60) {
      const packets = Math.min(100, allowance(path, budget, now));
      path = spent(path, budget, packets, now);
      sent += packets;
    }
    expect(sent).toBeGreaterThan(1000);
    expect(sent).toBeLessThanOrEqual(budget);
  });
  test('a clock that goes back gives nothing', () => {
    const path = spent(newPath('a', null, null), 100, 50, 5000);
    expect([allowance(path, 100, 4000), allowance(path, 100, 5000), allowance(path, 100, 8600)]).toEqual([0, 0, 50]);
  });
});
