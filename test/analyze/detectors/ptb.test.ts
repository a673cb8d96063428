import { describe, expect, test } from 'vitest';
import { ip, ptb, tcp, udp } from '../packets.js';
import { codes, ipv6Ends, type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

const small = 1398;

describe('pmtud-works', () => {
  test('a PTB is obeyed', () => {
    const script = new Script().handshake().data('client', 1460).ptb(1438);
    script
      .segment('client', { seq: 1001, data: small })
      .wait(0.02)
      .ack('client', { ack: 1001 + small });
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('pmtud-works');
    expect(findings[0]).toMatchObject({ severity: 'info' });
    expect(findings[0]?.says).toMatch(/MTU 1438.* from 1500 to at most 1438/);
    expect(findings[0]?.fix).toContain('1398');
  });
  test('a burst within the round trip is grace', () => {
    const script = new Script().handshake().data('client', 1460).ptb(1438);
    for (let index = 0; index < 9; index++) script.data('client', 1460).ptb(1438);
    script
      .wait(0.02)
      .segment('client', { seq: 1001, data: small })
      .wait(0.02)
      .ack('client', { ack: 1001 + small });
    expect(script.judge().verdict).toBe('pmtud-works');
  });
  test('of two genuine values the lowest counts', () => {
    const script = new Script().handshake().data('client', 1460).ptb(1446);
    script.segment('client', { seq: 1001, data: 1406 }).ptb(1326);
    script.segment('client', { seq: 1001, data: 1286 }).wait(0.02).ack('client', { ack: 2287 });
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('pmtud-works');
    expect(findings[0]?.says).toContain('an earlier one said 1446');
  });
  test('the low MSS of the next connection is no clamp', () => {
    const script = new Script().handshake().data('client', 1460).ptb(1438);
    script
      .segment('client', { seq: 1001, data: small })
      .wait(0.02)
      .ack('client', { ack: 1001 + small })
      .close();
    script.handshake({ client: 1398 }).transfer('server', 1398, 5).close();
    expect(script.judge().verdict).toBe('pmtud-works');
  });
});

describe('a PTB and the sequence number it quotes', () => {
  const forged = (seq: number): number[] =>
    ip(
      6,
      { from: '10.1.0.2', to: '10.2.0.2' },
      tcp({ sourcePort: 40_001, destinationPort: 443, seq, flags: 16, data: 1460 }),
    );
  test.for([
    ['of data not sent yet', 1001 + 1460 * 5 + 100_000],
    ['of data acknowledged long ago', 1001 - 500_000],
  ] as const)('%s is no answer to this connection', ([, seq]) => {
    const script = new Script().handshake().transfer('client', 1460, 5);
    script.ptb(1300, { packet: forged(seq >>> 0) }).transfer('client', 1460, 5);
    expect(script.judge().verdict).toBe('ptb-unrelated');
  });
});

describe('ptb-ignored', () => {
  test.for([
    ['IPv4', new Script(), 1438],
    ['IPv6', new Script(ipv6Ends), 1446],
  ] as const)('%s', ([, script, mtu]) => {
    script.handshake().data('client', 1440).ptb(mtu);
    for (let index = 0; index < 3; index++) script.wait(0.5).segment('client', { seq: 1001, data: 1440 }).ptb(mtu);
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('ptb-ignored');
    expect(findings[0]).toMatchObject({ code: 'ptb-ignored', severity: 'problem' });
    expect(codes({ findings } as ReturnType<typeof judge>)).not.toContain('black-hole');
  });
  test('one late packet is not ignoring', () => {
    const script = new Script().handshake().data('client', 1460).ptb(1438).wait(0.5).data('client', 1460);
    script
      .segment('client', { seq: 1001, data: small })
      .wait(0.02)
      .ack('client', { ack: 1001 + small });
    expect(script.judge().verdict).toBe('pmtud-works');
  });
  test('super-packets of the sender after a PTB are not ignoring', () => {
    const script = new Script().handshake().data('client', 1460).ptb(1438);
    script.segment('client', { seq: 1001, data: small });
    for (let index = 0; index < 4; index++)
      script
        .wait(0.3)
        .data('client', small * 3)
        .wait(0.02)
        .ack('client');
    expect(script.judge().verdict).toBe('pmtud-works');
  });
});

describe('odd PTBs', () => {
  test.for([
    [0, 'ptb-zero-mtu'],
    [40, 'ptb-bogus-mtu'],
    [60, 'ptb-bogus-mtu'],
  ] as const)('MTU %d', ([mtu, code]) => {
    const script = new Script().handshake().data('client', 1460).ptb(mtu);
    script.wait(0.3).segment('client', { seq: 1001, data: 512 }).wait(0.02).ack('client', { ack: 1513 });
    const { verdict, findings } = script.judge();
    expect(verdict).toBe(code);
    expect(findings[0]?.severity).toBe('problem');
  });
  /** What the client does after a PTB about its first packet: the same in pieces of `octets`, all of which arrive. */
  const small = (mtu: number, octets: number, hops = 0): Judgement => {
    const script = new Script();
    script.segment('client', { seq: 1000, ack: 0, flags: 2, mss: 1460 }).wait(0.02);
    script.segment('server', { seq: 9000, ack: 1001, flags: 18, mss: 1460 }, { ttl: 60 });
    script.segment('client', { seq: 1001 }).data('client', 1460);
    const packet = ptb('10.1.0.1', '10.1.0.2', mtu, script.last);
    packet[8] = 64 - hops;
    script.put(packet);
    for (let seq = 1001; seq < 2461; seq += octets)
      script.wait(0.3).segment('client', { seq, data: Math.min(octets, 2461 - seq) });
    return script.wait(0.02).ack('client').judge();
  };
  sides('from 68 on IPv4 allows it', (mtu: number) => small(mtu, 500), [67, 68], 'warning ptb-small-mtu');
  sides('up to 551', (mtu: number) => small(mtu, 500), [552, 551], 'warning ptb-small-mtu');
  sides('farther away than the peer: forged', (hops: number) => small(296, 500, hops), [6, 7], 'problem ptb-bogus-mtu');
  test('what supports it is said', () => {
    const [first] = small(296, 500).findings;
    expect(first?.says).toContain('the sender followed: at or below 540 octets');
    expect(first?.says).toContain('10.1.0.1 is 0 hops away by its TTL of 64, 10.2.0.2 4: it may be on the path');
  });
  test('an IPv6 PTB below 1280', () => {
    const judged = new Script(ipv6Ends).handshake().data('client', 1440).ptb(600).judge();
    expect(judged.verdict).toBe('ptb-bogus-mtu');
    expect(codes(judged)).toContain('ipv6-below-1280');
  });
  test('an MTU that the refused packet fits is a remark', () => {
    const judged = new Script()
      .handshake()
      .data('client', 1460)
      .ptb(1500)
      .wait(0.02)
      .ack('client')
      .transfer('server', 1460, 1)
      .judge();
    expect(judged.verdict).toBe('ok');
    expect(judged.findings.find(({ code }) => code === 'ptb-bogus-mtu')?.severity).toBe('warning');
  });
});

describe('PTBs that are for nobody here', () => {
  const other = (sourcePort: number, from = '10.1.0.2', to = '10.9.9.9'): number[] =>
    ip(6, { from, to }, tcp({ sourcePort, destinationPort: 443, seq: 7, flags: 16, data: 1460 }));
  test('another connection: unrelated, and no effect', () => {
    const script = new Script().handshake().transfer('client', 1460, 3);
    script.ptb(1300, { packet: other(5555) }).transfer('client', 1460, 3);
    const judged = script.judge();
    expect(judged.verdict).toBe('ptb-unrelated');
    expect(codes(judged, true)).toEqual([]);
  });
  test('the same connection, octets that were never sent', () => {
    const script = new Script().handshake().transfer('client', 1460, 3);
    const forged = ip(
      6,
      { from: '10.1.0.2', to: '10.2.0.2' },
      tcp({ sourcePort: 40_001, destinationPort: 443, seq: 900_000, flags: 16, data: 1460 }),
    );
    const judged = script.ptb(1300, { packet: forged }).transfer('client', 1460, 3).judge();
    expect(judged.verdict).toBe('ptb-unrelated');
  });
  test('a capture of ICMP alone', () => {
    const judged = new Script().ptb(1438, { packet: other(5555) }).judge();
    expect(judged.verdict).toBe('path-measured');
    expect(codes(judged)).toEqual(['path-measured']);
    expect(judged.findings[0]?.fix).toContain('1398');
    expect(judged.paths).toMatchObject([{ arrived: null, lost: null, ptb: 1438 }]);
  });
  test('beside a transfer of others it says nothing of that', () => {
    const script = new Script({ client: '10.1.0.7', server: '10.2.0.7', router: '10.1.0.1' }).handshake();
    const packet = new Script().ptb(1438, { packet: other(5555) }).packets[0]!.packet;
    const judged = script.transfer('client', 1460, 5).put(packet).judge();
    expect(judged.verdict).toBe('ok');
    expect(codes(judged)).toEqual(['ptb-alone']);
  });
  test('sent to the translated address', () => {
    const script = new Script().handshake().data('client', 1460);
    const outside = ip(
      6,
      { from: '203.0.113.9', to: '10.2.0.2' },
      tcp({ sourcePort: 40_001, destinationPort: 443, seq: 1001, flags: 16, data: 1460 }),
    );
    const packets = [...script.packets];
    packets.push({
      at: 0.1,
      packet: ip(1, { from: '198.51.100.1', to: '203.0.113.9', df: false }, [
        3,
        4,
        0,
        0,
        0,
        0,
        5,
        20,
        ...outside.slice(0, 60),
      ]),
    });
    expect(judge(packets).verdict).toBe('ptb-translated');
  });
  test('the quoted address is not the one it was sent to', () => {
    const script = new Script().handshake().transfer('client', 1460, 2);
    const judged = script.ptb(1438, { packet: other(40_001, '203.0.113.9', '10.2.0.2') }).judge();
    expect(codes(judged)).toContain('ptb-translated');
  });
});

describe('udp-df-ptb', () => {
  const datagram = (data: number): number[] => ip(17, { from: '10.1.0.2', to: '10.2.0.2' }, udp(5000, 5001, data));
  test('UDP with DF draws a PTB', () => {
    const script = new Script().put(datagram(1472));
    script.ptb(1438).wait(0.5).put(datagram(1472));
    const { verdict, findings } = script.judge();
    expect(verdict).toBe('udp-df-ptb');
    expect(findings[0]?.fix).toContain('1410');
  });
  test('and where the application then sends what fits, that is how it should be', () => {
    const script = new Script().put(datagram(1472));
    const judged = script.ptb(1438).wait(0.5).put(datagram(1410)).judge();
    expect(judged.verdict).toBe('pmtud-works');
    expect(codes(judged, true)).toEqual([]);
  });
  const answer = ip(17, { from: '10.2.0.2', to: '10.1.0.2' }, udp(5001, 5000, 100));
  test('UDP that is answered and that nobody refuses is ok', () => {
    const script = new Script().put(datagram(1472)).wait(0.5).put(answer);
    expect(script.judge().verdict).toBe('ok');
  });
  test('UDP without an answer: sent is not arrived', () => {
    const script = new Script().put(datagram(1472)).wait(0.5).put(datagram(1472));
    expect(script.judge().verdict).toBe('inconclusive');
  });
});

test('every PTB cut short is read without a crash', () => {
  for (let quoted = 0; quoted <= 60; quoted++) {
    const judged = new Script().handshake().data('client', 1460).ptb(1438, { quoted }).judge();
    expect(judged.capture.ptbTotal).toBe(1);
  }
});
