import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint/lint.js';
import { fieldCases } from './field.js';

/** Configurations as they are found, judged by hand first. */
describe('as found in the field', () => {
  test('there are twenty', () => expect(fieldCases).toHaveLength(20));
  test.for(fieldCases)('$says', ({ text, profile, must, problem, mustNot = [] }) => {
    const { findings } = lint(text, profile);
    const found = findings.map(({ code, line }) => `${code} ${line}`);
    for (const [code, line] of must) expect(found).toContain(`${code} ${line}`);
    expect(findings.map(({ code }) => code).filter((code) => mustNot.includes(code))).toEqual([]);
    expect([
      problem,
      findings.filter(({ severity }) => severity === 'problem').map(({ code, line }) => `${code} ${line}`),
    ]).toEqual([problem, problem ? expect.arrayContaining([expect.any(String)]) : []]);
  });
});
