import type { ErrorValue } from '../error.js';
import type { SchemaVersion } from '../schema-version.js';
import type { CaptureValue } from './capture-value.js';
import { judge } from './judge.js';
import type { TwoCaptures } from './pair/two-captures.js';
import type { AnalyzeResult, Beside } from './result.js';
import type { Verdict } from './verdict/verdict.js';

/** One capture, read and judged; `file` as it was named, '-' for standard input. */
export interface AnalyzedCapture extends Omit<CaptureValue, 'facts'>, AnalyzeResult {}

/** A file that could not be read, and why. */
export interface RefusedCapture {
  readonly file: string;
  readonly error: ErrorValue;
}

/** Two captures of the same traffic, the inner side (LAN) before, the outer (WAN) after. */
export interface AnalyzedPair extends TwoCaptures {
  /** What counts of both together, the one to act on first. */
  readonly verdict: Verdict;
  readonly before: AnalyzedCapture;
  readonly after: AnalyzedCapture;
}

/** The value of `mtucalc analyze`; `--json` prints exactly this. A pair is one result. */
export interface AnalyzeAnswer {
  readonly schemaVersion: SchemaVersion;
  readonly results: readonly (AnalyzedCapture | AnalyzedPair | RefusedCapture)[];
}

export function analyzed({ facts, file, ...value }: CaptureValue, beside: Beside): AnalyzedCapture {
  return { file, ...judge(facts, beside), ...value };
}
