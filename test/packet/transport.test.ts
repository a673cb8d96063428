import { describe, expect, test } from 'vitest';
import { Bytes, LengthError } from '../../src/packet/bytes.js';
import { fold, pseudoSum, sum16 } from '../../src/packet/checksum.js';
import { emitTcp, parseTcp, parseTcpStart, type TcpHeader } from '../../src/packet/tcp.js';
import { emitUdp, parseUdp, type UdpHeader } from '../../src/packet/udp.js';
import { bytes, cuts, dirty, hex, toHex } from './hex.js';

const pseudo = (protocol: number, length: number): number =>
  pseudoSum(hex('c0000201'), hex('c6336407'), protocol, length);

describe('UDP', () => {
  const rows: readonly UdpHeader[] = [
    { sourcePort: 40000, destinationPort: 33434, length: 8 },
    { sourcePort: 4500, destinationPort: 4500, length: 65535 },
  ];
  test.for(rows)('both directions', (value) => {
    const into = dirty(8);
    emitUdp(value, into, pseudo(17, 8));
    expect(parseUdp(into)).toEqual(value);
    expect(fold(sum16(into.octets, pseudo(17, 8)))).toBe(0);
  });
  test('the octets', () => {
    const into = dirty(10);
    into.put16(8, 0xcafe);
    emitUdp({ sourcePort: 40000, destinationPort: 33434, length: 10 }, into, pseudo(17, 10));
    expect(toHex(into.octets)).toBe('9c40829a000a29c4cafe');
  });
  test('a sum of zero is sent as all ones (RFC 768)', () => {
    const into = dirty(8);
    emitUdp({ sourcePort: 0, destinationPort: 0, length: 0 }, into, 0xffff);
    expect(into.u16(6)).toBe(0xffff);
  });
  test('every truncation', () => {
    for (const cut of cuts(hex('9c40 829a 000a 0000'))) expect(() => parseUdp(new Bytes(cut))).toThrow(LengthError);
  });
});

describe('TCP', () => {
  const syn: TcpHeader = {
    sourcePort: 40000,
    destinationPort: 443,
    sequence: 0xfedcba98,
    acknowledgement: 0,
    headerLength: 24,
    flags: 2,
    window: 64240,
    mss: 1460,
  };
  const octets = '9c40 01bb fedcba98 00000000 60 02 faf0 5988 0000 02 04 05b4';
  test('both directions', () => {
    const into = dirty(24);
    emitTcp(syn, into, pseudo(6, 24));
    expect(toHex(into.octets)).toBe(octets.replaceAll(' ', ''));
    expect(fold(sum16(into.octets, pseudo(6, 24)))).toBe(0);
    expect(parseTcp(into)).toEqual(syn);
  });
  test('every truncation; ports and sequence number survive a quote of 8 octets', () => {
    for (const cut of cuts(hex(octets))) {
      expect(() => parseTcp(new Bytes(cut))).toThrow(LengthError);
      if (cut.length >= 8) expect(parseTcpStart(new Bytes(cut)).sequence).toBe(0xfedcba98);
    }
  });

  const head = (words: number): string => `9c40 01bb 00000001 00000000 ${words.toString(16)}0 02 faf0 0000 0000`;
  test.for([
    ['no options', 5, '', undefined],
    ['MSS behind NOPs', 7, '01 01 04 02 02 04 0500', 1280],
    ['MSS behind an unknown option', 8, '63 06 00000000 02 04 0218 00 00', 536],
    ['MSS behind the end of the list', 7, '00 00 00 00 02 04 0500', undefined],
    ['an MSS option of a wrong length is not one', 6, '02 03 05 01', undefined],
  ] as const)('%s', ([, words, options, mss]) => {
    expect(parseTcp(bytes(head(words) + options)).mss).toBe(mss);
  });
  test.for([
    ['cut length', 6, '01 01 01 02'],
    ['length below two', 6, '02 01 05b4'],
    ['length zero', 6, '05 00 0000'],
    ['length past the header', 6, '02 09 05b4'],
    ['data offset below five', 4, ''],
    ['data offset past the segment', 15, ''],
  ] as const)('%s is refused', ([, words, options]) => {
    expect(() => parseTcp(bytes(head(words) + options))).toThrow(LengthError);
  });
});
