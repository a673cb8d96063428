import { expect, test } from 'vitest';
import { narrowest } from '../../src/app/probe-flows.js';
import type { ProbeResult } from '../../src/probe/result.js';

const of = (part: Partial<ProbeResult>): ProbeResult =>
  ({
    verdict: 'fits',
    mss: {},
    probes: 4,
    elapsedMs: 10,
    blindTo: [],
    findings: [],
    ...part,
  }) as unknown as ProbeResult;

test('the narrowest flow is the result, and which it is is said', () => {
  const value = narrowest([
    of({ pathMtu: 1500 }),
    of({ pathMtu: 1400, verdict: 'black-hole' }),
    of({ interval: { low: 1490, high: 1499 } }),
  ]);
  expect(value).toMatchObject({ pathMtu: 1400, verdict: 'flows-differ', probes: 12, elapsedMs: 30 });
  expect(value.flows?.map(({ verdict }) => verdict)).toEqual(['fits', 'black-hole', 'fits']);
  expect(value.findings[0]).toMatchObject({ code: 'flows-differ', severity: 'problem' });
});
test('flows that agree keep their verdict', () => {
  expect(narrowest([of({ pathMtu: 1500 }), of({ pathMtu: 1500 })])).toMatchObject({
    pathMtu: 1500,
    verdict: 'fits',
    findings: [],
  });
});
test('a flow of which nothing was heard is not the narrowest', () => {
  const silent = of({ verdict: 'target-silent', mss: null, interval: { low: 68, high: 1500 } });
  expect(narrowest([of({ pathMtu: 1500 }), silent])).toMatchObject({ pathMtu: 1500, verdict: 'fits' });
});
