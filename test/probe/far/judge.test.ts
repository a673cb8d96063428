import { describe, expect, test } from 'vitest';
import { clampOf, findingsOfWays } from '../../../src/probe/far/judge.js';
import type { MssOnWay, WayResult } from '../../../src/probe/far/result.js';
import { type BulkFacts, unknownOf, wayOf } from '../../../src/probe/far/way.js';

const mss = (sent: number | null, arrives: number | null): MssOnWay => ({
  sent,
  arrives,
  shownBy: arrives === null ? null : 'receiver',
  rewritten: null,
});
const way = (direction: 'there' | 'back', more: Partial<WayResult> = {}): WayResult => ({
  way: direction,
  pathMtu: 1500,
  verdict: 'fits',
  bottleneck: null,
  ptb: [],
  fragments: 'arrive',
  df: null,
  mss: mss(1460, 1460),
  tcp: { fate: 'passes', largest: 1500 },
  probes: 2,
  loss: 0,
  ...more,
});
const codes = (there: WayResult, back: WayResult): string[] =>
  findingsOfWays(there, back, clampOf(there.mss, back.mss), 4).map(({ code, severity }) => `${code} ${severity}`);

describe('clamps', () => {
  test.for([
    [1460, 1460, 'none'],
    [1459, 1460, 'there'],
    [1460, 1459, 'back'],
    [1360, 1360, 'both'],
    [1360, 1361, 'different'],
    [null, 1360, 'unknown'],
    [1360, null, 'unknown'],
  ] as const)('SYN %s, SYN/ACK %s: %s', ([there, back, clamp]) => {
    expect(clampOf(mss(1460, there), mss(1460, back))).toBe(clamp);
  });
  test('an end that announces less than the other is no clamp', () => {
    expect(clampOf(mss(1360, 1360), mss(1460, 1460))).toBe('none');
  });
  test('what was sent must be known too', () => {
    expect(clampOf(mss(null, 1360), mss(1460, 1460))).toBe('unknown');
  });
});

describe('findings', () => {
  const hole = { pathMtu: 1400, verdict: 'black-hole', tcp: { fate: 'hangs', largest: null } } as const;
  test('nothing is said where nothing is wrong', () => {
    expect(codes(way('there'), way('back'))).toEqual([]);
  });
  test('a hole names the direction, and the SYN of the other one that must be clamped', () => {
    const there = way('there', { ...hole, mss: mss(1460, 1360) });
    const found = findingsOfWays(there, way('back'), 'there', 4);
    expect(found.map(({ code }) => code)).toEqual(['way-black-hole', 'ways-differ', 'clamp-uneven', 'way-tcp-hangs']);
    expect(found[3]).toMatchObject({ says: expect.stringContaining('SYN/ACK arrives with MSS 1460') });
    expect(found[3]?.fix).toContain('SYN/ACK going back to 1360');
  });
  test('back, it is the SYN', () => {
    const found = findingsOfWays(way('there'), way('back', hole), 'none', 4);
    expect(found.at(-1)?.fix).toContain('SYN going there to 1360');
    expect(findingsOfWays(way('there'), way('back', hole), 'none', 6).at(-1)?.fix).toContain('to 1340');
  });
  test('a hang that no size explains gets no fix', () => {
    const found = findingsOfWays(way('there', { tcp: hole.tcp }), way('back'), 'none', 4);
    expect(found.map(({ code, fix }) => [code, fix])).toEqual([['way-tcp-hangs', undefined]]);
  });
  test.for([
    ['pmtud-works', 'way-pmtud-works info'],
    ['df-cleared', 'way-df-cleared warning'],
    ['lossy', 'way-uncertain warning'],
  ] as const)('%s', ([verdict, code]) => {
    expect(codes(way('there', { verdict, pathMtu: 1500 }), way('back'))).toEqual([code]);
  });
  test('lost fragments', () => {
    expect(codes(way('there'), way('back', { fragments: 'lost' }))).toEqual(['way-fragments-lost warning']);
  });
});

describe('what was seen of one way', () => {
  const bulk: BulkFacts = {
    tcp: { syn: { mss: 1360, df: true, ttl: 62 }, sent: 1460 },
    sent: 1460,
    sendMax: 1460,
    pathMtu: 1500,
    there: { octets: 16_384, segment: 1460 },
    back: { octets: 16_383, segment: 1360 },
  };
  test('the receiver of the SYN, and of the SYN/ACK', () => {
    expect(wayOf('there', 4, null, bulk, null)).toMatchObject({
      mss: { sent: 1460, arrives: 1360, shownBy: 'receiver' },
      df: 'kept',
      tcp: { fate: 'passes', largest: 1500 },
      verdict: null,
    });
    expect(wayOf('back', 4, null, bulk, null)).toMatchObject({
      mss: { sent: 1460, arrives: 1460 },
      df: null,
      tcp: { fate: 'hangs', largest: null },
    });
  });
  test('a quote shows where, and never how it arrived', () => {
    const at = { hop: 1, address: '192.0.2.1' };
    const quoted = { sent: 1460, arrives: 1300, rewritten: { after: at, before: at }, answer: 1350 };
    expect(wayOf('there', 4, null, null, quoted).mss).toMatchObject({ arrives: null, shownBy: null });
    expect(wayOf('back', 4, null, { ...bulk, sendMax: null }, quoted).mss).toMatchObject({
      arrives: 1350,
      shownBy: 'raw socket',
    });
  });
  test('no word of a connection that never opened', () => {
    expect(wayOf('there', 4, null, null, null)).toMatchObject({
      tcp: { fate: 'no-connection' },
      mss: { arrives: null },
    });
  });
  test('what is not known is said, with its reason', () => {
    const nothing = wayOf('there', 4, null, null, null);
    const far = { udp: true, syn: true, port: 9470 };
    const say = (greeting: unknown, koffi: boolean): string =>
      unknownOf({ greeting, koffi, far, there: nothing, back: wayOf('back', 4, null, null, null) }).join('\n');
    expect(say('silence', true)).toContain('nothing arrived at UDP port 9470');
    expect(say('no-answer', true)).toContain('its answer does not come back');
    expect(say('impossible', false)).toContain('koffi is not here');
    expect(say('silence', true)).toContain('everything of TCP');
  });
});
