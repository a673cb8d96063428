import { describe, expect, test } from 'vitest';
import type { Received } from '../../src/io/libc.js';
import { readQueued } from '../../src/io/queued-error.js';
import { hex } from '../packet/hex.js';

/** struct sock_extended_err and the offender's address, as Linux writes them. */
const item = (level: number, type: number, text: string) => ({ level, type, data: Buffer.from(hex(text)) });
const received = (...control: Received['control'][number][]): Received => ({
  data: Buffer.alloc(0),
  name: Buffer.alloc(28),
  control,
});
const offender4 = '0200 0000 0a630101 0000000000000000';
const offender6 = `0a00 0000 00000000 fd990001000000000000000000000001 00000000`;
const read = (family: 4 | 6, message: Received, udp = false, target = '10.99.3.2') => {
  const queued = readQueued(family, message);
  return queued && queued !== 'local' && 'reply' in queued ? queued.reply(udp, target) : queued;
};

describe('error queue entries', () => {
  test.for([
    // errno, origin, type, code, pad, info, data
    [
      'PTB',
      4,
      `5a000000 02 03 04 00 78050000 00000000 ${offender4}`,
      { kind: 'too-big', from: '10.99.1.1', nextHopMtu: 1400 },
    ],
    [
      'PTB without MTU',
      4,
      `5a000000 02 03 04 00 00000000 00000000 ${offender4}`,
      { kind: 'too-big', nextHopMtu: null },
    ],
    ['time exceeded', 4, `71000000 02 0b 00 00 00000000 00000000 ${offender4}`, { kind: 'hop', from: '10.99.1.1' }],
    ['host unreachable', 4, `71000000 02 03 01 00 00000000 00000000 ${offender4}`, { kind: 'unreachable', code: 1 }],
    [
      'IPv6 PTB',
      6,
      `5a000000 03 02 00 00 78050000 00000000 ${offender6}`,
      { kind: 'too-big', from: 'fd99:1::1', nextHopMtu: 1400 },
    ],
    ['IPv6 hop limit', 6, `71000000 03 03 00 00 00000000 00000000 ${offender6}`, { kind: 'hop', from: 'fd99:1::1' }],
  ] as const)('%s', ([, family, text, expected]) => {
    expect(read(family, received(item(family === 4 ? 0 : 41, family === 4 ? 11 : 25, text)))).toMatchObject(expected);
  });
  test('port unreachable is an arrival from the target only, and for UDP only', () => {
    const entry = received(item(0, 11, `6f000000 02 03 03 00 00000000 00000000 ${offender4}`), item(0, 2, '3e000000'));
    expect(read(4, entry, true, '10.99.1.1')).toMatchObject({ kind: 'arrived', ttl: 62 });
    expect(read(4, entry, true)).toMatchObject({ kind: 'unreachable' });
    expect(read(4, entry, false, '10.99.1.1')).toMatchObject({ kind: 'unreachable' });
  });
  test('our own host, with and without its MTU', () => {
    expect(read(4, received(item(0, 11, `5a000000 01 00 00 00 14050000 00000000`)))).toEqual({ here: 1300 });
    expect(read(4, received(item(0, 11, `5a000000 01 00 00 00 00000000 00000000`)))).toBe('local');
  });
  test('something else, or cut short, is no entry', () => {
    expect(read(4, received(item(0, 8, '00')))).toBeUndefined();
    expect(read(4, received(item(0, 11, '5a000000 02 03 04 00')))).toBeUndefined();
    expect(read(4, received())).toBeUndefined();
  });
});
