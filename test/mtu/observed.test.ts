import { expect, test } from 'vitest';
import { observedIn } from '../../src/mtu/observed.js';

const any = (value: number) => ({ as: 'any', value });
const mtu = (value: number) => ({ as: 'mtu', value });
const mss = (value: number) => ({ as: 'mss', value });
const ping = (value: number) => ({ as: 'ping', value });

test.for([
  ['1422', any(1422)],
  ['  1422 ', any(1422)],
  ['1422 bytes', any(1422)],
  ['mtu = 1422', mtu(1422)],
  ['MTU: 1422', mtu(1422)],
  ['mtu=1452', mtu(1452)],
  ['From 10.1.1.1 icmp_seq=1 Frag needed and DF set (mtu = 1422)', mtu(1422)],
  ['ping: local error: message too long, mtu=1452', mtu(1452)],
  ['10.0.0.9 > 10.0.0.2: ICMP 10.9.9.9 unreachable - need to frag (mtu 1400), length 556', mtu(1400)],
  ['ICMP6, packet too big, mtu 1280', mtu(1280)],
  [' 1:  10.0.0.1   0.350ms pmtu 1438', mtu(1438)],
  ['plaintext mtu 1422, path mtu 1500', mtu(1422)],
  ['mss 1382', mss(1382)],
  ['options [mss 1382,sackOK,TS val 1 ecr 0]', mss(1382)],
  ['ip tcp adjust-mss 1360', mss(1360)],
  ['set tcp-mss-sender 1350', mss(1350)],
  ['new-mss=1382', mss(1382)],
  ['tcpmss 1380', mss(1380)],
  ['TCP maximum segment size (MSS) of 1382', mss(1382)],
  ['ping -M do -s 1394 192.0.2.1', ping(1394)],
  ['ping -f -l 1394 192.0.2.1', ping(1394)],
  ['PING 192.0.2.1 (192.0.2.1) 1394(1422) bytes of data.', ping(1394)],
  ['PING 2001:db8::1(2001:db8::1) 1374 data bytes', ping(1374)],
  ['74(44)', { as: 'pair', overhead: 74, header: 44 }],
  ['1,422', { as: 'any', value: 1422 }],
  ['1.422 Bytes', { as: 'any', value: 1422 }],
  ['mtu = 1,438', { as: 'mtu', value: 1438 }],
  ['ipsec overhead 58(36), override mtu', { as: 'pair', overhead: 58, header: 36 }],
  ['58-73', { as: 'overhead', least: 58, most: 73 }],
  ['58 to 73 bytes', { as: 'overhead', least: 58, most: 73 }],
  ['58–73', { as: 'overhead', least: 58, most: 73 }],
  ['overhead: 73 bytes', { as: 'overhead', least: 73, most: 73 }],
  ['size 1422 to 192.0.2.1 port 443 ttl 64 12.5 ms', any(1422)],
] as const)('%s', ([text, expected]) => expect(observedIn(text)).toEqual(expected));

test.for([
  '',
  'no number',
  '192.0.2.1',
  '2001:db8::1500',
  '1422 1438',
  'one of 1422 or 1500',
  '73-58',
  '12.5 ms',
  '5',
  '123456',
  '12,345',
  'ratio 1,422 of 3',
  '1,42',
])('nothing is guessed from %s', (text) => expect(observedIn(text)).toBeUndefined());

test('a long paste takes no longer than its length asks', () => {
  const cost = (times: number): number => {
    const text = 'mtu '.repeat(times) + '-'.repeat(times) + ' 1 to'.repeat(times);
    const before = process.cpuUsage();
    for (let i = 0; i < 20; i++) observedIn(text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  cost(1000);
  // Only the first 2000 characters are looked at, so four times the text costs about the same.
  expect(cost(40_000)).toBeLessThan(20 * cost(10_000) + 20_000);
});
