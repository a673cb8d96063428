import { describe, expect, test } from 'vitest';
import { Hosts, ipv4Of } from '../../../src/capture/text/hosts.js';
import { LineCutter } from '../../../src/capture/text/lines.js';
import { blankTcp, type PrintedPacket } from '../../../src/capture/text/printed.js';
import { Recent } from '../../../src/capture/text/recent.js';
import { Streams } from '../../../src/capture/text/streams.js';

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
  expect(recent.refused('a', null, 1400, 12)).toBe(sent);
  expect(recent.refused('a', null, 1400, 12.01)).toBeUndefined();
  expect([recent.sentTo('a', 'b', 1400, 12), recent.sentTo('a', 'b', 1400, 12.01)]).toEqual([true, false]);
});

test('the next segment is known of one connection between two hosts, of two it is not', () => {
  const streams = new Streams();
  const segment = (source: string, destination: string, sourcePort: string, destinationPort: string): void =>
    streams.note({ source, destination, sourcePort, destinationPort } as PrintedPacket, {
      ...blankTcp,
      seq: 1,
      ack: 1,
      payload: 10,
    });
  const next = () => streams.next({ source: 'a', destination: 'b' } as PrintedPacket, 100);
  segment('a', 'b', '40000', '443');
  expect(next()).toBeNull();
  segment('b', 'a', '443', '40000');
  expect(next()).toMatchObject({ sourcePort: '40000', tcp: { seq: 11, payload: 80 } });
  segment('a', 'b', '40001', '443');
  expect(next()).toBeNull();
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
  ] as const)('%s', ([text, is]) => expect(ipv4Of(text) !== null).toBe(is));
  test('4096 names have an address of their own, further ones share the last', () => {
    const hosts = new Hosts();
    const made = Array.from({ length: 4098 }, (_, n) => hosts.octets(`host-${n}`, 4).join('.'));
    expect(hosts.names).toHaveLength(4096);
    expect(new Set(made.slice(0, 4096)).size).toBe(4096);
    expect(made[4097]).toBe(made[4096]);
  });
});
