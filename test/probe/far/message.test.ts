import { describe, expect, test } from 'vitest';
import { emitFar, NO_COOKIE, parseFar, udpHeaders } from '../../../src/probe/far/datagram.js';
import { readReport, readRequest } from '../../../src/probe/far/message.js';
import { arrivedMss, readSavedSyn } from '../../../src/probe/far/saved-syn.js';

const send = { do: 'send', number: 7, size: 1500, ttl: 64, df: true };
describe('requests', () => {
  test.for([
    send,
    { ...send, size: 60, ttl: 1, number: 0 },
    { ...send, size: 65_535, ttl: 255, number: 65_535 },
    { do: 'open', family: 6, address: 'fd77::1' },
    { do: 'cookie', cookie: '00112233aabbccdd' },
    { do: 'sync', number: 65_535 },
  ])('%j is one', (value) => {
    expect(readRequest(value)).toEqual(value);
  });
  test.for([
    null,
    7,
    [],
    {},
    { ...send, size: 59 },
    { ...send, size: 65_536 },
    { ...send, ttl: 0 },
    { ...send, ttl: 256 },
    { ...send, size: 1500.5 },
    { ...send, size: '1500' },
    { ...send, df: 1 },
    { do: 'open', family: 5, address: '1.2.3.4' },
    { do: 'open', family: 4, address: '1.2.3.4; reboot' },
    { do: 'open', family: 4, address: '1'.repeat(65) },
    { do: 'cookie', cookie: '00112233aabbccd' },
    { do: 'cookie', cookie: '00112233aabbccdG' },
    { do: 'sync', number: -1 },
    { do: 'run', command: 'id' },
  ])('%j is none', (value) => {
    expect(readRequest(value)).toBeUndefined();
  });
  test('what is not asked for is left out', () => {
    expect(readRequest({ ...send, more: 'x' })).toEqual(send);
  });
});

describe('reports', () => {
  const ready = { is: 'ready', tag: 'ab'.repeat(16), port: 9470, udp: true, syn: false };
  const tooBig = { kind: 'too-big', from: '192.0.2.1', nextHopMtu: 1400 };
  test.for([
    ready,
    { is: 'greeted' },
    { is: 'proven', linkMtu: null },
    { is: 'got', number: 1, size: 1400, piece: null },
    { is: 'heard', number: 1, reply: tooBig },
    { is: 'heard', number: 1, reply: { kind: 'hop', from: '2001:db8::1' } },
    { is: 'heard', number: 1, reply: { kind: 'unreachable', from: 'this host', code: 101 } },
    { is: 'tcp', connection: 0, syn: { mss: 1360, df: true, ttl: 62 }, sent: 1460 },
    { is: 'tcp', connection: 0, syn: null, sent: null },
    { is: 'bulk', connection: 0, octets: 16_384, segment: 1448 },
  ])('%j is one', (value) => {
    expect(readReport(value)).toEqual(value);
  });
  test.for([
    { ...ready, tag: 'ab' },
    { ...ready, port: 0 },
    { is: 'heard', number: 1, reply: { ...tooBig, from: '\u001b[2J' } },
    { is: 'heard', number: 1, reply: { kind: 'arrived', rttMs: 0, from: '192.0.2.1' } },
    { is: 'heard', number: 1, reply: null },
    { is: 'tcp', connection: 256, syn: null, sent: null },
    { is: 'tcp', connection: 0, syn: { mss: 65_536, df: true, ttl: 1 }, sent: null },
    { is: 'got', number: 1, size: 70_000, piece: null },
    { is: 'done' },
  ])('%j is none', (value) => {
    expect(readReport(value)).toBeUndefined();
  });
});

describe('datagrams', () => {
  const one = { kind: 'probe', number: 0xabcd, tag: '0123456789abcdef'.repeat(2), cookie: 'fedcba9876543210' } as const;
  test.for([
    [4, 576],
    [4, 1500],
    [6, 1280],
  ] as const)('IPv%i of %i octets', ([family, size]) => {
    const data = emitFar(one, family, size);
    expect(data.length + udpHeaders(family)).toBe(size);
    expect(parseFar(data)).toEqual(one);
  });
  test('none is shorter than its fields, and what is shorter is none', () => {
    const data = emitFar({ ...one, cookie: NO_COOKIE }, 4, 0);
    expect(data).toHaveLength(27);
    expect(parseFar(data.subarray(0, 26))).toBeUndefined();
    expect(parseFar(Uint8Array.from(data, (octet, at) => (at === 18 ? 9 : octet)))).toBeUndefined();
  });
});

describe('SYN as it arrived', () => {
  const syn4 =
    '4500003c000040003e060000 0a4d0001 0a4d0202 9c40 24fe 00000001 00000000 a002faf0 00000000 02040550 0402080a 00000001 00000000 01030307';
  const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  test('IPv4 with DF, and without', () => {
    expect(readSavedSyn(octets(syn4))).toEqual({ mss: 1360, df: true, ttl: 62 });
    expect(readSavedSyn(octets(syn4.replace('40003e', '00003e')))).toEqual({ mss: 1360, df: false, ttl: 62 });
  });
  test('IPv6', () => {
    const syn6 = `60000000 0018 06 3d ${'00'.repeat(32)} 9c40 24fe 00000001 00000000 6002faf0 00000000 02040514`;
    expect(readSavedSyn(octets(syn6))).toEqual({ mss: 1300, df: true, ttl: 61 });
  });
  test.for([0, 1, 19, 20, 39, 41, 59])('cut to %i octets it is none', (length) => {
    expect(readSavedSyn(octets(syn4).subarray(0, length))).toBeNull();
  });
});

test.for([
  // Below what our own MTU leaves room for: exactly that came.
  [1360, 1500, 1460, 1360],
  [1459, 1500, 1460, 1459],
  // All that was sent came.
  [1460, 1500, 1460, 1460],
  // Our own MTU is the limit: nothing is known of more.
  [1360, 1400, 1460, null],
  [1360, 1400, 1360, 1360],
  [1460, 1500, null, null],
  // Half of the window bounds segments on a loopback.
  [32_753, 65_535, 65_495, null],
] as const)('at most %i in a segment at path MTU %i, of %s sent: %s arrived', ([sendMax, pathMtu, sent, arrived]) => {
  expect(arrivedMss(sendMax, pathMtu, 40, sent)).toBe(arrived);
});
