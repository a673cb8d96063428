import type { Evidence, Finding, Severity } from '../finding.js';
import { type Place, place } from './facts.js';
import type { Judged } from './judged.js';
import type { Rule } from './ruleset.js';

export type { LintProfile } from './profile.js';

/** One thing that breaks tunnels. */
export interface LintRule {
  readonly code: string;
  /** What is wrong with it, one line. */
  readonly summary: string;
  check(judged: Judged): readonly LintFinding[];
}

/** A finding with its line. */
export interface LintFinding extends Finding {
  readonly line: number;
}

const evidence = (at: Place): Evidence => ({ value: at.text, from: `line ${at.line}` });

/** A finding at one place, further places as evidence. */
export function findingAt(
  at: Place,
  code: string,
  severity: Severity,
  says: string,
  fix: string,
  ...more: readonly Place[]
): LintFinding {
  return { code, severity, says, evidence: [at, ...more].map(evidence), fix, line: at.line };
}

/** Where a rule of the configuration stands. */
export const placeOf = ({ line, text }: Rule): Place => place(line, text);
