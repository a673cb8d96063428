import { describe, expect, test } from 'vitest';
import { droppedOf } from '../../src/capture/text/dropped.js';
import { ethernet, filled, ipv4, join, tcp } from '../packet/packets.js';
import { block, enhanced, iface, option, order, read, section } from './files.js';
import { judgedText, upload } from './text/read.js';

const frame = ethernet(0x0800, ipv4(6, tcp(filled(30))));
const IFDROP = 5;
const OSDROP = 7;
const RECEIVED = 4;
const START = 2;

describe.for([true, false])('a statistics block, little endian: %s', (little) => {
  const { u32 } = order(little);
  const u64 = (value: number): number[] => (little ? [...u32(value), ...u32(0)] : [...u32(0), ...u32(value)]);
  const statistics = (index: number, ...options: number[][]): Uint8Array =>
    block(5, join(u32(index), u32(0), u32(0), ...options, option(0, [], little)), little);
  const dropped = (...blocks: Uint8Array[]): number =>
    read(
      join(section(little), iface(1, [], 0, little), iface(1, [], 0, little), enhanced(frame, {}, little), ...blocks),
    ).report.dropped;

  test('says nothing', () => expect(dropped()).toBe(0));
  test('counts what interface and system dropped', () =>
    expect(dropped(statistics(0, option(IFDROP, u64(3), little), option(OSDROP, u64(40), little)))).toBe(43));
  test('what was received is no loss', () => expect(dropped(statistics(0, option(RECEIVED, u64(9), little)))).toBe(0));
  test('as dumpcap writes it where nothing was lost', () =>
    expect(
      dropped(
        statistics(
          0,
          option(START, u64(1_700_000), little),
          option(RECEIVED, u64(91), little),
          option(IFDROP, u64(0), little),
        ),
      ),
    ).toBe(0));
  test('later blocks of an interface count on', () =>
    expect(dropped(statistics(0, option(OSDROP, u64(5), little)), statistics(0, option(OSDROP, u64(7), little)))).toBe(
      7,
    ));
  test('each interface by itself', () =>
    expect(dropped(statistics(0, option(OSDROP, u64(5), little)), statistics(1, option(OSDROP, u64(7), little)))).toBe(
      12,
    ));
  test('a counter that is not kept', () =>
    expect(dropped(statistics(0, option(OSDROP, [255, 255, 255, 255, 255, 255, 255, 255], little)))).toBe(0));
  test('an option that reaches beyond its block', () => {
    const wrong = option(OSDROP, u64(5), little);
    wrong[little ? 2 : 3] = 200;
    expect(dropped(statistics(0, wrong))).toBe(0);
  });
  test('a block without options', () => expect(dropped(block(5, new Uint8Array(12), little))).toBe(0));
});

test.for([
  ['7 packets dropped by kernel', 7],
  ['1 packet dropped by interface', 1],
  ['12 packets dropped from eth0', 12],
  ["Packets received/dropped on interface 'eth0': 100/5 (pcap:5/dumpcap:0/flushed:0/ps_ifdrop:0) (95.2%)", 5],
  ['7 packets received by filter', null],
  ['packets dropped by kernel', null],
  ['he said that 7 packets dropped by kernel', null],
] as const)('%s', ([line, count]) => expect(droppedOf(line)).toBe(count));

describe('what a recorder prints below its lines', () => {
  const judged = (below: string) => judgedText(upload({ times: 4, answered: true }) + below);
  const codes = (below: string): string[] => judged(below).findings.map(({ code }) => code);
  const end = (count: number): string =>
    `14 packets captured\n20 packets received by filter\n${count} packets dropped by kernel\n`;
  test('nothing lost', () => expect(codes(end(0))).not.toContain('capture-dropped'));
  test('some lost', () => {
    const { findings } = judged(end(6));
    expect(findings.find(({ code }) => code === 'capture-dropped')).toMatchObject({ severity: 'warning' });
    expect(findings.find(({ code }) => code === 'capture-dropped')?.says).toContain('lost 6 packets');
  });
});
