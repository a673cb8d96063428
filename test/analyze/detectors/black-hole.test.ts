import { describe, expect, test } from 'vitest';
import { codes, ipv6Ends, judge, Script } from '../script.js';

/** 1448 octets of data and no options: IP packets of 1488. */
const FULL = 1448;

/** A full window that is lost, then timeouts of the first segment that double. */
function stalled(
  script: Script,
  timeouts: number,
  { side = 'client' as 'client' | 'server', flight = 6 } = {},
): Script {
  const first = script.next[side];
  for (let index = 0; index < flight; index++) script.data(side, FULL);
  let wait = 0.25;
  for (let index = 0; index < timeouts; index++) {
    script.wait(wait).segment(side, { seq: first, data: FULL });
    wait *= 2;
  }
  return script;
}

/** The same packet sent anew: another IP identification. */
const withId = (packet: readonly number[], id: number): number[] =>
  packet.map((octet, at) => (at === 4 ? id >> 8 : at === 5 ? id & 255 : octet));

describe('black-hole', () => {
  test('large packets vanish after the handshake', () => {
    const { verdict, findings } = stalled(new Script().handshake().transfer('client', 100, 1), 4).judge();
    expect(verdict).toBe('black-hole');
    expect(findings[0]).toMatchObject({ code: 'black-hole', severity: 'problem' });
    expect(findings[0]?.says).toContain('a 1488-octet packet was retransmitted 4 times');
    expect(findings[0]?.evidence.map(({ value }) => value)).toContain(140);
  });
  test('IPv6, from the server', () => {
    const script = new Script(ipv6Ends).handshake({ client: 1440, server: 1440 }).transfer('client', 100, 1);
    expect(stalled(script, 3, { side: 'server' }).judge().verdict).toBe('black-hole');
  });
  test('two timeouts are a suspicion', () => {
    expect(stalled(new Script().handshake(), 2).judge().verdict).toBe('black-hole-suspected');
  });
  test('one timeout is nothing', () => {
    expect(codes(stalled(new Script().handshake(), 1).judge(), true)).toEqual([]);
  });
  test('not where that size arrived before: the peer went away', () => {
    expect(codes(stalled(new Script().handshake().transfer('client', FULL, 5), 5).judge(), true)).toEqual([]);
  });
  test('not where small new data is lost as well', () => {
    const script = new Script().handshake();
    const first = script.next.client;
    script.data('client', FULL).data('client', FULL);
    for (let index = 0; index < 4; index++) {
      script.wait(0.3).segment('client', { seq: first, data: FULL }).wait(0.05).data('client', 50);
    }
    expect(script.judge().verdict).not.toBe('black-hole');
  });
  test('not where a small segment behind the large ones drew no answer either', () => {
    const script = new Script().handshake().transfer('client', 100, 1);
    const first = script.next.client;
    script.data('client', FULL).data('client', FULL).data('client', 50);
    for (let index = 0; index < 4; index++) script.wait(0.3).segment('client', { seq: first, data: FULL });
    expect(codes(script.judge(), true)).toEqual([]);
  });
  test('but where the small one is acknowledged selectively', () => {
    const script = new Script().handshake().transfer('client', 100, 1);
    const first = script.next.client;
    script.data('client', FULL).data('client', FULL).data('client', 50);
    const behind = script.next.client;
    script.wait(0.02).ack('client', { ack: first, sack: [[behind - 50, behind]] });
    for (let index = 0; index < 4; index++) script.wait(0.3).segment('client', { seq: first, data: FULL });
    expect(script.judge().verdict).toBe('black-hole');
  });
  test('not for certain where another connection of the two hosts loses what it had delivered', () => {
    const script = new Script().handshake().transfer('client', FULL, 5);
    const gone = script.next.client;
    const [from] = script.data('client', FULL).packets.slice(-1);
    stalled(script.handshake().transfer('client', 100, 1), 4);
    // The first connection's packet, again and again beside the second's.
    const times = script.packets.slice(-4).map(({ at }) => at + 0.01);
    const again = times.map((at, index) => ({ at, packet: withId(from!.packet, 900 + index) }));
    const packets = [...script.packets, ...again].sort((one, other) => one.at - other.at);
    expect(gone).toBeGreaterThan(0);
    const { verdict, findings } = judge(packets);
    expect(verdict).toBe('black-hole-suspected');
    expect(findings.map(({ severity }) => severity)).not.toContain('problem');
  });
  test('two timeouts are nothing where another connection gets that size through', () => {
    const script = new Script().handshake().transfer('client', FULL, 5).close();
    expect(codes(stalled(script.handshake(), 2).judge(), true)).toEqual([]);
  });
  test('a path that narrows: what arrived before vanishes, and only pieces get through', () => {
    const script = new Script().handshake().transfer('client', FULL, 5);
    const first = script.next.client;
    for (let index = 0; index < 8; index++) script.data('client', FULL);
    script.data('client', 300);
    const end = script.next.client;
    script.data('client', 200).data('client', FULL).data('client', 100);
    const last = script.next.client;
    script.wait(0.02).ack('client', {
      ack: first,
      sack: [
        [end - 300, end],
        [last - 100, last],
      ],
    });
    for (let index = 0; index < 4; index++) script.wait(0.3).segment('client', { seq: first, data: FULL });
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('black-hole-suspected');
    expect(findings[0]?.says).toContain('only smaller pieces');
  });
  test('not for small packets', () => {
    const script = new Script().handshake();
    script.data('client', 400);
    for (let index = 0; index < 5; index++) script.wait(0.3).segment('client', { seq: 1001, data: 400 });
    expect(codes(script.judge(), true)).toEqual([]);
  });
  test('not while the window is shut', () => {
    const script = new Script().handshake().transfer('client', 100, 1);
    script.ack('client').segment('server', { seq: script.next.server, window: 0 });
    const first = script.next.client;
    script.data('client', FULL).data('client', FULL);
    for (let index = 0; index < 5; index++) script.wait(0.3).segment('client', { seq: first, data: FULL });
    expect(codes(script.judge(), true)).toEqual([]);
  });
  test('a frame captured twice is no retransmission', () => {
    const script = new Script().handshake().transfer('client', 100, 1);
    script.data('client', FULL).data('client', FULL);
    for (let index = 0; index < 5; index++) script.wait(0.3).put(script.last);
    expect(codes(script.judge(), true)).toEqual([]);
  });
  test('behind a PTB that was obeyed: another hop drops silently', () => {
    const script = new Script().handshake().transfer('client', 100, 1);
    script.data('client', 1460).ptb(1438);
    for (let index = 0; index < 4; index++) script.wait(0.3).segment('client', { seq: 1101, data: 1398 });
    script.ack('client', { ack: 1101, sack: [[2499, 2561]] });
    script.wait(0.6).segment('client', { seq: 1101, data: 1398 });
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('black-hole');
    expect(findings[0]?.says).toContain('obeyed the PTB of 1438');
  });
});

describe('black-hole-plpmtud', () => {
  test('a smaller segment after timeouts gets through', () => {
    const script = stalled(new Script().handshake().transfer('client', 100, 1), 3);
    script.wait(1.9).segment('client', { seq: 1101, data: 1024 }).wait(0.02).ack('client', { ack: 2125 });
    script
      .segment('client', { seq: 2125, data: 424 })
      .segment('client', { seq: 2549, data: 1024 })
      .wait(0.02)
      .ack('client', { ack: 3573 });
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('black-hole-plpmtud');
    expect(findings[0]?.says).toMatch(/1488-octet .* tried 1064 octets/);
  });
  test('not where the same size gets through', () => {
    const script = stalled(new Script().handshake().transfer('client', 100, 1), 3);
    script.wait(0.02).ack('client');
    expect(codes(script.judge(), true)).toEqual([]);
  });
});

describe('black-hole-suspected, from the receiver', () => {
  test('only remainders arrive, SACK blocks between large holes', () => {
    const script = new Script().handshake().transfer('client', 100, 1);
    script.segment('client', { seq: 3873, data: 62 }).ack('client', { ack: 1101, sack: [[3873, 3935]] });
    script.segment('client', { seq: 6707, data: 62 }).ack('client', {
      ack: 1101,
      sack: [
        [6707, 6769],
        [3873, 3935],
      ],
    });
    expect(script.judge().verdict).toBe('black-hole-suspected');
  });
  test('a hole that stays open behind which the last small segment came', () => {
    const script = new Script().handshake({ sack: false }).transfer('server', 100, 1);
    script.segment('server', { seq: 9101 + 4380, data: 200 }).ack('server', { ack: 9101 });
    expect(script.judge().verdict).toBe('black-hole-suspected');
  });
  test('not where large segments arrive: loss', () => {
    const script = new Script().handshake().transfer('client', 100, 1);
    script.segment('client', { seq: 2561, data: 1460 }).ack('client', { ack: 1101, sack: [[2561, 4021]] });
    script.segment('client', { seq: 5481, data: 1460 }).ack('client', {
      ack: 1101,
      sack: [
        [5481, 6941],
        [2561, 4021],
      ],
    });
    expect(codes(script.judge(), true)).toEqual([]);
  });
});

describe('inconclusive', () => {
  test('handshake, a request, and nothing more', () => {
    expect(new Script().handshake().transfer('client', 64, 1).judge().verdict).toBe('inconclusive');
  });
  test('an answered request with full segments is ok', () => {
    const script = new Script().handshake().transfer('client', 64, 1).transfer('server', 1460, 5).close();
    expect(script.judge().verdict).toBe('ok');
  });
});
