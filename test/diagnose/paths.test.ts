import { describe, expect, test } from 'vitest';
import type { Carried, ReadThing } from '../../src/diagnose/answer.js';
import { announcedAbove, carriesOf, limitOf, pathFindings } from '../../src/diagnose/paths.js';
import type { ProbeResult } from '../../src/probe/result.js';

const fits = { tunnelMtu: 1422, mss: { ipv4: 1382, ipv6: 1362 }, linkMtu: 1492, says: 'aes', of: 'sa.txt' };
const ours = { value: 1422, from: 'what fits' };
const path = (one: Partial<Carried>): Carried => ({
  to: '10.2.0.1',
  arrived: null,
  refused: null,
  ptb: null,
  of: 'h',
  verdict: 'fits',
  way: 'path',
  ...one,
});
const exactly = (mtu: number, one: Partial<Carried> = {}): Carried => path({ arrived: mtu, refused: mtu + 1, ...one });

describe('a path beside what fits', () => {
  test.for([
    ['as large', exactly(1422), []],
    ['one octet less', exactly(1421, { verdict: 'black-hole' }), ['problem path-narrower']],
    ['one octet more', exactly(1423), ['info path-wider']],
    ['open above what fits', path({ arrived: 1400, refused: 1423 }), []],
    ['open, and below what fits', path({ arrived: 1300, refused: 1422 }), ['problem path-narrower']],
    ['nothing proven', path({}), []],
    ['a PTB of a text', path({ verdict: null, ptb: 1400, refused: 1401 }), ['problem path-narrower']],
    ['the far end, on the link as computed', exactly(1492, { way: 'peer' }), []],
    ['the far end, on a smaller one', exactly(1491, { way: 'peer' }), ['problem link-narrower']],
    ['this host itself', exactly(1000, { way: 'self' }), []],
  ] as const)('%s', ([, one, codes]) => {
    expect(pathFindings(one, fits, ours).map(({ severity, code }) => `${severity} ${code}`)).toEqual(codes);
  });
});

test.for([
  ['measured to the octet', exactly(1400), 1400],
  ['an interval is no number', path({ arrived: 576, refused: 1501 }), null],
  ['a text: what arrived below what was refused', path({ verdict: null, arrived: 1400, refused: 1500 }), 1400],
  ['a text: nothing was refused', path({ verdict: null, arrived: 1400 }), null],
  ['the far end is outside of the tunnel', exactly(1400, { way: 'peer' }), null],
] as const)('the limit that counts: %s', ([, one, mtu]) => {
  expect(limitOf(one)).toBe(mtu);
});

const nothing = { capture: null, imported: null, linted: null, probed: null };
const probed = (one: Partial<ProbeResult>): ReadThing => ({
  name: 'h',
  ...nothing,
  probed: { host: 'h', address: '198.51.100.2', mss: {}, verdict: 'fits', findings: [], ...one } as ProbeResult,
});
const tunnel = {
  name: 'sa.txt',
  ...nothing,
  imported: { rows: [{ between: ['192.0.2.1 > 198.51.100.2'] }] },
} as unknown as ReadThing;

test.for([
  [[probed({ pathMtu: 1400 })], { arrived: 1400, refused: 1401, way: 'path', verdict: 'fits' }],
  [[probed({ interval: { low: 1300, high: 1500 } })], { arrived: 1300, refused: 1501 }],
  [[probed({ interval: { low: 576, high: 1500 }, mss: null })], { arrived: null, refused: 1501 }],
  [[probed({ interval: { low: 1300, high: 1500 }, verdict: 'unfinished' })], { arrived: 1300, refused: null }],
  [[probed({ pathMtu: 1400 }), tunnel], { way: 'peer' }],
  [
    [probed({ pathMtu: 65536, findings: [{ code: 'own-address', severity: 'warning', says: '', evidence: [] }] })],
    { way: 'self' },
  ],
] as const)('what a measurement proves: %#', ([things, is]) => {
  expect(carriesOf(things)[0]).toMatchObject(is);
});

test.for([
  ['10.2.0.1:443', 1361, ['mss-above-path']],
  ['10.2.0.1:443', 1360, []],
  ['10.2.0.2:443', 1460, []],
] as const)('an MSS toward the measured host: %s %d', ([from, mss, codes]) => {
  const flow = { protocol: 'tcp', family: 4, directions: [{ from, to: '10.1.0.1:50000', mss, mssFrame: 1 }] };
  const thing = { name: 'c', ...nothing, capture: { flows: [flow] } } as unknown as ReadThing;
  expect(announcedAbove(exactly(1400), thing).map(({ code }) => code)).toEqual(codes);
});
