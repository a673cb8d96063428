import { expect, test } from 'vitest';
import type { Judgement } from './script.js';

/**
 * A threshold and both its sides: `make` of the first value must not bring the finding (or the verdict, or what `shows`
 * says), of the second it must. Two values as close to the threshold as its unit allows.
 */
export function sides<T>(
  what: string,
  make: (value: T) => Judgement,
  [without, within]: readonly [without: T, within: T],
  code: string | ((judged: Judgement) => boolean),
): void {
  const shows = typeof code === 'string' ? (judged: Judgement): boolean => says(judged).includes(code) : code;
  test(`${what}: not with ${String(without)}`, () => {
    const judged = make(without);
    expect([shows(judged), says(judged)]).toEqual([false, says(judged)]);
  });
  test(`${what}: with ${String(within)}`, () => {
    const judged = make(within);
    expect([shows(judged), says(judged)]).toEqual([true, says(judged)]);
  });
}

const says = ({ verdict, findings }: Judgement): string[] => [
  `verdict ${verdict}`,
  ...findings.flatMap(({ code, severity }) => [code, `${severity} ${code}`]),
];
