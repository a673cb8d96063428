import { describe, expect, test } from 'vitest';
import { fragment, ip, type Timed, udp } from '../packets.js';
import { ipv4Ends, type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

/** Large questions that nobody answers, beside other hosts that do well. */
const [from, to] = ['10.1.0.2', '10.2.0.2'];
const good = new Script({ client: '10.1.0.77', server: '10.2.0.77', router: '10.1.0.1' })
  .handshake()
  .transfer('client', 1460, 8).packets;
const beside = (packets: readonly Timed[]): Judgement =>
  judge([...good, ...packets].sort((one, next) => one.at - next.at));

describe('echo requests', () => {
  const echo = (octets: number, sequence: number): number[] =>
    ip(1, { from, to }, [8, 0, 0, 0, 0, 9, 0, sequence, ...new Array(octets - 28).fill(0)]);
  const echoes = (sizes: readonly number[]): Judgement =>
    beside(sizes.map((octets, index) => ({ at: 1 + index, packet: echo(octets, index) })));
  sides('three', (count: number) => echoes(new Array(count).fill(1500)), [2, 3], 'verdict inconclusive');
  sides('of 1000 octets', (octets: number) => echoes([octets, octets, octets]), [999, 1000], 'verdict inconclusive');
  sides('none of them small', (first: number) => echoes([first, 1500, 1500, 1500]), [84, 1500], 'verdict inconclusive');
});

describe('UDP', () => {
  const datagram = (octets: number): number[] => ip(17, { from, to }, udp(50_000, 443, octets - 28));
  const sent = (times: readonly number[], octets = 1278): Judgement =>
    beside(times.map((at) => ({ at: 1 + at, packet: datagram(octets) })));
  sides(
    'after waits that double',
    (times: readonly number[]) => sent(times),
    [
      [0, 0.3, 0.6, 0.9],
      [0, 0.3, 0.9, 2.1],
    ],
    'verdict inconclusive',
  );
  sides('of 1000 octets', (octets: number) => sent([0, 0.3, 0.9, 2.1], octets), [999, 1000], 'verdict inconclusive');
});

describe('UDP to a host that has answered something smaller', () => {
  /** Answered questions of these sizes, then one of `octets` after each of `waits`, behind one of them a packet back. */
  const asked = (
    sizes: readonly number[],
    octets: number,
    waits: readonly number[],
    own = -1,
    wait = 0.3,
  ): Judgement => {
    const packets: Timed[] = [];
    let at = 1;
    const put = (back: boolean, size: number, more = 0): void => {
      const ends = back ? { from: to, to: from } : { from, to };
      packets.push({ at: at + more, packet: ip(17, ends, udp(back ? 443 : 50_000, back ? 50_000 : 443, size - 28)) });
    };
    for (const size of sizes) {
      put(false, size);
      put(true, 100, 0.02);
      at += 1;
    }
    put(false, octets);
    for (const [index, one] of waits.entries()) {
      at += one;
      put(false, octets);
      if (index === own) put(true, 60, wait);
    }
    return judge([...good, ...packets].sort((one, next) => one.at - next.at));
  };
  const double = (count: number): number[] => Array.from({ length: count }, (_, n) => 0.25 * 2 ** n);
  const even = (count: number): number[] => new Array(count).fill(1.2);
  sides(
    'waits that double, above the largest that was answered (QUIC)',
    (octets: number) => asked([1228], octets, double(5)),
    [1228, 1229],
    'black-hole-suspected',
  );
  sides('four of them', (count: number) => asked([1228], 1428, double(count)), [3, 4], 'black-hole-suspected');
  sides(
    'a packet of its own amid the waits is no answer, where they go on (a keep-alive of WireGuard)',
    (more: number) => asked([], 1480, double(5 + more), 4),
    [0, 2],
    'black-hole-suspected',
  );
  sides(
    'one of a large size is no more answered than one of a small one',
    (sizes: readonly number[]) => asked(sizes, 1428, even(4)),
    [[1228], [1228, 200]],
    'black-hole-suspected',
  );
  sides(
    'at even intervals, five times (TFTP)',
    (count: number) => asked([60], 1500, even(count)),
    [4, 5],
    'verdict inconclusive',
  );
});

describe('UDP in fragments', () => {
  const pieces = (answered: number): Judgement => {
    const packets: Timed[] = [];
    for (let n = 0; n < answered; n++)
      packets.push(
        { at: 1 + n, packet: ip(17, { from, to, df: false, id: 50 + n }, udp(1812, 1812, 200)) },
        { at: 1.02 + n, packet: ip(17, { from: to, to: from, df: false, id: 50 + n }, udp(1812, 1812, 150)) },
      );
    for (let n = 0; n < 6; n++) {
      const whole = ip(17, { from, to, df: false, id: 90 + n }, udp(1812, 1812, 1700));
      packets.push(...fragment(whole, 1500).map((packet, index) => ({ at: 10 + 3 * n + index / 1e5, packet })));
    }
    return judge([...good, ...packets].sort((one, next) => one.at - next.at));
  };
  sides('that are not answered, beside small ones that are', pieces, [1, 2], 'warning black-hole-suspected');
  test('are called so, and no size is said to be lost', () => {
    const { findings, paths } = pieces(3);
    expect(findings[0]?.says).toContain('1728 octets in fragments');
    expect(paths.find((path) => path.from === from && path.to === to)?.lost ?? null).toBeNull();
  });
  test('leave it open, where little else speaks', () => expect(pieces(1).verdict).toBe('inconclusive'));
});

describe('an error about each large packet', () => {
  const error = (type: number, code: number, timeouts = 3): Judgement => {
    const script = new Script().handshake().transfer('client', 100, 2);
    const seq = script.next.client;
    script.data('client', 1460);
    for (const wait of [0.3, 0.6, 1.2].slice(0, timeouts)) {
      const packet = script.last.slice(0, 60);
      script.put(ip(1, { from: ipv4Ends.router, to: from, df: false }, [type, code, 0, 0, 0, 0, 0, 0, ...packet]));
      script.wait(wait).segment('client', { seq, data: 1460 });
    }
    return script.judge();
  };
  sides(
    'of a host that cannot be reached is no silence',
    (code: number) => error(3, code),
    [3, 1],
    'verdict inconclusive',
  );
  for (const code of [5, 6, 7, 8, 11, 12, 14, 15, 16])
    sides(`nor is ICMP 3/${code}`, (one: number) => error(3, one), [2, code], 'verdict inconclusive');
  sides('nor is that of a loop', (code: number) => error(11, code), [1, 0], 'verdict inconclusive');
});
