import { beforeAll, describe, expect, test } from 'vitest';
import { type LabResults, runLab, stepOf } from '../lab.js';
import type { CalcCase } from './calc-cases.js';

export interface Group {
  readonly title: string;
  readonly cases: readonly CalcCase[];
  /** False where the kernel is known to send no Packet Too Big (it fragments outside instead). */
  readonly speaks?: (one: CalcCase) => boolean;
}

/**
 * What every case has to show: a packet of the computed size passes whole and as one outer packet, one octet more does
 * not, and the MTU in the gateway's Packet Too Big is the same number. All groups run in one guest.
 */
export function judge(groups: readonly Group[]): void {
  let results: LabResults;
  beforeAll(async () => {
    results = await runLab(groups.flatMap(({ cases }) => cases.map(({ scenario }) => scenario)));
  });
  for (const { title, cases, speaks = () => true } of groups) {
    describe(title, () => {
      for (const one of cases) {
        for (const index of one.scenario.run.keys()) judgeStep(() => results, one, index, speaks(one));
      }
    });
  }
}

function judgeStep(results: () => LabResults, one: CalcCase, index: number, speaks: boolean): void {
  test(`${one.scenario.id} carries IPv${one.scenario.run[index]?.inner}: ${one.expected}`, () => {
    const { largest, atLargest, oneMore, reported } = stepOf(results(), one.scenario, index);
    expect({
      largest,
      outerPackets: atLargest.outer.length,
      oneMorePasses: oneMore.fate === 'whole',
      reported: speaks ? reported : 'not asked',
    }).toEqual({
      largest: one.expected,
      outerPackets: 1,
      oneMorePasses: false,
      reported: speaks ? one.expected : 'not asked',
    });
  });
}
