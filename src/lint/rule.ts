import type { Evidence, Finding, Severity } from '../finding.js';
import type { Mss } from '../mtu/mss.js';
import type { IpsecStyle } from '../snippet/plan.js';
import type { Facts, Place } from './facts.js';

/** What the user says about the tunnel; without it the rules judge by the file alone. */
export interface LintProfile {
  readonly mss?: Mss | undefined;
  readonly tunnelMtu?: number | undefined;
  readonly style?: IpsecStyle | undefined;
  readonly tunnelIf?: string | undefined;
  readonly wanIf?: string | undefined;
  /** As requested: false says UDP encapsulation is not counted in the numbers. */
  readonly natT?: boolean | undefined;
}

/** One thing that breaks tunnels. */
export interface LintRule {
  readonly code: string;
  /** What is wrong with it, one line. */
  readonly summary: string;
  check(facts: Facts, profile: LintProfile): readonly Finding[];
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
