import { beforeAll, describe, expect, test } from 'vitest';
import { type LabResults, runLab, stepOf } from '../lab.js';
import type { CalcCase } from './calc-cases.js';

/**
 * What one packet size has to show: it passes whole, one octet more does not, and the MTU in the gateway's Packet Too Big
 * is the same number. `ptb: false` where the kernel is known to send none (it fragments outside instead).
 */
export function judge(
  title: string,
  cases: readonly CalcCase[],
  ptb: (one: CalcCase, inner: number) => boolean = () => true,
): void {
  describe(title, () => {
    let results: LabResults;
    beforeAll(async () => {
      results = await runLab(cases.map(({ scenario }) => scenario));
    });
    for (const one of cases) {
      one.scenario.run.forEach((step, index) => {
        test(`${one.scenario.id} carries IPv${step.inner}: ${one.expected}`, () => {
          const { largest, atLargest, oneMore, reported } = stepOf(results, one.scenario, index);
          const found = {
            largest,
            outerPackets: atLargest.outer.length,
            oneMorePasses: oneMore.fate === 'whole',
            reported: ptb(one, step.inner ?? 4) ? reported : 'not asked',
          };
          expect(found).toEqual({
            largest: one.expected,
            outerPackets: 1,
            oneMorePasses: false,
            reported: ptb(one, step.inner ?? 4) ? one.expected : 'not asked',
          });
        });
      });
    }
  });
}
