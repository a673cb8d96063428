import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/io/catalogue.js';
import { calculate } from '../../src/mtu/calculate.js';
import type { CalcRequest } from '../../src/mtu/calculation.js';
import { explain } from '../../src/probe/judge/explain.js';
import { verify } from '../../src/probe/judge/verification.js';
import type { ProbeResult } from '../../src/probe/result.js';

const base: CalcRequest = { cipher: 'aes256-sha256', natT: false, wan: 'ethernet', outer: 4 };
const at = (change: Partial<CalcRequest>): number => calculate({ ...base, ...change }, catalogue).tunnelMtu;
const options = (measured: number, request = base): string[] =>
  explain(request, { low: measured, high: measured }, catalogue).map((one) => one.options);

describe('a difference names what gives exactly the measured number', () => {
  test.for([
    ['NAT-T', { natT: true }, '--nat-t'],
    ['PPPoE', { wan: 'pppoe' }, '--wan pppoe'],
    ['IPv6 outside', { outer: 6 }, '--outer 6'],
    ['GRE inside', { tunnel: 'gre-ipsec' }, '--tunnel gre-ipsec'],
    ['a longer ICV', { cipher: 'aes256-sha512' }, '--cipher aes-cbc-sha512-256'],
  ] as const)('%s', ([, change, expected]) => {
    const measured = at(change as Partial<CalcRequest>);
    expect(measured).not.toBe(at({}));
    expect(options(measured)).toContain(expected);
  });
  test('every explanation gives the number when its options are taken at their word', () => {
    for (const measured of [1406, 1414, 1422, 1390, 1374]) {
      for (const { tunnelMtu } of explain(base, { low: measured, high: measured }, catalogue))
        expect(tunnelMtu).toBe(measured);
    }
  });
  test('two usual changes at once are found', () => {
    const measured = at({ natT: true, wan: 'pppoe' });
    const both = explain(base, { low: measured, high: measured }, catalogue).map(({ says }) => says);
    expect(both.some((says) => /NAT-T/.test(says) || /PPPoE/.test(says))).toBe(true);
  });
  test('a number nothing gives has no explanation', () => {
    expect(options(1177)).toEqual([]);
  });
});

describe('verification', () => {
  const measured = (part: Partial<ProbeResult>): ProbeResult =>
    ({ host: 'h', verdict: 'pmtud-works', engine: 'raw', probes: 5, findings: [], ...part }) as unknown as ProbeResult;
  const calculation = calculate(base, catalogue);
  const compare = (part: Partial<ProbeResult>) => verify(base, calculation, measured(part), catalogue);
  test('the same number agrees', () => {
    const value = compare({ pathMtu: calculation.tunnelMtu });
    expect(value).toMatchObject({ agrees: true, difference: 0, explanations: [] });
    expect(value.findings[0]).toMatchObject({ code: 'agrees', severity: 'info' });
  });
  test('another number is a problem with a cause and values for the clamp', () => {
    const value = compare({ pathMtu: at({ natT: true }) });
    expect(value).toMatchObject({ agrees: false, snippet: { tunnelMtu: at({ natT: true }) } });
    expect(value.findings[0]?.severity).toBe('problem');
    expect(value.findings[0]?.says).toMatch(/NAT-T/);
  });
  test('the whole link MTU means that the packets do not go through the tunnel', () => {
    expect(compare({ pathMtu: 1500 }).findings[0]?.code).toBe('not-through-the-tunnel');
  });
  test.for([
    [1499, true],
    [1500, false],
    [65535, false],
  ] as const)('%i measured on a link of 1500: values for a clamp: %s', ([pathMtu, has]) => {
    expect(compare({ pathMtu }).snippet !== null).toBe(has);
    expect(compare({ pathMtu }).findings[0]?.code).toBe(has ? 'differs' : 'not-through-the-tunnel');
  });
  test.for([
    ['an interval around the number', { interval: { low: 1400, high: 1499 } }],
    ['a silent target', { verdict: 'target-silent', interval: { low: 68, high: 1500 } }],
    ['an interface below it', { verdict: 'local-limit', pathMtu: 1300 }],
  ] as const)('%s decides nothing', ([, part]) => {
    expect(compare(part as Partial<ProbeResult>)).toMatchObject({ agrees: null, explanations: [] });
  });
  test('an interval beside the number is a difference', () => {
    expect(compare({ interval: { low: 1300, high: 1350 } }).agrees).toBe(false);
  });
});
