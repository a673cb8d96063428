import { describe, expect, test } from 'vitest';
import { esp, fragment, ip, ptb, type Timed, tcp, times, udp } from '../packets.js';
import { codes, type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

const [client, server, router] = ['10.1.0.2', '10.2.0.2', '10.1.0.1'];
const there = { from: client, to: server };
const back = { from: server, to: client };
const u16 = (value: number): number[] => [value >> 8, value & 255];
const u32 = (value: number): number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const large = (from: number): Timed[] =>
  new Script({ client: '10.1.0.77', server: '10.2.0.77', router }).wait(from).handshake().transfer('client', 1460, 5)
    .packets as Timed[];

describe('UDP', () => {
  const ask = (octets: number, at: number): Timed => ({
    at,
    packet: ip(17, { ...there, id: 1 + Math.round(at * 100) }, udp(40_000, 1812, octets - 28)),
  });
  const answer = (at: number, octets = 100): Timed => ({ at, packet: ip(17, back, udp(1812, 40_000, octets)) });
  const small = (count: number): Timed[] => times(count, (n) => [ask(128, n * 0.1), answer(n * 0.1 + 0.02)]).flat();
  const lost = (count: number, octets = 1478, wait = 0.7): Timed[] => times(count, (n) => ask(octets, 1 + n * wait));
  const end = large(20);
  sides(
    'three large requests without an answer',
    (count: number) => judge([...small(3), ...lost(count), ...end]),
    [2, 3],
    'black-hole-suspected',
  );
  sides(
    'two small ones with one',
    (count: number) => judge([...small(count), ...lost(5), ...end]),
    [1, 2],
    'black-hole-suspected',
  );
  sides(
    'above 600 octets',
    (octets: number) => judge([...small(9), ...lost(5, octets), ...end]),
    [600, 601],
    'black-hole-suspected',
  );
  sides(
    'none of the large was answered',
    (answered: boolean) => judge([...small(3), ...lost(5), ...(answered ? [answer(3.85)] : []), ...end]),
    [true, false],
    'black-hole-suspected',
  );
  sides(
    'a tenth of a second without an answer makes a request one of its own',
    (wait: number) => judge([...small(3), ...lost(4, 1478, wait), ...end]),
    [0.09, 0.11],
    'black-hole-suspected',
  );
  const waits = (count: number, ratio = 2, first = 0.2): Judgement => {
    let at = 1;
    const packets = times(count + 1, (n) => {
      if (n > 0) at += first * ratio ** (n - 1);
      return ask(1400, at);
    });
    return judge([answer(0.5), ...packets, ...large(at + 5)]);
  };
  sides('waits that double four times', (count: number) => waits(count), [3, 4], 'black-hole-suspected');
  sides('by 1.6 at least', (ratio: number) => waits(5, ratio), [1.55, 1.65], 'black-hole-suspected');
  sides('by 2.6 at most', (ratio: number) => waits(5, ratio), [2.65, 2.55], 'black-hole-suspected');
  sides('from 0.15 s on', (first: number) => waits(4, 2, first), [0.14, 0.16], 'black-hole-suspected');
  sides(
    'an answer comes within a second',
    (delay: number) => judge([ask(1478, 0), answer(delay)]),
    [1.01, 0.99],
    'verdict ok',
  );
  sides(
    'who answers is not answered by the next request',
    (delay: number) => judge(times(6, (n) => [ask(100, n), answer(n + 1 - delay, 1400)]).flat()),
    [0.11, 0.09],
    'verdict ok',
  );
  sides(
    'and four times at least',
    (count: number) => judge(times(count + 1, (n) => [ask(100, n), answer(n + 0.95, 1400)]).flat()),
    [3, 4],
    'verdict ok',
  );
});

describe('echoes', () => {
  const echo = (type: 0 | 8, sequence: number, octets: number, at: number): Timed => ({
    at,
    packet: ip(1, type === 8 ? there : back, [
      type,
      0,
      0,
      0,
      0,
      7,
      ...u16(sequence),
      ...new Array<number>(octets - 28).fill(0x64),
    ]),
  });
  const sweep = (sizes: readonly (readonly [octets: number, answered: boolean])[], wait = 1): Timed[] =>
    sizes.flatMap(([octets, answered], n) => [
      echo(8, n, octets, n * wait),
      ...(answered ? [echo(0, n, octets, n * wait + 0.02)] : []),
    ]);
  test('the largest that is answered and the smallest that is not', () => {
    const judged = judge([
      ...sweep([
        [1200, true],
        [1400, true],
        [1450, false],
        [1420, false],
        [1410, true],
        [1415, false],
      ]),
    ]);
    expect(judged.verdict).toBe('path-measured');
    expect(judged.paths).toEqual([{ from: client, to: server, arrived: 1410, lost: 1415, ptb: null }]);
    expect(judged.findings[0]?.fix).toContain('1370');
  });
  sides(
    'two requests are lost',
    (count: number) =>
      judge([...sweep([[1200, true], ...times(count, (n) => [1400 + n, false] as const)]), ...large(9)]),
    [1, 2],
    'path-measured',
  );
  sides(
    'by more than chance',
    (lost: number) =>
      judge(
        sweep([
          ...times(10, (n) => [1000 + n, n >= lost] as const),
          [1400, false],
          [1401, false],
          [1402, false],
          [1400, false],
        ]),
      ),
    [4, 3],
    'path-measured',
  );
  const refused = (answered: number): Judgement => {
    const first = echo(8, 1, 1500, 0);
    return judge([
      first,
      { at: 0.01, packet: ptb(router, client, 1400, first.packet) },
      echo(8, 2, answered, 1),
      echo(0, 2, answered, 1.02),
    ]);
  };
  sides('a PTB, and what it allows is answered', refused, [1401, 1400], 'path-measured');
  test('the same by tracepath, which changes the port and hears the target itself', () => {
    const probe = (port: number, octets: number, at: number): Timed => ({
      at,
      packet: ip(17, { ...there, id: port }, udp(33_000, port, octets - 28)),
    });
    const first = probe(44_444, 1500, 0);
    const second = probe(44_445, 1400, 1);
    const unreachable = ip(1, back, [3, 3, 0, 0, 0, 0, 0, 0, ...second.packet.slice(0, 28)]);
    const judged = judge([
      first,
      { at: 0.01, packet: ptb(router, client, 1400, first.packet) },
      second,
      { at: 1.02, packet: unreachable },
    ]);
    expect(judged.verdict).toBe('path-measured');
    expect(codes(judged)).not.toContain('udp-df-ptb');
    expect(judged.paths).toEqual([{ from: client, to: server, arrived: 1400, lost: null, ptb: 1400 }]);
  });
  test('an error of a router on the way proves nothing', () => {
    const probe: Timed = { at: 0, packet: ip(17, there, udp(33_000, 44_444, 1472)) };
    const unreachable = ip(1, { from: router, to: client }, [3, 1, 0, 0, 0, 0, 0, 0, ...probe.packet.slice(0, 28)]);
    expect(judge([probe, { at: 1, packet: unreachable }]).paths).toEqual([]);
  });
});

describe('IKE', () => {
  const message = (exchange: number, id: number, octets: number, response = false): number[] => {
    const ike = [
      ...u32(1),
      ...u32(2),
      ...u32(response ? 3 : 0),
      ...u32(4),
      46,
      0x20,
      exchange,
      response ? 0x20 : 0x08,
      ...u32(id),
      ...u32(octets),
    ];
    const body = [...ike, ...new Array<number>(octets - 28).fill(0x65)];
    return [...u16(500), ...u16(500), ...u16(8 + body.length), 0, 0, ...body];
  };
  const send = (at: number, id: number, datagram: readonly number[], ends = there): Timed[] =>
    fragment(ip(17, { ...ends, id, df: false }, datagram), 1500).map((packet) => ({ at, packet }));
  const auth = (count: number, wait = 1, octets = 3000, answered = false): Judgement =>
    judge([
      ...send(0, 1, message(34, 0, 300)),
      ...send(0.05, 2, message(34, 0, 300, true), back),
      ...times(count, (n) => send(1 + n * wait, 10 + n, message(35, 1, octets))).flat(),
      ...(answered ? send(1 + count * wait, 99, message(35, 1, 2000, true), back) : []),
      ...large(30),
    ]);
  sides('two messages in fragments without an answer', (count: number) => auth(count), [1, 2], 'problem ike-fragments');
  sides('a fifth of a second apart', (wait: number) => auth(2, wait), [0.19, 0.21], 'ike-fragments');
  sides(
    'none where the answer came',
    (answered: boolean) => auth(4, 1, 3000, answered),
    [true, false],
    'ike-fragments',
  );
  sides('nor where it went in one packet', (octets: number) => auth(4, 1, octets), [1472, 1473], 'ike-fragments');
  sides('which is told from three on', (count: number) => auth(count, 1, 400), [2, 3], 'info ike-unanswered');
});

describe('fragments', () => {
  const cut = (
    protocol: number,
    datagram: readonly number[],
    mtu: number,
    { ttl = 60, count = 4, drop = -1 } = {},
  ): Judgement =>
    judge(
      times(count, (n) =>
        fragment(ip(protocol, { ...there, id: n + 1, df: false, ttl }, datagram), mtu).filter(
          (_, piece) => piece !== drop,
        ),
      )
        .flat()
        .map((packet, n) => ({ at: n * 0.01, packet })),
    );
  const segment = tcp({ sourcePort: 40_000, destinationPort: 443, seq: 1, flags: 16, data: 1460 });
  sides(
    'TCP in pieces of a link of 256 and more',
    (mtu: number) => cut(6, segment, mtu),
    [252, 276],
    'verdict pre-frag',
  );
  sides(
    'UDP in pieces of 552 and more, from afar',
    (mtu: number) => cut(17, udp(1000, 53, 1400), mtu),
    [548, 556],
    'verdict pre-frag',
  );
  sides(
    'at the TTL of a host: its own',
    (ttl: number) => cut(17, udp(1000, 53, 1400), 1300, { ttl }),
    [64, 63],
    'verdict pre-frag',
  );
  sides(
    'a lone first piece is no comfort',
    (drop: number) => cut(17, udp(1000, 53, 1400), 1300, { ttl: 64, count: 1, drop }),
    [-1, 1],
    'verdict inconclusive',
  );
  sides(
    'later pieces only',
    (drop: number) => cut(17, udp(1000, 53, 1400), 1300, { ttl: 64, drop }),
    [-1, 0],
    'inconclusive',
  );
  sides(
    'three datagrams of one size just above Ethernet: a tunnel',
    (count: number) => cut(17, udp(1000, 7000, 1568), 1500, { count }),
    [2, 3],
    'post-frag',
  );
  sides(
    'of 180 octets more at most',
    (octets: number) => cut(17, udp(1000, 7000, octets - 28), 1500),
    [1681, 1680],
    'post-frag',
  );
  sides('ESP in pieces of 256 and more', (mtu: number) => cut(50, esp(1, 1, 1544), mtu), [252, 276], 'post-frag');
});

describe('PTB', () => {
  const rest = (wait: number, count: number, rtt = 0.02): Judgement => {
    const script = new Script().segment('client', { seq: 1000, ack: 0, flags: 2, mss: 1460 }).wait(rtt);
    script.segment('server', { seq: 9000, ack: 1001, flags: 18, mss: 1460 }).segment('client', { seq: 1001 });
    script.next.client = 1001;
    script.next.server = 9001;
    script.data('client', 1460).ptb(1400).wait(wait);
    for (let n = 0; n < count; n++) script.data('client', 1460);
    return script.judge();
  };
  sides(
    'two packets above it, after a tenth of a second',
    (wait: number) => rest(wait, 2),
    [0.09, 0.11],
    'ptb-ignored',
  );
  sides('one may have been under way', (count: number) => rest(1, count), [1, 2], 'ptb-ignored');
  sides('one and a half round trips on a slow path', (wait: number) => rest(wait, 2, 0.4), [0.59, 0.61], 'ptb-ignored');
  const odd = (mtu: number): Judgement =>
    new Script().handshake().data('client', 1460).ptb(mtu).wait(1).data('client', 500).wait(0.02).ack('client').judge();
  sides('below 552 an IPv4 MTU is of no use', (mtu: number) => odd(mtu), [552, 551], 'problem ptb-bogus-mtu');
  sides('not below what it refuses', (mtu: number) => odd(mtu), [1499, 1500], 'warning ptb-bogus-mtu');
  const stuck = (timeouts: number): Judgement => {
    const script = new Script().handshake().data('client', 1460).ptb(1500);
    for (let n = 0; n < timeouts; n++) script.wait(0.3).segment('client', { seq: 1001, data: 1460 }).ptb(1500);
    return script.judge();
  };
  sides('and the transfer is stuck', stuck, [1, 2], 'problem ptb-bogus-mtu');
  sides(
    'it quotes more than was ever sent',
    (quoted: number) => {
      const script = new Script().handshake().data('client', 1460);
      const packet = [...script.last];
      packet[2] = quoted >> 8;
      packet[3] = quoted & 255;
      return script.ptb(1500, { packet }).wait(0.3).ack('client').judge();
    },
    [1500, 1501],
    'offload-artifact',
  );
});

describe('clock, copies, both sides', () => {
  const stalled = (back: number): Judgement => {
    const script = new Script().handshake().transfer('client', 100, 1);
    const first = script.next.client;
    for (let n = 0; n < 6; n++) script.data('client', 1448);
    for (const wait of [0.3, 0.6, 1.2, 2.4]) script.wait(wait).segment('client', { seq: first, data: 1448 });
    return judge(script.packets.map((one) => ({ ...one, at: 5000 + one.at - (one.at > 0.6 ? back : 0) })));
  };
  test('a step back of an hour takes nothing of the waits', () => expect(stalled(3600).verdict).toBe('black-hole'));
  const copied = (wait: number, id: number): Judgement => {
    const script = new Script().handshake();
    for (let n = 0; n < 20; n++) {
      script.data('client', 1460).wait(0.005).ack('client');
      const one = [...script.packets[script.packets.length - 2]!.packet];
      one[8] = 63;
      one[5] = (one[5]! + id) & 255;
      one[37] = (one[37]! + 1) & 255;
      script.wait(wait).put(one).wait(0.2);
    }
    return script.judge();
  };
  sides(
    'the same identification soon is a copy, another one a retransmission',
    (id: number) => copied(0.001, id),
    [0, 100],
    'loss-not-mtu',
  );
  sides(
    'after a tenth of a second the same identification is none, with another checksum',
    (wait: number) => copied(wait, 0),
    [0.09, 0.11],
    'loss-not-mtu',
  );
  sides(
    'a keep-alive of one octet is no retransmission',
    (seq: number) => {
      const script = new Script().handshake().transfer('client', 1460, 4);
      for (let n = 0; n < 9; n++)
        script
          .wait(1)
          .segment('client', { seq: script.next.client - seq, data: 1 })
          .wait(0.02)
          .ack('client');
      return script.judge();
    },
    [1, 2],
    'loss-not-mtu',
  );
});

describe('what is kept', () => {
  const first = new Script().handshake().data('client', 1460);
  const packet = first.packets.at(-1)!.packet;
  const kinds = (count: number): number =>
    judge([
      ...first.packets,
      ...times(count, (n): Timed => ({ at: 1 + n / 1000, packet: ptb(router, client, 600 + n, packet) })),
    ]).ptbs.length;
  test('256 kinds of PTBs, no more', () => expect([kinds(256), kinds(257)]).toEqual([256, 256]));
});
