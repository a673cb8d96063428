import { describe, expect, test } from 'vitest';
import { Clock } from '../../src/capture/clock.js';
import { MOST_INTERFACES } from '../../src/capture/limits.js';
import { MtucalcError } from '../../src/error.js';
import { ethernet, filled, ipv4, join, tcp } from '../packet/packets.js';
import { block, enhanced, iface, option, order, read, section } from './files.js';

const packet = ipv4(6, tcp(filled(30)));
const frame = ethernet(0x0800, packet);
/** 2023-11-14 22:13:20 UTC in microseconds. */
const micro = { high: 396_087, low: 2_165_637_120 };

describe.for([true, false])('little endian: %s', (little) => {
  const { u16, u32 } = order(little);
  const at = (parts: Uint8Array[]) => read(join(section(little), ...parts));

  test('enhanced, simple and old packet blocks', () => {
    const simple = block(3, join(u32(frame.length), frame), little);
    const old = block(
      2,
      join(u16(0), u16(0), u32(micro.high), u32(micro.low), u32(frame.length), u32(1514), frame),
      little,
    );
    const { seen, report } = at([iface(1, [], 0, little), enhanced(frame, micro, little), simple, old]);
    expect(seen).toMatchObject(
      [
        { number: 1, seconds: 1_701_180_000, tcp: true, original: frame.length },
        { number: 2, seconds: 0, tcp: true, captured: frame.length },
        { number: 3, seconds: 1_701_180_000, tcp: true, original: 1514 },
      ].map((row) => (row.seconds ? { ...row, seconds: seen[0]!.seconds } : row)),
    );
    expect(report.damage).toEqual([]);
  });
  test('interfaces with their own link type, clock and name; a second section counts on', () => {
    const names = option(2, [...Buffer.from('eth0')], little);
    const parts = [
      iface(1, names, 0, little),
      iface(101, option(9, [9], little), 0, little),
      enhanced(packet, { index: 1, high: 0, low: 1_500_000_000 }, little),
      section(little),
      iface(228, option(9, [0x80 | 10], little), 0, little),
      enhanced(packet, { index: 0, high: 0, low: 1024 + 512 }, little),
    ];
    const { seen, report } = at(parts);
    expect(seen).toMatchObject([
      { iface: 1, link: 101, seconds: 1, nanoseconds: 500_000_000, tcp: true },
      { iface: 2, link: 228, seconds: 1, nanoseconds: 500_000_000, tcp: true },
    ]);
    expect(report.interfaces.map(({ name }) => name)).toEqual(['eth0', undefined, undefined]);
  });
  test('an offset moves the clock', () => {
    const offset = option(14, little ? [...u32(100), ...u32(0)] : [...u32(0), ...u32(100)], little);
    expect(at([iface(1, offset, 0, little), enhanced(frame, {}, little)]).seen[0]?.seconds).toBe(100);
  });
  test('names, statistics and unknown blocks are passed over; custom blocks take a number as in Wireshark', () => {
    const parts = [
      iface(1, [], 0, little),
      block(4, [], little),
      block(5, filled(8), little),
      block(0xbad, filled(8), little),
    ];
    const { seen, report } = at([...parts, block(77, filled(100), little), enhanced(frame, {}, little)]);
    expect(seen).toMatchObject([{ number: 2 }]);
    expect(report).toMatchObject({ frames: 2, damage: [] });
  });
});

test('sections of different byte order in one file', () => {
  const half = (little: boolean) => join(section(little), iface(1, [], 0, little), enhanced(frame, micro, little));
  const { seen, report } = read(join(half(true), half(false)));
  expect(seen).toHaveLength(2);
  expect(seen[0]?.seconds).toBe(seen[1]?.seconds);
  expect(report.damage).toEqual([]);
});

test('a simple packet is as long as the snap length of the first interface', () => {
  const { u32 } = order(true);
  const simple = block(3, join(u32(1514), frame.subarray(0, 60)));
  expect(read(join(section(), iface(1, [], 60), simple)).seen).toMatchObject([{ captured: 60, original: 1514 }]);
});

describe('in stretches of any length the same comes out', () => {
  const long = block(0x7777, filled(700_000));
  const comment = enhanced(frame, { options: option(1, [...filled(60_000)]) });
  const many = Array.from({ length: 9 }, () => comment);
  const file = join(section(), iface(1), enhanced(frame), long, ...many, enhanced(frame));
  const whole = read(file);
  test('at once', () => {
    expect(whole.report).toMatchObject({ frames: 11, damage: [], octets: file.length });
  });
  test.for([997, 65_536, 300_000])('%d octets', (chunk) => {
    expect(read(file, { chunk })).toEqual(whole);
  });
});

test('cut at every octet: whole blocks are read, the cut is named', () => {
  const parts = [section(), iface(1), enhanced(frame), enhanced(frame)];
  const file = join(...parts);
  const ends = parts.map((_, index) => join(...parts.slice(0, index + 1)).length);
  const wrong: string[] = [];
  for (let length = 0; length < file.length; length++) {
    const whole = ends.filter((end) => end <= length).length;
    try {
      const { report } = read(file.subarray(0, length));
      const clean = ends.includes(length);
      if (report.frames !== Math.max(0, whole - 2)) wrong.push(`${length}: ${report.frames} frames`);
      if (clean ? report.damage.length : report.damage[0]?.octet !== (ends[whole - 1] ?? 0))
        wrong.push(`${length}: ${JSON.stringify(report.damage)}`);
    } catch (error) {
      if (whole >= 2 || !(error instanceof MtucalcError)) wrong.push(`${length}: ${error}`);
    }
  }
  expect(wrong).toEqual([]);
});

describe('length rules', () => {
  const { u32 } = order(true);
  const with4 = (octets: Uint8Array, at: number, value: number) => {
    const copy = octets.slice();
    copy.set(u32(value), at);
    return copy;
  };
  const good = enhanced(frame);
  const rows: readonly (readonly [string, Uint8Array, string])[] = [
    ['not a multiple of 4', with4(good, 4, good.length + 1), 'a multiple of 4'],
    ['below the header', with4(good, 4, 8), 'at least 32'],
    ['absurd', with4(good, 4, 0xfffffffc), 'at most 16777216'],
    [
      'ends with another length',
      with4(good, good.length - 4, 12),
      `begins with length ${good.length} and ends with length 12`,
    ],
    [
      'more captured than the block holds',
      enhanced(frame, { captured: 4000 }),
      'says 4000 octets were captured; its block holds',
    ],
    ['interface not declared', enhanced(frame, { index: 3 }), 'names interface 3; the section has 1'],
    ['byte-order mark', with4(section(), 8, 0x11223344), 'byte-order mark'],
    ['section version', section(true, [7, 0]), 'section version 7.0'],
  ];
  test.for(rows)('%s', ([, bad, says]) => {
    const before = join(section(), iface(1), enhanced(frame));
    const { seen, report } = read(join(before, bad, enhanced(frame)));
    expect(seen).toHaveLength(1);
    expect(report.damage).toHaveLength(1);
    expect(report.damage[0]?.says).toContain(says);
    expect(report.damage[0]?.frame).toBe(2);
  });
  test.for(rows.slice(0, 6))('with resync what follows is read: %s', ([, bad]) => {
    const { seen, report } = read(join(section(), iface(1), enhanced(frame), bad, enhanced(frame)), { resync: true });
    expect([seen.length, report.damage.length]).toEqual([2, 1]);
    expect(report.damage[0]?.says).toContain('passed over');
    const file = join(section(), iface(1), enhanced(frame), bad, enhanced(frame));
    expect(read(file, { resync: true, chunk: 70 }).seen).toHaveLength(2);
  });
  test('an option that runs out of its block is named, the interface stands', () => {
    const { seen, report } = read(join(section(), iface(1, [2, 0, 200, 0]), enhanced(frame)));
    expect([seen.length, report.damage.length]).toEqual([1, 1]);
  });
  test('a packet before any interface', () => {
    expect(() => read(join(section(), enhanced(frame)))).toThrow('the section has 0');
  });
});

test('clocks are exact where doubles alone are not', () => {
  const rows: readonly (readonly [number, bigint])[] = [
    [1e6, 1_700_000_000_123_456n],
    [1e9, 1_700_000_000_123_456_789n],
    [1e9, 18_446_744_073_709_551_615n],
    [1e12, 1_700_000_000_123_456_789n],
    [2 ** 32, 0x6553f100_12345678n],
    [1, 1_700_000_000n],
  ];
  for (const [units, ticks] of rows) {
    const clock = new Clock({ of: { linkType: 1, snapLength: 0, unitsPerSecond: units }, offsetSeconds: 0 });
    clock.set(Number(ticks >> 32n), Number(ticks & 0xffffffffn));
    const per = BigInt(units);
    expect([units, clock.seconds]).toEqual([units, Number(ticks / per)]);
    const exact = ((ticks % per) * 1_000_000_000n) / per;
    expect(Math.abs(clock.nanoseconds - Number(exact))).toBeLessThanOrEqual(1);
  }
});

describe('a file that declares interfaces without end', () => {
  const one = iface(1);
  const many = (count: number): Uint8Array => {
    const octets = new Uint8Array(one.length * count);
    for (let index = 0; index < count; index++) octets.set(one, index * one.length);
    return octets;
  };
  const rows = [
    ['at the limit', MOST_INTERFACES, MOST_INTERFACES - 1, 1, 0],
    ['one more', MOST_INTERFACES + 1, MOST_INTERFACES - 1, 1, 1],
    ['a frame of the one more', MOST_INTERFACES + 1, MOST_INTERFACES, 0, 2],
  ] as const;
  test.for(rows)('%s', ([, count, index, frames, damage]) => {
    const { report } = read(join(section(), many(count), enhanced(frame, { ...micro, index })));
    expect(report.interfaces).toHaveLength(MOST_INTERFACES);
    expect([report.frames, report.damage.length]).toEqual([frames, damage]);
  });
  test('over many sections too', () => {
    const part = join(section(), many(1000));
    const { report } = read(join(...Array.from({ length: 70 }, () => part)));
    expect(report.interfaces).toHaveLength(MOST_INTERFACES);
    expect(report.damage).toMatchObject([{ says: expect.stringContaining('more than 65536 interfaces') }]);
  });
});
