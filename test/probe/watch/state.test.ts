import { describe, expect, test } from 'vitest';
import { isOurs } from '../../../src/io/write-files.js';
import { newPath, noted } from '../../../src/probe/watch/path.js';
import { pathsIn, stateText, WATCH_LIMITS } from '../../../src/probe/watch/state.js';
import { targetsIn } from '../../../src/probe/watch/targets.js';
import { reading } from './reading.js';

const path = noted(newPath('a', 4, 1422), reading, 5).path;
const good = JSON.parse(stateText([path])).paths[0];

describe('the state file', () => {
  test('is read as it was written, and begins as our files do', () => {
    const text = stateText([path, newPath('b', null, null), { ...path, family: 6 }]);
    expect(pathsIn(text, 'f')).toEqual([path, newPath('b', null, null), { ...path, family: 6 }]);
    expect(isOurs(text)).toBe(true);
    expect(pathsIn(stateText([]), 'f')).toEqual([]);
  });
  const bad: readonly (readonly [string, unknown])[] = [
    ['a name that is none', { ...good, target: '' }],
    ['a name without end', { ...good, target: 'x'.repeat(256) }],
    ['controls in a name', { ...good, target: 'a\u001b[2J' }],
    ['a family', { ...good, family: 5 }],
    ['an expectation', { ...good, expected: -1 }],
    ['a size', { ...good, base: { ...reading, high: 65_536 } }],
    ['bounds the wrong way', { ...good, base: { ...reading, low: 1501 } }],
    ['a time', { ...good, changedAt: 1e300 }],
    ['a verdict', { ...good, readings: [{ ...reading, verdict: '__proto__' }] }],
    ['an engine', { ...good, readings: [{ ...reading, engine: 'magic' }] }],
    ['an engine in a list', { ...good, readings: [{ ...reading, engine: ['raw'] }] }],
    ['a verdict in a list', { ...good, readings: [{ ...reading, verdict: ['fits'] }] }],
    ['an address', { ...good, readings: [{ ...reading, address: '$(id)' }] }],
    ['packets', { ...good, readings: [{ ...reading, packets: -5 }] }],
    ['readings', { ...good, readings: {} }],
    ['too many readings', { ...good, readings: Array(WATCH_LIMITS.keep + 1).fill(reading) }],
    ['an error', { ...good, readings: [{ at: 1, error: 'a b' }] }],
    ['a reserve', { ...good, spare: { at: 1, packets: Number.NaN } }],
    ['nothing', null],
  ];
  test.for(bad)('%s that mtucalc would not write is refused', ([, one]) => {
    expect(() => pathsIn(`{"mtucalc:watch":1,"paths":[${JSON.stringify(one)}]}`, 'f')).toThrow(/path 1 is not one/);
  });
  test.for([
    ['', /it is no JSON/],
    ['{"mtucalc:watch":2,"paths":[]}', /another form/],
    ['{"mtucalc:watch":1,"paths":{}}', /another form/],
    ['[]', /another form/],
    [`{"mtucalc:watch":1,"paths":[${Array(1025).fill('0').join()}]}`, /more than 1024 paths/],
    [stateText([path, path]), /path 2 is not one/],
  ] as const)('%o', ([text, says]) => expect(() => pathsIn(text, 'f')).toThrow(says));
  test('more in it than is known is dropped, not kept', () => {
    const text = `{"mtucalc:watch":1,"paths":[${JSON.stringify({ ...good, more: 1, readings: [{ ...reading, x: 1 }] })}]}`;
    expect(pathsIn(text, 'f')).toEqual([path]);
  });
});

describe('the list of targets', () => {
  test('a host a line, its MTU, remarks', () => {
    expect(targetsIn('# sites\r\n10.0.0.1\r\n\n[2001:db8::1] 1422 # Oslo\n\tvpn.example.net:4500\n', 'f')).toEqual([
      { target: '10.0.0.1', expected: null },
      { target: '[2001:db8::1]', expected: 1422 },
      { target: 'vpn.example.net:4500', expected: null },
    ]);
  });
  test.for([
    ['a\nb c', /f, line 2: 'c' is no MTU/],
    ['a 67', /no MTU/],
    ['a 65536', /no MTU/],
    ['a 1500 x', /'x' is not expected/],
    ['-oProxy', /is no host/],
    ['x'.repeat(256), /is no host/],
    ['a\u001b[2J', /is no host/],
    [Array.from({ length: 1025 }, (_, i) => `h${i}`).join('\n'), /line 1025: more than 1024/],
  ] as const)('%o', ([text, says]) => expect(() => targetsIn(text, 'f')).toThrow(says));
  test('both ends of an MTU', () => expect(targetsIn('a 68\nb 65535', 'f')).toHaveLength(2));
});
