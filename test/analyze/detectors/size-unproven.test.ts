import { describe, expect, test } from 'vitest';
import { fragment, ip, type Timed, udp } from '../packets.js';
import { codes, type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

/** What was sent again and whose size never arrived: no word that it is loss, not size. */
describe('a flight that offload put together, lost', () => {
  /** The first retransmission is of so many octets, those behind it of one segment. */
  const merged = (first: number, more: number): Judgement => {
    const script = new Script().handshake().transfer('client', 300, 1);
    const seq = script.next.server;
    script.data('server', 14_600);
    script.wait(0.1).segment('server', { seq, data: first });
    for (let n = 0; n < more; n++) script.wait(0.25 * 2 ** n).segment('server', { seq, data: 1460 });
    return script.judge();
  };
  sides('is a black hole by its first segment', (more: number) => merged(2920, more), [1, 2], 'problem black-hole');
  test('as where it is one from the start', () => expect(merged(1460, 4).verdict).toBe('black-hole'));
});

describe('loss, not size', () => {
  /** Segments lost and sent again with success, then one more of `last` octets that is sent again and not acknowledged. */
  const lossy = (octets: number, last = 0): Judgement => {
    const script = new Script().handshake();
    for (let n = 0; n < 30; n++) {
      script.data('client', octets);
      const seq = script.next.client - octets;
      if (n % 8 === 3) script.wait(0.25).segment('client', { seq, data: octets });
      script.wait(0.02).ack('client');
    }
    if (last > 0) {
      const seq = script.next.client;
      script.data('client', last).wait(0.3).segment('client', { seq, data: last });
    }
    return script.judge();
  };
  sides('where a thousand octets arrived', (octets: number) => lossy(octets), [959, 960], 'loss-not-mtu');
  sides(
    'and nothing larger is sent again at the end',
    (last: number) => lossy(1000, last),
    [1460, 1000],
    'loss-not-mtu',
  );
});

describe('the same size again and again, and then smaller', () => {
  /** Three timeouts, then the data in two pieces of which the first has `piece` octets. */
  const little = (timeouts: number, piece: number): Judgement => {
    const script = new Script().handshake();
    script.data('client', 1460);
    for (let n = 0; n < timeouts; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: 1001, data: 1460 });
    script.segment('client', { seq: 1001, data: piece });
    if (piece < 1460) script.segment('client', { seq: 1001 + piece, data: 1460 - piece });
    script.wait(0.02).ack('client');
    return script.transfer('client', piece, 4).judge();
  };
  sides('after three timeouts', (n: number) => little(n, 1400), [2, 3], 'warning black-hole-suspected');
  sides('where that size never arrived', (piece: number) => little(3, piece), [1460, 1459], 'black-hole-suspected');
});

describe('the capture ends with a hole', () => {
  const hole = (octets: number, behind: number): Judgement => {
    const script = new Script().handshake().transfer('client', 1460, 5);
    const seq = script.next.client + octets;
    return script
      .segment('client', { seq, data: behind })
      .ack('client', { ack: script.next.client, sack: [[seq, seq + behind]] })
      .judge();
  };
  const open = (judged: Judgement): boolean => judged.verdict === 'inconclusive' && codes(judged).length === 1;
  sides('of three full segments', (octets: number) => hole(octets, 100), [4379, 4380], open);
  sides('in front of something smaller', (behind: number) => hole(14_600, behind), [1274, 1273], open);
});

describe('what a verdict may not rest on', () => {
  /** Messages of one size, a silence, and one more in front of which five are missing. */
  const messages = (size: number, behind: number): Judgement => {
    const script = new Script().handshake().transfer('client', 100, 1).transfer('server', size, 6).wait(3);
    const seq = script.next.server + 5 * size;
    script.segment('server', { seq, data: behind });
    return script
      .segment('client', { seq: script.next.client, ack: script.next.server, sack: [[seq, seq + behind]] })
      .judge();
  };
  sides(
    'a hole in front of a packet that is smaller than those before',
    (behind: number) => messages(1000, behind),
    [948, 947],
    'black-hole-suspected',
  );
  sides('and than what is small', (size: number) => messages(size, size), [561, 560], 'black-hole-suspected');

  /** One way alone: a merged flight, and its first segments again. */
  const oneWay = (own: number | undefined): Judgement => {
    const script = new Script().segment('server', { seq: 9000, flags: 18, mss: own });
    script.data('server', 14_600);
    script.wait(0.1).segment('server', { seq: 9001, data: 2920 });
    for (let n = 0; n < 4; n++) script.wait(0.25 * 2 ** n).segment('server', { seq: 9001, data: 1460 });
    return script.judge();
  };
  sides('a merged flight, where the MSS says so', oneWay, [undefined, 1460], 'verdict black-hole-suspected');
});

describe('what was obeyed, sent or refused, and never arrived', () => {
  /** A PTB that the sender obeys; then the smaller segment so often again. */
  const obeyed = (again: number): Judgement => {
    const script = new Script().handshake().data('client', 1460).ptb(1400);
    script.segment('client', { seq: 1001, data: 1360 }).segment('client', { seq: 2361, data: 100 });
    for (let n = 0; n < again; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: 1001, data: 1360 });
    return script.judge();
  };
  sides('a PTB works, where what fits is not sent again', obeyed, [1, 0], 'pmtud-works');
  /** The same, of one direction alone. */
  const oneWay = (again: number): Judgement => {
    const script = new Script().segment('client', { seq: 1000, flags: 2, mss: 1460 }).data('client', 1460).ptb(1400);
    script.segment('client', { seq: 1001, data: 1360 }).segment('client', { seq: 2361, data: 100 });
    for (let n = 0; n < again; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: 1001, data: 1360 });
    return script.judge();
  };
  sides('also where one direction alone is here', oneWay, [2, 1], 'pmtud-works');
  sides('nor is its number advice', obeyed, [1, 0], 'mss-above-path');

  /** Datagrams that their sender cuts, the same again after each wait; a small one is answered before, or the last. */
  const cut = (waits: readonly number[], answered?: 'small' | 'last'): Judgement => {
    const ends = { from: '10.1.0.2', to: '10.2.0.2' };
    const packets: Timed[] = [];
    let at = 0;
    const answer = (): void => {
      const packet = ip(17, { from: ends.to, to: ends.from, id: 99 }, udp(1812, 5000, 100));
      packets.push({ at: at + 0.02, packet });
    };
    if (answered === 'small') {
      packets.push({ at, packet: ip(17, { ...ends, id: 98 }, udp(5000, 1812, 100)) });
      answer();
      at += 1;
    }
    for (const [n, wait] of [0, ...waits].entries()) {
      at += wait;
      for (const piece of fragment(ip(17, { ...ends, id: n + 1 }, udp(5000, 1812, 4000)), 1500))
        packets.push({ at, packet: piece });
    }
    if (answered === 'last') answer();
    return judge(packets);
  };
  const again = [0.3, 0.6, 1.2] as const;
  sides('fragments are the work of their sender', (n: number) => cut(again.slice(0, n)), [3, 2], 'verdict source-frag');
  sides(
    'to a host that answers small ones as well',
    (n: number) => cut(again.slice(0, n), 'small'),
    [3, 2],
    'verdict source-frag',
  );
  sides(
    'or where they are answered',
    (answered: 'last' | undefined) => cut(again, answered),
    [undefined, 'last'],
    'verdict source-frag',
  );

  /** Segments that offload had put together, their first sent again or not, acknowledged or not. */
  const merged = (again: boolean, acknowledged: boolean): Judgement => {
    const script = new Script().handshake().transfer('client', 300, 1);
    const seq = script.next.server;
    script.data('server', 14_600);
    if (again) script.wait(0.3).segment('server', { seq, data: 1460 });
    if (acknowledged) script.wait(0.02).ack('server');
    return script.judge();
  };
  sides(
    'merged segments, sent once',
    (again: boolean) => merged(again, false),
    [true, false],
    'verdict offload-artifact',
  );
  sides('or acknowledged', (ack: boolean) => merged(true, ack), [false, true], 'verdict offload-artifact');

  /** A PTB about a packet that is not here, of which it quotes so many octets. */
  const stranger = new Script({ client: '10.1.0.9', server: '10.2.0.9', router: '10.1.0.1' }).data('client', 1460).last;
  const quoting = (quoted: number): Judgement =>
    new Script().handshake().transfer('client', 1460, 3).ptb(1400, { packet: stranger, quoted }).judge();
  sides('a PTB whose quote ends within the IP header is no comfort', quoting, [20, 19], 'verdict inconclusive');
});
