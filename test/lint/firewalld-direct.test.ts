import { describe, expect, test } from 'vitest';
import { directCalls } from '../../src/config/firewalld-direct.js';
import { lint } from '../../src/lint/lint.js';

/** Direct rules of firewalld (firewalld.direct(5)) are rules of iptables. */
const clamp = (device: string): string => `${device} -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360`;
const rule = (args: string, priority = 0): string =>
  `  <rule ipv="ipv4" table="mangle" chain="FORWARD" priority="${priority}">${args}</rule>\n`;
const xml = (...rules: string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<direct>\n${rules.join('')}</direct>\n`;
const above = (text: string): string[] =>
  lint(text).findings.flatMap(({ code, severity }) => (severity === 'info' ? [] : [code]));

describe.for([
  ['direct.xml', (...args: string[]) => xml(...args.map((one) => rule(one)))],
  [
    'passthrough',
    (...args: string[]) =>
      xml(...args.map((one) => `<passthrough ipv="ipv4">-t mangle -A FORWARD ${one}</passthrough>\n`)),
  ],
  [
    'firewall-cmd',
    (...args: string[]) =>
      args.map((one) => `firewall-cmd --permanent --direct --add-rule ipv4 mangle FORWARD 0 ${one}\n`).join(''),
  ],
  ['--get-all-rules', (...args: string[]) => args.map((one) => `ipv4 mangle FORWARD 0 ${one}\n`).join('')],
] as const)('%s', ([, make]) => {
  test('one direction', () => expect(above(make(clamp('-o wg0')))).toEqual(['one-direction-clamp']));
  test('both', () => expect(above(make(clamp('-o wg0'), clamp('-i wg0')))).toEqual([]));
  test('goes by its own name, and is mended in words of iptables', () => {
    const { format, findings } = lint(make(clamp('-o wg0')));
    expect(format).toBe('firewalld');
    expect(findings.find(({ code }) => code === 'one-direction-clamp')?.fix).toContain('-i wg0 in FORWARD');
    expect(lint(make(clamp('-i wg0')).replaceAll('FORWARD', 'POSTROUTING')).findings).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ code: 'cannot-load' })]),
    );
  });
});

test('lower priorities come first', () =>
  expect(
    directCalls(xml(rule('-j ACCEPT', 5), rule('-j RETURN', -1))).map(({ number, text }) => [number, text]),
  ).toEqual([
    [4, 'iptables -t mangle -A FORWARD -j RETURN'],
    [3, 'iptables -t mangle -A FORWARD -j ACCEPT'],
  ]));
test('what is commented out is none', () =>
  expect(
    directCalls(xml(`<!-- ${rule(clamp('-o wg0'))} -->\n`, rule(clamp('-i wg0')))).map(({ number }) => number),
  ).toEqual([5]));
test('a rule that is taken away again is gone', () => {
  const text = ['add', 'remove'].map(
    (verb) => `firewall-cmd --direct --${verb}-rule ipv4 mangle FORWARD 0 ${clamp('-o wg0')}`,
  );
  expect(lint(`${text.join('\n')}\n`).read.clamps).toBe(0);
});
test('what is no direct rule is unread', () => {
  const rich = `firewall-cmd --add-rich-rule='rule tcp-mss-clamp value="pmtu"'`;
  const { read } = lint(`firewall-cmd --direct --add-rule ipv4 mangle FORWARD 0 ${clamp('-o wg0')}\n${rich}\n`);
  expect([read.lines, read.understood]).toEqual([2, 1]);
});
