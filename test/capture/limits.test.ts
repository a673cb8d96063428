import { describe, expect, test } from 'vitest';
import { DamageList } from '../../src/capture/damage.js';
import { findRecord } from '../../src/capture/pcap-resync.js';
import { ethernet, filled, ipv4, join, tcp } from '../packet/packets.js';
import { enhanced, iface, option, pcap, read, section } from './files.js';

const frame = ethernet(0x0800, ipv4(6, tcp(filled(30))));
const file = (options: number[]) => read(join(section(), iface(1, options), enhanced(frame)));
const named = (name: string): string | undefined =>
  file(option(2, [...new TextEncoder().encode(name)])).report.interfaces[0]?.name;

describe('names of interfaces', () => {
  test.for([
    ['a line break, an escape, a control of eight bits', 'a\nb\u001b[31m\u0085c', 'a.b.[31m.c'],
    ['sixty-four octets are kept', 'x'.repeat(64), 'x'.repeat(64)],
    ['the sixty-fifth is not', `${'x'.repeat(64)}y`, 'x'.repeat(64)],
  ] as const)('%s', ([, name, shown]) => expect(named(name)).toBe(shown));
});
test('an offset of the clock has eight octets: four are none', () => {
  const seconds = (length: number): number | undefined =>
    file(option(14, [100, 0, 0, 0, 0, 0, 0, 0].slice(0, length))).seen[0]?.seconds;
  expect([seconds(8), seconds(4)]).toEqual([100, 0]);
});
test('a hundred places of damage are listed, the others counted', () => {
  const list = new DamageList();
  for (let at = 0; at < 101; at++) list.add(at, 1, 'says');
  expect([list.entries.length, list.dropped]).toEqual([100, 1]);
});
test('three records that are all zeros are odd, four are a hole', () => {
  const damage = (records: number): number =>
    read(new Uint8Array([...pcap([{ octets: frame }]), ...new Uint8Array(16 * records)])).report.damage.length;
  expect([damage(3), damage(4)]).toEqual([0, 1]);
});
test('a record that holds more than there was is no record to go on with', () => {
  const record = (captured: number, original: number): Uint8Array =>
    pcap([{ octets: filled(40), captured, original }]).subarray(24);
  const found = (captured: number): number => {
    const bytes = join(...Array.from({ length: 3 }, () => record(captured, 40)));
    return findRecord(bytes, 0, bytes.length, true, 16, 1_700_000_000);
  };
  expect(found(40)).toBe(0);
  expect(findRecord(join(record(40, 39), record(40, 39), record(40, 39)), 0, 168, true, 16, 1_700_000_000)).toBe(-1);
});
