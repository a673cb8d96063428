import type { AnalyzeResult } from '../analyze/result.js';
import type { Finding } from '../finding.js';

/** How grave an answer is; 'unknown': nothing is wrong with what can be seen, and too little can be seen. */
export type Gravity = 'problem' | 'warning' | 'fine' | 'unknown';

export const gravest = (findings: readonly Finding[]): 'problem' | 'warning' | undefined =>
  (['problem', 'warning'] as const).find((one) => findings.some(({ severity }) => severity === one));

export const gravityOf = ({ verdict, findings }: Pick<AnalyzeResult, 'verdict' | 'findings'>): Gravity =>
  gravest(findings) ?? (undecided.includes(verdict) ? 'unknown' : 'fine');

const undecided = ['inconclusive', 'esp-only', 'peer-gone', 'path-measured'];

/** Whether a finding makes the exit code 1. */
export const hasProblem = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'problem');
