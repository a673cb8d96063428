import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint/lint.js';

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');
const refusal = (text: string): string => {
  try {
    lint(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

/** Interfaces by the thousand: the readers do not look through all for each. */
const interfaces: Readonly<Record<string, (count: number) => string>> = {
  cisco: (count) => many(count, (index) => `interface Tunnel${index}\n ip mtu 1400\n`),
  junos: (count) => many(count, (index) => `set interfaces st0 unit ${index} family inet mtu 1400\n`),
  netplan: (count) =>
    `network:\n  tunnels:\n${many(count, (index) => `    w${index}:\n      mode: gre\n      mtu: 1400\n`)}`,
  openwrt: (count) => many(count, (index) => `config interface 'w${index}'\n\toption proto wireguard\n`),
  fortios: (count) =>
    `config vpn ipsec phase1-interface\n${many(count, (index) => `edit "a${index}"\nset interface wan\nnext\n`)}`,
  routeros: (count) =>
    `/interface wireguard\n${many(count, (index) => `add name=w${index} mtu=1400\n`)}/interface wireguard peers\n${many(count, (index) => `add interface=w${index} endpoint-address=192.0.2.1\n`)}`,
};

describe('interfaces of one configuration', () => {
  test.for(Object.entries(interfaces))('%s: more than two thousand are refused', ([, text]) => {
    expect(refusal(text(2001))).toBe('2001 tunnel interfaces, 2000 at most');
  });
  test('two thousand are judged', () => {
    expect(lint(interfaces['cisco']!(2000)).read.interfaces).toBe(2000);
  });
});

test('a thousand rules of policy routes are read, one more is refused', () => {
  const rules = (count: number): string =>
    `set interfaces ethernet eth0 policy route P\n${many(count, (index) => `set policy route P rule ${index} set tcp-mss 1300\n`)}`;
  expect([refusal(rules(1000)), refusal(rules(1001))]).toEqual([
    '',
    '1001 policy rules that set the MSS, 1000 at most',
  ]);
});
