import { describe, expect, test } from 'vitest';
import { matches } from '../../src/lint/iptables-matches.js';
import { lint } from '../../src/lint/lint.js';
import type { LintProfile } from '../../src/lint/rule.js';

const profile: LintProfile = { mss: { ipv4: 1398, ipv6: 1378 }, tunnelMtu: 1438, linkMtu: 1500, inner: 4 };
const clamp = (mss: number, on = 'vti0'): string =>
  `*mangle\n-A FORWARD -o ${on} -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${mss}\n-A FORWARD -i ${on} -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${mss}\nCOMMIT\n`;
const codes = (text: string, more: LintProfile): string[] => [
  ...new Set(lint(text, more).findings.map(({ code }) => code)),
];

describe('the clamped value beside what fits', () => {
  const vti: LintProfile = { ...profile, style: 'vti', tunnelIf: 'vti0' };
  test.for([
    [1397, true, false],
    [1398, false, false],
    [1399, false, true],
  ] as const)('%i', ([mss, below, above]) => {
    const found = codes(clamp(mss), vti);
    expect([found.includes('mss-below-budget'), found.includes('mss-above-budget')]).toEqual([below, above]);
  });
});

describe('offered values that pass the match on the MSS', () => {
  test.for([
    ['side by side, told apart by a rule that changes nothing', '1450:1460', '1399 to 1499, everything from 1601'],
    ['with one between them that is clamped', '1450:1450', '1399 to 1449, 1451 to 1499, everything from 1601'],
  ] as const)('%s', ([, values, told]) => {
    const rule = (way: string, mss: string, does: string): string =>
      `-A FORWARD ${way} vti0 -p tcp --tcp-flags SYN,RST SYN -m tcpmss --mss ${mss} -j ${does}\n`;
    const does = values === '1450:1450' ? 'TCPMSS --set-mss 1398' : 'MARK --set-mark 7';
    const both = ['-o', '-i'].flatMap((way) => [
      rule(way, values, does),
      rule(way, '1500:1600', 'TCPMSS --set-mss 1398'),
    ]);
    const { findings } = lint(`*mangle\n${both.join('')}COMMIT\n`, { ...profile, style: 'vti', tunnelIf: 'vti0' });
    expect(findings.find(({ code }) => code === 'guard-misses')?.says).toContain(`lets ${told} pass`);
  });
});

test('on the WAN 1431 is meant for a tunnel, 1432 is that of PPPoE for IPv6', () => {
  const route: LintProfile = { style: 'vti', tunnelIf: 'vti0', wanIf: 'ppp0' };
  expect([1431, 1432].map((mss) => codes(clamp(mss, 'ppp0'), route).includes('clamp-on-wan'))).toEqual([true, false]);
});

test('an interface of iptables that ends in + is any that begins so', () => {
  const match = matches['-i'];
  expect(match?.test(['ppp+'], 4)).toMatchObject({ names: ['ppp*'] });
  expect(match?.test(['ppp0'], 4)).toMatchObject({ names: ['ppp0'] });
});

test('an MSS of more than sixteen bits lowers nothing', () => {
  const { findings } = lint(clamp(1).replaceAll('--set-mss 1', `--set-mss ${'9'.repeat(400)}`), profile);
  expect(JSON.stringify(findings)).toContain('MSS 65535');
});
