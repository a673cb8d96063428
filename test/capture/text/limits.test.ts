import { describe, expect, test } from 'vitest';
import { Hosts } from '../../../src/capture/text/hosts.js';
import { LineCutter } from '../../../src/capture/text/lines.js';
import { Recent } from '../../../src/capture/text/recent.js';
import { ipv4OctetsIn } from '../../../src/packet/address-octets.js';

test('a PTB answers what was sent two seconds before, and nothing older', () => {
  const recent = new Recent();
  const sent = {
    destination: 'b',
    protocol: 6,
    sourcePort: 1,
    destinationPort: 2,
    number: 3,
    ipLength: 1500,
    time: 10,
  };
  recent.note('a', sent);
  expect(recent.refused('a', null, 1400, 12)).toEqual(sent);
  expect(recent.refused('a', null, 1400, 12.01)).toBeUndefined();
  expect([recent.sentTo('a', 'b', 1400, 12), recent.sentTo('a', 'b', 1400, 12.01)]).toEqual([true, false]);
});

test('a line break of two characters in two pieces is one', () => {
  const lines: string[] = [];
  const cutter = new LineCutter(new Uint8Array());
  for (const piece of ['a\r', '\nb\r', 'c\n', '\nd'])
    cutter.cut(new TextEncoder().encode(piece), (line) => lines.push(line));
  cutter.end((line) => lines.push(line));
  expect(lines).toEqual(['a', 'b', 'c', '', 'd']);
});

describe('addresses', () => {
  test.for([
    ['255.255.255.255', true],
    ['256.1.1.1', false],
    ['1.2.3', false],
  ] as const)('%s', ([text, is]) => expect(ipv4OctetsIn(text) !== undefined).toBe(is));
  test('4096 names have an address of their own, further ones share the last', () => {
    const hosts = new Hosts();
    const made = Array.from({ length: 4098 }, (_, n) => hosts.octets(`host-${n}`, 4).join('.'));
    expect(hosts.names).toHaveLength(4096);
    expect(new Set(made.slice(0, 4096)).size).toBe(4096);
    expect(made[4097]).toBe(made[4096]);
  });
});
