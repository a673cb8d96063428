import { describe, expect, test } from 'vitest';
import { esp, fragment, ip, ptb, type Timed, tcp, times, udp } from '../packets.js';
import { codes, type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

/** What may not be called right, and what may not be blamed, for want of evidence. */
const [client, server, router] = ['10.1.0.2', '10.2.0.2', '10.1.0.1'];
const there = { from: client, to: server };
const back = { from: server, to: client };
const ok = ({ verdict }: Judgement): boolean => verdict === 'ok';
/** Two other hosts, and a transfer between them. */
const others = (at: number, host = '10.1.0.77'): Timed[] =>
  new Script({ client: host, server: '10.2.0.77', router }).wait(at).handshake().transfer('client', 1460, 5)
    .packets as Timed[];

describe('what arrived is large', () => {
  const transfer = (octets: number, mss = 1460, count = 5): Judgement =>
    new Script().handshake({ client: mss, server: mss }).transfer('client', octets, count).judge();
  sides('where it is more than every path takes', (octets: number) => transfer(octets), [1240, 1241], ok);
  sides('or a full segment of a thousand octets', (mss: number) => transfer(mss, mss), [959, 960], ok);
  sides('or nearly full', (octets: number) => transfer(octets, 1060), [1019, 1020], ok);
});

describe('a request without an answer', () => {
  const request = (octets: number): Script => {
    const script = new Script().handshake();
    for (let left = octets; left > 0; left -= 1460) script.data('client', Math.min(left, 1460));
    return script.wait(0.02).ack('client');
  };
  test('a hello of two segments arrived, and nothing came back: no all-clear', () => {
    const judged = judge([...request(1700).packets, ...others(9)]);
    expect([judged.verdict, codes(judged)]).toEqual(['inconclusive', ['inconclusive']]);
  });
  sides(
    'which is of 4096 octets at most',
    (octets: number) => judge([...request(octets).packets, ...others(9)]),
    [4097, 4096],
    'verdict inconclusive',
  );
  sides(
    'alone, whatever the time',
    (octets: number) => request(octets).wait(0.1).ack('client').judge(),
    [4097, 4096],
    'verdict inconclusive',
  );
  sides(
    'unless its sender closes, as behind an upload',
    (close: boolean) => (close ? request(2000).close() : request(2000)).judge(),
    [true, false],
    'verdict inconclusive',
  );
  sides(
    'or it is answered',
    (answered: boolean) =>
      (answered ? request(2000).wait(0.02).data('server', 300).wait(0.02).ack('server') : request(2000)).judge(),
    [true, false],
    'verdict inconclusive',
  );
});

describe('a handshake and nothing behind it', () => {
  const quiet = (ttl: number, seconds = 8, last: 'RST' | 'end' = 'end'): Judgement => {
    const script = new Script();
    script.segment('client', { seq: 1000, ack: 0, flags: 2, mss: 1460 }, { ttl }).wait(0.02);
    script.segment('server', { seq: 9000, ack: 1001, flags: 18, mss: 1460 });
    script.segment('client', { seq: 1001 }, { ttl }).wait(seconds);
    if (last === 'RST') script.segment('client', { seq: 1001, flags: 20 }, { ttl });
    return judge([...script.packets, ...others(script.now), ...others(script.now, '10.1.0.78')]);
  };
  sides('from behind a router', (ttl: number) => quiet(ttl), [64, 61], 'verdict inconclusive');
  sides('for a second', (seconds: number) => quiet(61, seconds), [0.7, 1.1], 'verdict inconclusive');
  sides('that its client gave up', (seconds: number) => quiet(61, seconds, 'RST'), [0.5, 5], 'verdict inconclusive');
  sides(
    'of two hosts of which nothing else arrived',
    (known: boolean) => {
      const script = new Script().handshake();
      if (known) script.transfer('client', 1460, 4).wait(1);
      script.handshake();
      script.packets.splice(-3, 3);
      script.segment('client', { seq: 1000, ack: 0, flags: 2, mss: 1460 }, { ttl: 61 }).wait(0.02);
      script
        .segment('server', { seq: 9000, ack: 1001, flags: 18, mss: 1460 })
        .segment('client', { seq: 1001 }, { ttl: 61 });
      return judge([...script.packets, ...others(script.now + 9)]);
    },
    [true, false],
    'verdict inconclusive',
  );
});

describe('a stream and reports of its receiver', () => {
  const stream = (burst: number): Judgement =>
    judge(
      times(6, (round) => [
        ...times(burst, (n) => ({
          at: round + n * 0.01,
          packet: ip(17, { ...there, id: round * 100 + n + 1 }, udp(5004, 5004, 1372)),
        })),
        { at: round + burst * 0.01, packet: ip(17, back, udp(5004, 5004, 60)) },
      ]).flat(),
    );
  sides('behind 32 packets a report proves none of them', (burst: number) => stream(burst), [33, 32], ok);
});

describe('copies that nothing tells apart', () => {
  const copied = (wait: number, between: number, ends?: ConstructorParameters<typeof Script>[0]): Judgement => {
    const script = new Script(ends).handshake();
    for (let n = 0; n < 20; n++) {
      const seq = script.next.client;
      script.data('client', 1000);
      const first = script.packets[script.packets.length - 1]!.packet;
      const copy = ends ? first : first.map((octet, at) => (at === 4 || at === 5 ? 0 : octet));
      script.packets[script.packets.length - 1] = { at: script.now - 1e-6, packet: copy };
      if (between > 0) script.data('client', between);
      script.wait(wait).put(copy).wait(0.01).ack('client').wait(0.2);
      expect(seq).toBeGreaterThan(0);
    }
    return script.judge();
  };
  const six = { client: 'fd01::2', server: 'fd02::2', router: 'fd01::1' };
  sides('at once', (wait: number) => copied(wait, 0), [0.0005, 0.002], 'loss-not-mtu');
  sides('in IPv6 as well', (wait: number) => copied(wait, 0, six), [0.0005, 0.002], 'loss-not-mtu');
  sides('with nothing in between', (octets: number) => copied(0.0005, octets), [0, 100], 'loss-not-mtu');
});

describe('IKE that is not answered', () => {
  const [one, other] = ['192.0.2.2', '198.51.100.2'];
  const message = (exchange: number, id: number, octets: number, response = false): number[] => [
    ...[1, 2, 3, 4, 5, 6, 7, 8],
    ...[8, 7, 6, 5, 4, 3, 2, 1],
    ...[46, 0x20, exchange, response ? 0x20 : 8, 0, 0, 0, id],
    ...[0, 0, octets >> 8, octets & 255],
    ...new Array<number>(octets - 28).fill(7),
  ];
  const send = (at: number, from: string, to: string, ike: readonly number[]): Timed => ({
    at,
    packet: ip(17, { from, to, id: Math.round(at * 1000) + 1 }, [...udp(500, 500, ike.length).slice(0, 8), ...ike]),
  });
  const said = (octets: number, answered: boolean): string =>
    judge([
      ...(answered
        ? [send(0, one, other, message(34, 0, 300)), send(0.03, other, one, message(34, 0, 300, true))]
        : []),
      ...times(4, (n) => send(1 + 3 * n, one, other, message(answered ? 35 : 34, answered ? 1 : 0, octets))),
    ]).findings.find(({ code }) => code === 'ike-unanswered')?.says ?? '';
  test('by a peer that answered before: its answer may be what is lost', () => {
    expect(said(400, true)).toContain('although 198.51.100.2 had answered before');
    expect(said(400, true)).not.toContain('No matter of size');
  });
  test('by a peer that never did: no matter of size where it is small', () => {
    expect(said(592, false)).toContain('No matter of size');
    expect(said(593, false)).not.toContain('No matter of size');
  });
});

describe('IKEv1, whose messages have no number', () => {
  const [one, other] = ['192.0.2.2', '198.51.100.2'];
  const send = (at: number, from: string, octets: number): Timed => ({
    at,
    packet: ip(17, { from, to: from === one ? other : one, id: Math.round(at * 1000) + 1 }, [
      ...udp(500, 500, octets).slice(0, 8),
      ...[1, 2, 3, 4, 5, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2, 1, 4, 0x10, 2, 0, 0, 0, 0, 0, 0, 0, octets >> 8, octets & 255],
      ...new Array<number>(octets - 28).fill(7),
    ]),
  });
  const sizes = [200, 120, 380, 400, 108, 76];
  sides(
    'three messages of each side are none that is repeated',
    (last: number) =>
      judge([
        ...sizes.slice(0, last).map((octets, n) => send(n * 0.35, n % 2 ? other : one, octets)),
        ...(last === 5 ? [send(6, one, 108), send(12, one, 108)] : []),
      ]),
    [6, 5],
    'ike-unanswered',
  );
  test('DPD that stays open is no matter of certificates', () => {
    const dpd = (at: number): Timed => {
      const { packet } = send(at, one, 80);
      return { at, packet: packet.map((octet, index) => (index === 46 ? 5 : octet)) };
    };
    const judged = judge([
      ...sizes.map((octets, n) => send(n * 0.35, n % 2 ? other : one, octets)),
      ...times(4, (n) => dpd(9 + n)),
    ]);
    expect(judged.findings.find(({ code }) => code === 'ike-unanswered')?.says).toContain('it is gone');
  });
});

describe('a size that is tried again after its PTB', () => {
  const again = (minutes: number): Judgement => {
    const script = new Script().handshake().data('client', 1460).ptb(1400);
    const seq = script.next.client - 1460;
    script
      .wait(0.01)
      .segment('client', { seq, data: 1360 })
      .segment('client', { seq: seq + 1360, data: 100 });
    script
      .wait(0.02)
      .ack('client')
      .transfer('client', 1360, 5)
      .wait(minutes * 60);
    const next = script.next.client;
    script.data('client', 1460).ptb(1400, { packet: script.last }).data('client', 1460).wait(0.01);
    script.segment('client', { seq: next, data: 1360 }).segment('client', { seq: next + 1360, data: 1360 });
    script.segment('client', { seq: next + 2720, data: 200 });
    return script.wait(0.02).ack('client').transfer('client', 1360, 5).judge();
  };
  sides('five minutes later it may be', (minutes: number) => again(minutes), [5.1, 4.9], 'ptb-ignored');
});

describe('one direction alone', () => {
  const alone = (others: number): Judgement => {
    const script = new Script();
    script.segment('client', { seq: 1000, ack: 0, flags: 2, mss: 1460 }).wait(0.02).segment('client', { seq: 1001 });
    for (let n = 0; n < others; n++) {
      const seq = script.next.client;
      script.data('client', 1460).data('client', 1460).wait(0.3).segment('client', { seq, data: 1460 }).wait(0.1);
    }
    const seq = script.next.client;
    for (let n = 0; n < 10; n++) script.data('client', 1460);
    for (const wait of [0.3, 0.6, 1.2, 2.4]) script.wait(wait).segment('client', { seq, data: 1460 });
    return script.judge();
  };
  sides('that lost others before is lossy', (others: number) => alone(others), [3, 2], 'black-hole-suspected');
});

describe('large packets that are not answered', () => {
  const stream = (size: (n: number) => number): Judgement =>
    judge([
      ...times(6, (n) => [
        { at: n * 2.5, packet: ip(17, { ...there, id: n + 1 }, udp(50_000, 3478, 60)) },
        { at: n * 2.5 + 0.03, packet: ip(17, back, udp(3478, 50_000, 60)) },
      ]).flat(),
      ...times(8, (n) => ({
        at: 20 + n * 0.5,
        packet: ip(17, { ...there, id: 100 + n }, udp(50_000, 3478, size(n))),
      })),
      ...others(40),
    ]);
  sides(
    'are requests where two have the size of the one before',
    (same: number) => stream((n) => (n <= same ? 1000 : 700 + 10 * n)),
    [1, 2],
    'black-hole-suspected',
  );
});

describe('echoes', () => {
  const echo = (type: 0 | 8, sequence: number, octets: number): number[] =>
    ip(1, { ...(type === 8 ? there : back), id: sequence, df: false }, [
      ...[type, 0, 0, 0, 0, 7, 0, sequence],
      ...new Array<number>(octets - 28).fill(0),
    ]);
  const pings = (octets: number, count: number, from: number, answered = false): Timed[] =>
    times(count, (n) => [
      ...fragment(echo(8, from + n, octets), 1500).map((packet) => ({ at: from + n, packet })),
      ...(answered ? fragment(echo(0, from + n, octets), 1500).map((packet) => ({ at: from + n + 0.02, packet })) : []),
    ]).flat();
  sides(
    'in pieces, two without an answer',
    (count: number) => judge([...pings(84, 3, 0, true), ...pings(5000, count, 10)]),
    [1, 2],
    'inconclusive',
  );
  sides(
    'where whole ones are answered',
    (answered: boolean) => judge([...pings(84, 3, 0, answered), ...pings(5000, 4, 10)]),
    [false, true],
    'inconclusive',
  );
  sides(
    'none of them',
    (answered: boolean) => judge([...pings(84, 3, 0, true), ...pings(5000, 4, 10), ...pings(5000, 1, 20, answered)]),
    [true, false],
    'inconclusive',
  );
  test('of 1500 octets without an answer beside small ones with one: two reasons, no measurement', () => {
    const judged = judge([...pings(84, 4, 0, true), ...pings(1500, 4, 10)]);
    expect([judged.verdict, codes(judged)]).toEqual(['inconclusive', ['inconclusive']]);
    expect(judged.findings[0]?.says).toContain('the path takes less, or a filter drops large echoes');
  });
  test('unless packets of that size arrive otherwise', () => {
    const transfer = new Script().wait(30).handshake().transfer('client', 1460, 5).packets;
    expect(codes(judge([...pings(84, 4, 0, true), ...pings(1500, 4, 10), ...transfer]))).toEqual([]);
  });
});

describe('PTBs about the outside of a tunnel', () => {
  const about = (packet: readonly number[], mtu = 1500, more: readonly Timed[] = []): Judgement =>
    judge([...times(3, (n) => ({ at: n, packet: ptb('203.0.113.9', client, mtu, packet) })), ...more]);
  const fixOf = (packet: readonly number[]): string | undefined => about(packet).findings[0]?.fix;
  test.each([
    ['VXLAN', ip(17, there, udp(50_000, 4789, 1522))],
    ['GRE', ip(47, there, new Array<number>(1530).fill(0))],
    ['OpenVPN', ip(17, there, udp(1194, 40_000, 1522))],
    ['ESP', ip(50, there, esp(7, 1, 1530))],
  ])('%s: what fits inside is less, and no MSS is named', (_, packet) => {
    expect(fixOf(packet)).toContain('mtucalc calc --link-mtu 1500');
    expect(fixOf(packet)).not.toContain('MSS');
  });
  test('a TCP segment: the MSS is', () => {
    const packet = ip(6, there, tcp({ sourcePort: 5, destinationPort: 443, seq: 7, flags: 16, data: 1490 }));
    expect(fixOf(packet)).toContain('MSS of 1460');
  });
  test('other UDP: neither', () => expect(fixOf(ip(17, there, udp(5, 443, 1502)))).toContain('UDP packets of 1500'));
  test('beside a transfer of others', () => {
    const judged = about(ip(47, there, new Array<number>(1530).fill(0)), 1500, others(9));
    expect(judged.findings[0]?.says).toContain('about its tunnel packets of 1550 octets');
  });
  test('MTU 0 is a fault of the router, whoever is told', () => {
    const judged = about(ip(6, there, tcp({ sourcePort: 5, destinationPort: 443, seq: 7, flags: 16, data: 1460 })), 0);
    expect([judged.verdict, judged.findings[0]?.severity]).toEqual(['ptb-zero-mtu', 'warning']);
  });
});

describe('pieces without ports', () => {
  const first = (protocol: number, payload: readonly number[]): Judgement =>
    judge(
      times(4, (n) => ({
        at: n,
        packet: fragment(ip(protocol, { ...there, id: n + 1, df: false }, payload), 1500)[0]!,
      })),
    );
  test('a filter with ports leaves no later piece of GRE out', () =>
    expect(first(47, [0, 0, 8, 0, ...ip(6, there, new Array<number>(1480).fill(0))]).verdict).toBe(
      'post-frag-dropped',
    ));
  test('but those of VXLAN', () => {
    const inside = [8, 0, 0, 0, 0, 0, 5, 0, ...new Array<number>(1550).fill(0)];
    const outside = [...udp(50_000, 4789, inside.length).slice(0, 8), ...inside];
    expect(first(17, outside).verdict).not.toBe('post-frag-dropped');
  });
});

describe('datagrams in pieces', () => {
  test('of which the target says that the rest did not come', () => {
    const [head] = fragment(ip(17, { ...there, id: 1, df: false }, udp(40_000, 1812, 1572)), 1500);
    const expired = (code: number, count: number): Judgement =>
      judge([
        ...datagrams(1812),
        ...times(count, (n) => ({
          at: 40 + n,
          packet: ip(1, back, [11, code, 0, 0, 0, 0, 0, 0, ...head!.slice(0, 28)]),
        })),
      ]);
    expect(expired(1, 2).verdict).toBe('black-hole-suspected');
    expect(expired(1, 1).verdict).toBe('source-frag');
    expect(expired(0, 2).verdict).toBe('source-frag');
  });
  const datagrams = (port: number): Timed[] =>
    times(5, (n) =>
      fragment(ip(17, { ...there, id: n + 1, df: false }, udp(40_000, port, 1572)), 1500).map((packet) => ({
        at: n,
        packet,
      })),
    ).flat();
  sides('of RADIUS are no tunnel', (port: number) => judge(datagrams(port)), [1812, 2812], 'post-frag');
  test('what is whole is no comfort for a connection that is stuck', () => {
    const stuck = new Script({ client: '10.1.0.78', server: '10.2.0.78', router }).handshake().data('client', 300);
    const judged = judge([...datagrams(1812), ...stuck.wait(0.02).ack('client').packets, ...others(12)]);
    expect(judged.verdict).toBe('inconclusive');
    expect(codes(judged)).toContain('source-frag');
  });
});
