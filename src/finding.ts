export type Severity = 'info' | 'warning' | 'problem';

const GRAVITY: Readonly<Record<Severity, number>> = { problem: 0, warning: 1, info: 2 };

/** For sorting: below 0 where the first is graver. */
export const gravestFirst = (left: Severity, right: Severity): number => GRAVITY[left] - GRAVITY[right];

/** One fact behind a finding: the number or text, and who or what said it (a frame, a hop, a line, a field). */
export interface Evidence {
  readonly value: number | string;
  readonly from: string;
  /** Number of the frame that says it, in a capture. */
  readonly frame?: number;
}

/** Something true and useful about the network. Returned, never thrown; a `problem` makes the exit code 1. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence with its numbers. */
  readonly says: string;
  readonly evidence: readonly Evidence[];
  /** The option, command or snippet that cures it. */
  readonly fix?: string;
}
