import { describe, expect, test } from 'vitest';
import { cipherFindings } from '../../../src/analyze/esp/cipher-check.js';
import { inferEsp } from '../../../src/analyze/esp/esp-only.js';
import { judge as judgeFacts } from '../../../src/analyze/judge.js';
import { catalogue } from '../../../src/io/catalogue.js';
import { espLayer } from '../../../src/mtu/esp.js';
import { parseSuites } from '../../../src/mtu/proposals.js';
import { esp, ip, natt, ptb } from '../packets.js';
import { judge } from '../script.js';

/** Inner packets of an ordinary conversation: handshake, bare ACKs with timestamps, odd sizes, full packets. */
function tunnel(cipher: string, { nat = false, v6 = false, linkMtu = 1500, spi = 0xc0ffee } = {}) {
  const { encr, integ } = parseSuites(cipher, catalogue)[0]!;
  const layer = espLayer({ ...encr!, icv: encr!.icv + (integ?.icv ?? 0) });
  const around = (v6 ? 40 : 20) + (nat ? 8 : 0);
  const full = layer.fit(linkMtu - around);
  const inner = [60, 52, 52, 116, 202, 333, 477, 702, 951, 1130, 1203, full - 30, full, full, full];
  const [from, to] = v6 ? ['2001:db8:1::2', '2001:db8:2::2'] : ['192.0.2.2', '198.51.100.2'];
  const packets = inner.map((size, index) => {
    const inside = layer.wrap(size);
    const packet = nat ? ip(17, { from, to }, natt(spi, index, inside)) : ip(50, { from, to }, esp(spi, index, inside));
    return { at: index * 0.01, packet };
  });
  return { full, packets, judged: judge(packets) };
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
      const codes = cipherFindings(cipher, undefined, judged.capture.tunnels, catalogue).map(({ code }) => code);
      expect(codes, cipher).toEqual(['cipher-fits']);
    }
  });
  test.for(['null-sha1', 'aes128ctr-sha1', 'aes128gcm8', 'aes256gcm12', 'aes256ccm8', 'aes256gcm16', 'aes256-sha512'])(
    'the tunnel MTU of %s is within what is named',
    (cipher) => {
      const { full, judged } = tunnel(cipher);
      const { alike } = inferEsp(judged.capture.tunnels, catalogue)[0]!;
      expect(alike.least).toBeLessThanOrEqual(full);
      expect(alike.most).toBeGreaterThanOrEqual(full);
      const { findings } = judgeFacts(judged.capture, { catalogue });
      expect(findings.find(({ code }) => code === 'esp-lengths')?.says).toContain(`${alike.least} to ${alike.most}`);
    },
  );
  describe('two suites between the same gateways', () => {
    const first = tunnel('aes256-sha256', { spi: 1 });
    const second = tunnel('aes256gcm16', { spi: 2 });
    const judged = judge([...first.packets, ...second.packets]);
    test('are told apart by SA', () => {
      const said = inferEsp(judged.capture.tunnels, catalogue);
      expect(said.map(({ spis, guesses }) => [spis, guesses[0]?.tunnelMtu])).toEqual([
        [['1'], first.full],
        [['2'], second.full],
      ]);
    });
    test('and both are named', () => {
      const says = judgeFacts(judged.capture, { catalogue }).findings.find(({ code }) => code === 'esp-lengths')?.says;
      expect(says).toContain(`tunnel MTU is ${first.full}`);
      expect(says).toContain(`tunnel MTU is ${second.full}`);
    });
    test('the cipher of one is contradicted by the other alone', () => {
      const said = cipherFindings('aes256-sha256', undefined, judged.capture.tunnels, catalogue);
      expect(said.map(({ code, says }) => [code, says.includes('SPI 2')])).toEqual([
        ['cipher-contradicted', true],
        ['cipher-fits', false],
      ]);
      expect(said[0]?.says).toContain('It does fit SPI 1');
    });
    test('a rekey with the same suite stays one', () => {
      const again = tunnel('aes256gcm16', { spi: 3 });
      const { capture } = judge([...second.packets, ...again.packets]);
      expect(inferEsp(capture.tunnels, catalogue)).toHaveLength(1);
    });
  });
  test('few lengths that keep to 8 by chance leave all suites in', () => {
    const lengths = [108, 116, 156, 172, 812, 1156, 1196, 1500];
    const packets = lengths.map((length, n) => ({
      at: n,
      packet: ip(50, { from: '192.0.2.2', to: '198.51.100.2' }, esp(1, n, length - 20)),
    }));
    const { alike } = inferEsp(judge(packets).capture.tunnels, catalogue)[0]!;
    expect(alike.least).toBeLessThanOrEqual(1430);
    expect(alike.most).toBeGreaterThanOrEqual(1458);
  });
  test('a small link is believed only where a packet fills it', () => {
    const link = (linkMtu: number) => inferEsp(tunnel('aes256gcm16', { linkMtu }).judged.capture.tunnels, catalogue)[0];
    expect(link(1492)).toMatchObject({ linkMtu: 1492 });
    expect(link(1396)).toMatchObject({ linkMtu: 1500 });
  });
  test('a largest packet that fills no link', () => {
    const { judged, full } = tunnel('aes256gcm16', { linkMtu: 1396 });
    expect(
      judgeFacts(judged.capture, { catalogue }).findings.find(({ code }) => code === 'esp-lengths')?.says,
    ).toContain(`the largest packet here holds at most ${full}`);
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
    const said = cipherFindings('aes256-sha256,aes256gcm16', undefined, judged.capture.tunnels, catalogue);
    expect(said.map(({ code }) => code)).toEqual(['cipher-fits']);
  });
  test('an integrity algorithm that nobody named contradicts no cipher', () => {
    const { judged } = tunnel('aes256-sha1');
    const said = cipherFindings('aes256', undefined, judged.capture.tunnels, catalogue);
    expect(said.map(({ code }) => code)).toEqual(['integrity-not-assumed']);
    expect(said[0]?.says).toContain('HMAC-SHA1-96');
  });
  test('a cipher that no integrity algorithm saves', () => {
    const { judged } = tunnel('aes256gcm16');
    const said = cipherFindings('aes256', undefined, judged.capture.tunnels, catalogue);
    expect(said.map(({ code }) => code)).toEqual(['cipher-contradicted']);
  });
  test('too few lengths to tell', () => {
    const { packets } = tunnel('aes256-sha256');
    const { capture } = judge(packets.slice(0, 2));
    expect(cipherFindings('aes256-sha256', undefined, capture.tunnels, catalogue)[0]?.says).toContain(
      'too few to tell',
    );
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
