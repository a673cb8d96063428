import { describe } from 'vitest';
import { ip, type Timed, udp } from '../packets.js';
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
    [6, 1],
    'verdict inconclusive',
  );
  sides('nor is that of a loop', (code: number) => error(11, code), [1, 0], 'verdict inconclusive');
});
