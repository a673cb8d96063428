import { describe, expect, test } from 'vitest';
import { cipherFindings } from '../../src/analyze/cipher-check.js';
import { inferEsp } from '../../src/analyze/esp-only.js';
import { catalogue } from '../../src/io/catalogue.js';
import { espLayer } from '../../src/mtu/esp.js';
import { parseSuites } from '../../src/mtu/suite.js';
import { esp, ip, natt, ptb } from './packets.js';
import { judge } from './script.js';

/** Inner packets of an ordinary conversation: handshake, bare ACKs with timestamps, odd sizes, full packets. */
function tunnel(cipher: string, { nat = false, v6 = false, linkMtu = 1500 } = {}) {
  const { encr, integ } = parseSuites(cipher, catalogue)[0]!;
  const layer = espLayer({ ...encr!, icv: encr!.icv + (integ?.icv ?? 0) });
  const around = (v6 ? 40 : 20) + (nat ? 8 : 0);
  const full = layer.fit(linkMtu - around);
  const inner = [60, 52, 52, 116, 202, 333, 477, 702, 951, 1130, 1203, full - 30, full, full, full];
  const [from, to] = v6 ? ['2001:db8:1::2', '2001:db8:2::2'] : ['192.0.2.2', '198.51.100.2'];
  const packets = inner.map((size, index) => {
    const inside = layer.wrap(size);
    const packet = nat
      ? ip(17, { from, to }, natt(0xc0ffee, index, inside))
      : ip(50, { from, to }, esp(0xc0ffee, index, inside));
    return { at: index * 0.01, packet };
  });
  return { full, judged: judge(packets) };
}

describe('ESP alone', () => {
  const rows = [
    ['aes256-sha256', {}, 'AES-CBC with HMAC-SHA2-256-128'],
    ['aes128-sha1', { nat: true }, 'AES-CBC with HMAC-SHA1-96'],
    ['aes256gcm16', {}, 'AES-GCM-16'],
    ['aes256gcm16', { nat: true, linkMtu: 1492 }, 'AES-GCM-16'],
    ['chacha20poly1305', { v6: true }, 'ChaCha20-Poly1305'],
    ['3des-sha1', {}, '3DES-CBC with HMAC-SHA1-96'],
    ['aes256-sha1', { v6: true, nat: true }, 'AES-CBC with HMAC-SHA1-96'],
  ] as const;
  test.for(rows)('%s %o', ([cipher, how, name]) => {
    const { full, judged } = tunnel(cipher, how);
    expect(judged.verdict).toBe('esp-only');
    const [inference] = inferEsp(judged.capture.tunnels, catalogue);
    expect(inference?.guesses[0]?.suites).toContain(name);
    expect(inference?.guesses[0]?.tunnelMtu).toBe(full);
    expect(inference?.natt).toBe('nat' in how && how.nat);
  });
  test('the suite that was used is never ruled out', () => {
    for (const cipher of [
      'aes256-sha512',
      'aes256-sha384',
      'aes128gcm8',
      'aes256gcm12',
      'null-sha256',
      'camellia256-sha256',
    ]) {
      const { judged } = tunnel(cipher);
      expect(cipherFindings(cipher, undefined, judged.capture.tunnels, catalogue), cipher).toEqual([]);
    }
  });
  test('--cipher that contradicts the lengths', () => {
    const { judged } = tunnel('aes256gcm16');
    const [said] = cipherFindings('aes256-sha256', undefined, judged.capture.tunnels, catalogue);
    expect(said).toMatchObject({ code: 'cipher-contradicted', severity: 'warning' });
    expect(said?.evidence.length).toBeGreaterThan(2);
  });
  test('--cipher that the lengths make unlikely', () => {
    const { judged } = tunnel('aes256-sha1');
    expect(cipherFindings('aes256gcm16', undefined, judged.capture.tunnels, catalogue).map(({ code }) => code)).toEqual(
      ['cipher-unlikely'],
    );
  });
  test('one of several proposals fits', () => {
    const { judged } = tunnel('aes256gcm16');
    expect(cipherFindings('aes256-sha256,aes256gcm16', undefined, judged.capture.tunnels, catalogue)).toEqual([]);
  });
});

describe('a stalled connection inside', () => {
  const large = (n: number): number[] => ip(50, { from: '192.0.2.2', to: '198.51.100.2' }, esp(1, n, 1480));
  const answer = ip(50, { from: '198.51.100.2', to: '192.0.2.2' }, esp(2, 1, 100));
  /** Waits of 0.25 s, 0.5 s, 1 s, 2 s and 4 s between them. */
  const moments = [0, 0.25, 0.75, 1.75, 3.75, 7.75];
  test('waits that double, and nothing comes back', () => {
    const packets = [{ at: 0, packet: answer }, ...moments.map((at, n) => ({ at: at + 0.001, packet: large(n) }))];
    expect(judge(packets).verdict).toBe('black-hole-suspected');
  });
  test('not where something comes back', () => {
    const packets = moments.flatMap((at, n) => [
      { at: at + 0.001, packet: large(n) },
      { at: at + 0.01, packet: answer },
    ]);
    expect(judge(packets).verdict).toBe('esp-only');
  });
  test('not for packets at a steady pace', () => {
    const packets = moments.map((_, n) => ({ at: n, packet: large(n) }));
    expect(judge(packets).verdict).toBe('esp-only');
  });
});

describe('PTBs about the outside', () => {
  const gateways = { from: '192.0.2.2', to: '198.51.100.2' };
  const packet = (n: number, length: number): number[] => ip(50, gateways, esp(7, n, length));
  const refusal = (mtu: number): number[] => ptb('192.0.2.1', gateways.from, mtu, packet(1, 1480), 28);
  const behindRefusal = (length: number, mtu = 1400) =>
    judge([
      { at: 0, packet: packet(1, 1480) },
      { at: 0.01, packet: refusal(mtu) },
      ...[1, 2, 3].map((n) => ({ at: n, packet: packet(n + 1, length) })),
    ]);
  test('the gateway keeps to it', () => expect(behindRefusal(1360).verdict).toBe('pmtud-works'));
  test('the gateway does not', () => expect(behindRefusal(1480).verdict).toBe('ptb-ignored'));
  test('no MTU in it', () => expect(behindRefusal(1480, 0).verdict).toBe('ptb-zero-mtu'));
});
