import { describe, expect, test } from 'vitest';
import { compareCaptures } from '../../../src/analyze/pair/two-captures.js';
import { twoVerdict } from '../../../src/analyze/pair/two-verdict.js';
import { catalogue } from '../../../src/io/catalogue.js';
import { espLayer } from '../../../src/mtu/esp.js';
import { parseSuites } from '../../../src/mtu/proposals.js';
import { esp, ip, type Timed } from '../packets.js';
import { ipv4Ends, judge, Script } from '../script.js';

const SYN = 2;
const ACK = 16;

const compare = (before: readonly Timed[], after: readonly Timed[]) => {
  const [first, second] = [judge(before), judge(after)];
  const together = compareCaptures(first.capture, second.capture, catalogue);
  return {
    together,
    verdict: twoVerdict(together, first.verdict, second.verdict),
    codes: together.findings.map(({ code }) => code),
  };
};

const talk = (mss: { client?: number; server?: number }, ends = ipv4Ends): Script =>
  new Script(ends).handshake(mss).transfer('client', 1398, 4).close();

describe('two captures', () => {
  test('a clamp in both directions', () => {
    const { verdict, codes, together } = compare(talk({ server: 1398 }).packets, talk({ client: 1398 }).packets);
    expect(codes).toEqual(['clamp-ok']);
    expect(verdict).toBe('clamp-ok');
    expect(together.pairs[0]?.directions.map(({ before, after }) => [before.mss, after.mss])).toEqual([
      [1460, 1398],
      [1398, 1460],
    ]);
  });
  test('a clamp in one direction', () => {
    const { verdict, together } = compare(talk({}).packets, talk({ client: 1398 }).packets);
    expect(verdict).toBe('clamp-one-way');
    expect(together.findings[0]?.says).toContain('lowered from 1460 to 1398');
  });
  test('no clamp', () => {
    const after = new Script().handshake().transfer('client', 1398, 4).wait(0.001).close();
    expect(compare(talk({}).packets, after.packets)).toMatchObject({ verdict: 'ok', codes: [] });
  });
  test('the same capture twice', () => {
    expect(compare(talk({}).packets, talk({}).packets)).toMatchObject({ verdict: 'ok', codes: ['captures-same'] });
  });
  test('one of them is empty', () => {
    for (const [before, after, which] of [
      [talk({}).packets, [], 'second'],
      [[], talk({}).packets, 'first'],
    ] as const) {
      const { codes, together } = compare(before, after);
      expect(codes).toEqual(['capture-empty']);
      expect(together.findings[0]?.says).toContain(`The ${which} capture holds no frame`);
    }
  });
  test('an MSS that a clamp raises', () => {
    const towards = (mss: number, ttl: number): Timed[] => {
      const script = new Script();
      script.segment('client', { seq: 1000, flags: SYN, ack: 0, mss }, { ttl });
      return script.segment('server', { seq: 9000, flags: SYN | ACK, ack: 1001, mss: 1460 }, { ttl: 60 }).packets;
    };
    const { codes, together } = compare(towards(1200, 64), towards(1300, 63));
    expect(codes).toEqual(['mss-raised']);
    expect(together.findings[0]?.says).toContain('raised from 1200 to 1300');
    expect(compare(towards(1300, 63), towards(1200, 64)).codes).toEqual(['mss-raised']);
    expect(compare(towards(1300, 64), towards(1200, 63)).codes).toEqual(['clamp-one-way']);
  });
  test('through NAT, known again by sequence numbers', () => {
    const outside = { ...ipv4Ends, client: '203.0.113.9' };
    const { together, codes } = compare(talk({ server: 1398 }).packets, talk({ client: 1398 }, outside).packets);
    expect(together).toMatchObject({ matched: 1, translated: 1 });
    expect(codes).toEqual(['clamp-ok', 'translated']);
  });
  test('through NAT, swapped', () => {
    const outside = { ...ipv4Ends, client: '203.0.113.9' };
    expect(compare(talk({}, outside).packets, talk({}).packets).codes).toEqual(['captures-swapped', 'translated']);
  });
  test('packets that are at one point and never at the other', () => {
    const before = new Script().handshake().transfer('client', 100, 1);
    const after = new Script().handshake().transfer('client', 100, 1);
    for (let n = 0; n < 4; n++) before.data('client', 1448);
    for (let n = 0; n < 3; n++) before.wait(0.3 * 2 ** n).segment('client', { seq: 1101, data: 1448 });
    const { verdict, together } = compare(before.packets, after.packets);
    expect(verdict).toBe('black-hole');
    expect(together.findings[0]?.says).toContain('dropped between the two');
  });
  test('segments cut by offload', () => {
    const before = new Script().handshake({ server: 1240 });
    const after = new Script().handshake({ server: 1240 });
    for (let n = 0; n < 5; n++) {
      before.data('client', 1365).wait(0.02).ack('client');
      after.data('client', 1240).data('client', 125).wait(0.02).ack('client');
    }
    expect(compare(before.packets, after.packets).codes).toEqual(['resegmentation']);
  });
  test('DF cleared in between', () => {
    const after = new Script(ipv4Ends, { df: false }).handshake().transfer('client', 1398, 4).close();
    expect(compare(talk({}).packets, after.packets).codes).toEqual(['df-cleared']);
    const { codes, together } = compare(after.packets, talk({}).packets);
    expect(codes).toEqual(['df-cleared']);
    expect(together.findings[0]?.says).toContain('set at the second point and clear at the first');
  });
  /** The same packets, encrypted, `header` octets of something else between. */
  const encrypted = (inside: readonly Timed[], cipher: string, header = 0): Timed[] => {
    const { encr, integ } = parseSuites(cipher, catalogue)[0]!;
    const layer = espLayer({ ...encr!, icv: encr!.icv + (integ?.icv ?? 0) });
    return inside.map(({ at, packet }, n) => ({
      at,
      packet: ip(50, { from: '192.0.2.2', to: '198.51.100.2' }, esp(1, n, layer.wrap(header + packet.length))),
    }));
  };
  const inside = talk({}).data('client', 300).data('client', 777).packets;
  test('clear inside, ESP outside: the suite that makes the one out of the other', () => {
    const { together } = compare(inside, encrypted(inside, 'aes256-sha512'));
    expect(together.findings[0]?.code).toBe('tunnel-overhead');
    expect(together.findings[0]?.says).toContain('HMAC-SHA2-512-256');
  });
  test('GRE inside ESP is no rare suite', () => {
    const { together } = compare(inside, encrypted(inside, 'aes256gcm16', 4));
    expect(together.findings[0]?.says).toContain('AES-GCM-16 around GRE, 58 octets');
  });
  test('ESP first and clear packets second: swapped', () => {
    const { codes, together } = compare(encrypted(inside, 'aes256-sha256'), inside);
    expect(codes).toEqual(['captures-swapped', 'tunnel-overhead']);
    expect(together.findings[1]?.says).toContain('HMAC-SHA2-256-128');
  });
  test('ESP of other traffic', () => {
    const other = talk({}).packets.map(({ at }, n) => ({
      at,
      packet: ip(50, { from: '192.0.2.2', to: '198.51.100.2' }, esp(1, n, 204 + 76 * n)),
    }));
    const { codes, together } = compare(inside, other);
    expect(codes).toEqual(['no-common-flow']);
    expect(together.findings[0]?.says).toContain('too few of its sizes');
  });
  test('so many sizes on both sides that any suite finds them again', () => {
    const many = (first: number): Timed[] =>
      Array.from({ length: 300 }, (_, n) => ({
        at: n,
        packet: ip(50, { from: '192.0.2.2', to: '198.51.100.2' }, esp(1, n, first + 4 * n)),
      }));
    const clear = new Script().handshake();
    for (let n = 0; n < 300; n++) clear.data('client', 4 * n + 1);
    expect(compare(clear.packets, many(100)).codes).toEqual(['no-common-flow']);
  });
  test('nothing in common', () => {
    const other = talk({}, { client: '10.7.0.1', server: '10.8.0.1', router: '10.7.0.254' });
    other.packets.splice(0, 3);
    expect(compare(talk({}).packets, other.packets).codes).toEqual(['no-common-flow']);
  });
});
