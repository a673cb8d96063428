import { describe, expect, test } from 'vitest';
import { MtucalcError } from '../../src/error.js';
import { ethernet, filled, ipv4, tcp } from '../packet/packets.js';
import { pcap, read } from './files.js';

const frame = ethernet(0x0800, ipv4(6, tcp(filled(30))));
const three = [0, 1, 2].map((fraction) => ({ octets: frame, fraction: fraction * 1000 }));
const FILE = 24;
const RECORD = 16 + frame.length;

describe('every form of the format', () => {
  const forms = [
    ['microseconds, little endian', { little: true, magic: 0xa1b2c3d4 }, 1_000_000],
    ['microseconds, big endian', { little: false, magic: 0xa1b2c3d4 }, 1_000_000],
    ['nanoseconds, little endian', { little: true, magic: 0xa1b23c4d }, 1000],
    ['nanoseconds, big endian', { little: false, magic: 0xa1b23c4d }, 1000],
    ['modified, little endian', { little: true, magic: 0xa1b2cd34 }, 1_000_000],
    ['modified, big endian', { little: false, magic: 0xa1b2cd34 }, 1_000_000],
  ] as const;
  test.for(forms)('%s', ([, form, nanoseconds]) => {
    const { seen, report } = read(pcap(three, form));
    expect(seen.map(({ number, seconds, tcp }) => [number, seconds, tcp])).toEqual([
      [1, 1_700_000_000, true],
      [2, 1_700_000_000, true],
      [3, 1_700_000_000, true],
    ]);
    expect(seen[1]?.nanoseconds).toBe(nanoseconds);
    expect(report).toMatchObject({ damage: [], frames: 3, byteOrder: form.little ? 'little' : 'big' });
  });
  test('lengths the other way round before version 2.3', () => {
    const file = pcap([{ octets: frame, captured: 1500, original: frame.length }], { version: [2, 1] });
    expect(read(file).seen).toMatchObject([{ captured: frame.length, original: 1500 }]);
  });
  test('the FCS bits of the link type are no link type', () => {
    expect(read(pcap(three, { linkType: 0x14000001 })).seen[0]).toMatchObject({ link: 1, tcp: true });
  });
  test('a fraction above a second carries over', () => {
    const { seen } = read(pcap([{ octets: frame, seconds: 10, fraction: 2_500_000 }]));
    expect(seen).toMatchObject([{ seconds: 12, nanoseconds: 500_000_000 }]);
  });
  test('snapped frames are counted with the length they were cut to', () => {
    const { report } = read(
      pcap([
        { octets: frame, original: 1514 },
        { octets: frame.subarray(0, 60), original: 1514 },
      ]),
    );
    expect(report.snapped).toEqual({ frames: 2, at: frame.length });
  });
});

describe('in stretches of any length the same comes out', () => {
  const file = pcap([...three, { octets: filled(5000) }, ...three]);
  const whole = read(file);
  test.for([1, 2, 7, 16, 24, 100, 4096])('%d octets', (chunk) => {
    expect(read(file, { chunk })).toEqual(whole);
  });
});

describe('cut at every octet', () => {
  const file = pcap(three);
  test('what was whole before the cut is read, the cut is named', () => {
    const wrong: string[] = [];
    for (let length = 0; length < file.length; length++) {
      const part = file.subarray(0, length);
      if (length < FILE) {
        try {
          read(part);
          wrong.push(`${length}: read`);
        } catch (error) {
          if (!(error instanceof MtucalcError)) wrong.push(`${length}: ${error}`);
        }
        continue;
      }
      const { report } = read(part);
      const frames = Math.floor((length - FILE) / RECORD);
      const clean = length === FILE + frames * RECORD;
      const [first] = report.damage;
      if (report.frames !== frames) wrong.push(`${length}: ${report.frames} frames`);
      if (clean ? first !== undefined : first?.octet !== FILE + frames * RECORD || first.frame !== frames + 1)
        wrong.push(`${length}: ${JSON.stringify(first)}`);
    }
    expect(wrong).toEqual([]);
  });
  test('its words', () => {
    expect(read(file.subarray(0, FILE + 7)).report.damage).toEqual([
      { octet: FILE, frame: 1, says: 'the record header of frame 1 is cut: 16 octets needed, 7 there' },
    ]);
    expect(read(file.subarray(0, FILE + 20)).report.damage[0]?.says).toBe(
      `frame 1 is cut: its record says ${frame.length} octets, 4 are there`,
    );
  });
});

describe('damage', () => {
  const bogus = (captured: number) => pcap([three[0]!, { octets: frame, captured }, three[1]!, three[2]!, ...three]);
  test.for([0xffffffff, 0x7fffffff, 262_145])('a record of %d octets ends the reading there, at once', (captured) => {
    const { seen, report } = read(bogus(captured));
    expect(seen).toHaveLength(1);
    expect(report.damage).toMatchObject([{ octet: FILE + RECORD, frame: 2 }]);
    expect(report.damage[0]?.says).toContain(`says ${captured} octets`);
  });
  test('a length below the limit that swallows the rest is a cut frame', () => {
    const { seen, report } = read(bogus(100_000));
    expect([seen.length, report.damage.length]).toEqual([1, 1]);
  });
  test('with resync the records behind it are read', () => {
    const { seen, report } = read(bogus(0xffffffff), { resync: true });
    expect(seen).toHaveLength(6);
    expect(read(bogus(0xffffffff), { resync: true, chunk: 50 }).seen).toHaveLength(6);
    expect(report.damage[0]?.says).toMatch(/more than 262144 is impossible; \d+ octets passed over$/);
  });
  test('with resync a file that ends in nonsense says so', () => {
    const file = pcap([three[0]!, { octets: new Uint8Array(300), captured: 0xffffffff }]);
    const { seen, report } = read(file, { resync: true });
    expect([seen.length, report.damage.length]).toEqual([1, 1]);
    expect(report.damage[0]?.says).toMatch(/is impossible; reading stopped there$/);
  });
  test('records that are all zeros are a hole in the file', () => {
    const { report } = read(new Uint8Array([...pcap(three), ...new Uint8Array(16 * 1000)]));
    expect(report.frames).toBe(1003);
    expect(report.damage).toMatchObject([{ frame: 4, octet: FILE + 3 * RECORD }]);
  });
  test('an unknown version, a reserved bit, an unknown link type are named', () => {
    expect(read(pcap(three, { version: [9, 9] })).report.damage[0]?.says).toContain('version 9.9');
    expect(read(pcap(three, { linkType: 0x00300000 })).report.damage[0]?.says).toContain('0x00300000');
    // Not read is not damaged.
    expect(read(pcap(three, { linkType: 999 })).report.damage).toEqual([]);
    expect(read(pcap(three, { linkType: 195 })).report.damage).toEqual([]);
  });
});

describe('no capture', () => {
  const refused = [
    ['empty', [], 'empty'],
    ['three octets', [1, 2, 3], '3 octets'],
    ['text', [...Buffer.from('hello there, this is text')], "like text, 'hello there"],
    ['zeros', new Array(4096).fill(0), 'begins with zeros'],
    ['snoop', [...Buffer.from('snoop\0\0\0')], 'snoop'],
    ['something else', [0x7f, 0x45, 0x4c, 0x46, 2], 'begins with 7f 45 4c 46'],
  ] as const;
  test.for(refused)('%s', ([, octets, says]) => {
    expect(() => read(Uint8Array.from(octets))).toThrow(says);
    expect(() => read(Uint8Array.from(octets))).toThrow(MtucalcError);
  });
});
