import { describe, expect, test } from 'vitest';
import { judgedText } from './read.js';

/** `tcpdump -nn -i any` on a host of many devices: those by which a connection does not come count for nothing. */
const line = (at: number, device: string, from: string, to: string, what: string): string =>
  `10:00:${at.toFixed(6).padStart(9, '0')} ${device} In  IP ${from} > ${to}: ${what}`;
const idle = (count: number): string[] =>
  Array.from({ length: count }, (_, n) =>
    line(0, `veth${n}`, `10.9.${n >> 8}.${n & 255}.5000`, '10.9.255.1.53', 'UDP, length 40'),
  );

/** Ten segments of which some are sent again after a while, all of which arrive. */
function lossy(devices: readonly string[], lost: readonly number[]): string[] {
  const [a, b] = ['192.0.2.7.40000', '198.51.100.9.443'];
  const lines: string[] = [];
  const both = (at: number, from: string, to: string, what: string): void => {
    for (const [n, device] of devices.entries()) lines.push(line(at + n / 1e5, device, from, to, what));
  };
  both(1, a, b, 'Flags [S], seq 1000, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0], length 0');
  both(1.02, b, a, 'Flags [S.], seq 3000, ack 1001, win 65160, options [mss 1460,sackOK,TS val 7 ecr 1], length 0');
  both(1.03, a, b, 'Flags [.], ack 1, win 502, options [nop,nop,TS val 2 ecr 7], length 0');
  for (let n = 0; n < 20; n++) {
    const from = 1 + n * 1448;
    const data = (at: number): void =>
      both(
        at,
        a,
        b,
        `Flags [.], seq ${from}:${from + 1448}, ack 1, win 502, options [nop,nop,TS val ${at * 1000} ecr 7], length 1448`,
      );
    data(2 + n);
    if (lost.includes(n)) data(2.4 + n);
    both(2.5 + n, b, a, `Flags [.], ack ${from + 1448}, win 501, options [nop,nop,TS val ${3000 + n} ecr 2], length 0`);
  }
  return lines;
}
const judged = (lines: readonly string[]) => judgedText(`${lines.join('\n')}\n`);
const codes = (lines: readonly string[]): string[] => judged(lines).findings.map(({ code }) => code);

describe('a text of many devices', () => {
  const loss = lossy(['eth0'], [3, 8, 13]);
  test('loss on one is loss', () => expect(judged(loss).verdict).toBe('loss-not-mtu'));
  test.for([3, 1100])('beside %i others, too', (count) =>
    expect(judged([...idle(count), ...loss]).verdict).toBe('loss-not-mtu'),
  );
  test('without loss it is none', () =>
    expect(codes([...idle(1100), ...lossy(['eth0'], [])])).not.toContain('loss-not-mtu'));
  test('beyond a thousand, what comes by two of them is seen twice', () => {
    const crowded = judged([...idle(1100), ...lossy(['eth0', 'wan0'], [])]);
    expect(crowded.verdict).toBe('inconclusive');
    expect(crowded.text?.unknown).toContain('device');
  });
  test('the points of a connection are those that show it', () => {
    const found = judged([...idle(600), ...lossy(['eth0', 'wan0'], [])]).findings;
    expect(found.find(({ code }) => code === 'capture-points')?.says).toContain('at 2 capture points');
  });
});
