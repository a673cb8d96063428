import { expect, test } from 'vitest';
import { Bytes, LengthError } from '../../src/packet/bytes.js';
import { checksum, fold, pseudoSum, sum16 } from '../../src/packet/checksum.js';
import { bytes, dirty, hex, toHex } from './hex.js';

test('what is written is read back, most significant octet first', () => {
  const into = dirty(7);
  into.put8(0, 0xfe);
  into.put16(1, 0xfedc);
  into.put32(3, 0xfedcba98);
  expect(toHex(into.octets)).toBe('fefedcfedcba98');
  expect([into.u8(0), into.u16(1), into.u32(3)]).toEqual([0xfe, 0xfedc, 0xfedcba98]);
});

test('an error does the sum', () => {
  const options = bytes('00'.repeat(60)).part(54, 56, 'TCP data offset');
  expect(() => options.need(4, 'TCP options')).toThrow(
    'TCP options: 4 octets needed, 2 left (TCP data offset says so), at octet 54',
  );
});

test('a view past the end is cut, and the outer limit is the one to blame', () => {
  const part = bytes('01 02 03').part(1, 9, 'UDP length');
  expect([part.length, part.saidBy, part.offset]).toEqual([2, 'capture', 1]);
  expect(bytes('01').part(5).length).toBe(0);
});

test.for(['u8', 'u16', 'u32'] as const)('%s refuses to read past the end', (read) => {
  const width = { u8: 1, u16: 2, u32: 4 }[read];
  for (let had = 0; had < width; had++) expect(() => new Bytes(new Uint8Array(had))[read](0)).toThrow(LengthError);
});

test.for([
  // octets, checksum: RFC 1071 §3's own example, an odd length, nothing
  ['0001 f203 f4f5 f6f7', 0x220d],
  ['00', 0xffff],
  ['ff', 0x00ff],
  ['', 0xffff],
] as const)('checksum of %s', ([octets, expected]) => {
  expect(checksum(hex(octets))).toBe(expected);
});

test('a long sum folds its carries', () => {
  expect(fold(sum16(new Uint8Array(65535).fill(0xff)))).toBe(0x00ff);
  expect(pseudoSum(hex('0a000001'), hex('0a000002'), 17, 8)).toBe(0x0a00 + 1 + 0x0a00 + 2 + 17 + 8);
});
