import { describe, expect, test } from 'vitest';
import { forbidden, fragment, ip, udp } from '../packets.js';
import { codes, ipv4Ends, ipv6Ends, type Judgement, judge, Script } from '../script.js';
import { sides } from '../sides.js';

/** Filters that reject and say so (RFC 1812 5.2.7.1, RFC 4443 3.1). */
function rejected({ octets = 1460, arrived = 100, code, family = 4 }: Case = {}): Judgement {
  const ends = family === 4 ? ipv4Ends : ipv6Ends;
  const script = new Script(ends).handshake();
  if (arrived > 0) script.transfer('client', arrived, 2);
  const seq = script.next.client;
  script.data('client', octets);
  const error = (): unknown => script.wait(0.001).put(forbidden(ends.router, ends.client, script.last, code));
  error();
  for (const wait of [0.25, 0.5, 1]) {
    script.wait(wait).segment('client', { seq, data: octets });
    error();
  }
  return script.judge();
}
interface Case {
  octets?: number;
  arrived?: number;
  code?: number;
  family?: 4 | 6;
}

describe('a filter that forbids large packets', () => {
  sides(
    'is named where smaller ones arrive',
    (arrived: number) => rejected({ arrived }),
    [1460, 1459],
    'problem prohibited',
  );
  sides('and is no silence', (code: number) => rejected({ code }), [13, 3], 'black-hole-suspected');
  for (const code of [9, 10, 13])
    sides(`ICMP 3/${code}`, (one: number) => rejected({ code: one }), [3, code], 'verdict prohibited');
  for (const code of [1, 5])
    sides(`ICMPv6 1/${code}`, (one: number) => rejected({ code: one, family: 6 }), [0, code], 'verdict prohibited');
  test('who sent it, and which size', () => {
    const [finding] = rejected().findings;
    expect(finding?.says).toMatch(
      /^10\.1\.0\.1 says 4 times .*3\/13.* packets of 1500 octets from 10\.1\.0\.2 to 10\.2\.0\.2 port 443, while packets of up to 140 arrive/,
    );
    expect(rejected().paths).toContainEqual({ from: '10.1.0.2', to: '10.2.0.2', arrived: 140, lost: 1500, ptb: null });
  });
});

describe('a filter that forbids whatever the size', () => {
  const syn = (packet = new Script().segment('client', { seq: 1, ack: 0, flags: 2, mss: 1460 })): Judgement =>
    packet.put(forbidden(ipv4Ends.router, ipv4Ends.client, packet.last)).judge();
  test('a SYN: a remark', () => expect([syn().verdict, codes(syn())]).toEqual(['inconclusive', ['prohibited']]));
  sides(
    'of a size that arrives between the hosts',
    (arrived: number) => rejected({ arrived }),
    [1459, 1460],
    'info prohibited',
  );
});

describe('what is known by the quote alone', () => {
  const packet = (octets: number): number[] => ip(17, { from: '10.1.0.2', to: '10.2.0.2' }, udp(500, 500, octets - 28));
  const alone = (octets: number): Judgement =>
    judge([{ at: 0, packet: forbidden('10.1.0.1', '10.1.0.2', packet(octets)) }]);
  sides('above 600 octets', alone, [600, 601], 'verdict prohibited');
  sides(
    'fragments',
    (cut: boolean) =>
      judge([
        { at: 0, packet: forbidden('10.1.0.1', '10.1.0.2', cut ? fragment(packet(1600), 1500)[1]! : packet(120)) },
      ]),
    [false, true],
    'problem prohibited',
  );
});
