import { expect, test } from 'vitest';
import { lint } from '../../src/lint/lint.js';
import { randomRules } from './random-rules.js';

const sides = {
  lanIf: 'lan0',
  farIf: 'wan0',
  lan: { 4: '10.1.0.0/24', 6: 'fd01::/64' },
  far: { 4: '10.2.0.0/24', 6: 'fd02::/64' },
} as const;

/** The lab loads the same sets into a kernel; here they are read to the last line and judged the same twice. */
test.for(Array.from({ length: 24 }, (_, index) => index + 1))('random rules %i', (seed) => {
  for (const text of Object.values(randomRules(seed, sides).texts)) {
    const result = lint(text, { tunnelIf: 'wan0' });
    expect([result.read.understood, result.findings.filter(({ code }) => code === 'unread')]).toEqual([
      result.read.lines,
      [],
    ]);
    expect(result.walks.length).toBeGreaterThan(0);
    expect(lint(text, { tunnelIf: 'wan0' })).toEqual(result);
  }
});

/** Rules asked grow with the rules, not with their square. */
test('twice the rules are no more than twice the ways', () => {
  const of = (count: number): string =>
    `*mangle\n:FORWARD ACCEPT [0:0]\n${Array.from({ length: count }, (_, i) => `-A FORWARD -s 10.${i >> 8}.${i & 255}.0/24 -p udp -j ACCEPT\n`).join('')}-A FORWARD -o wg0 -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1300\nCOMMIT\n`;
  const [one, two] = [lint(of(200)), lint(of(400))];
  expect(two.walks.length).toBeLessThanOrEqual(2 * one.walks.length);
  expect(two.findings.map(({ code }) => code)).toEqual(one.findings.map(({ code }) => code));
});
