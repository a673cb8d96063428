import { type ErrorValue, errorValue, MtucalcError } from '../error.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { SCHEMA_VERSION, type SchemaVersion } from '../schema-version.js';
import type { CaptureValue } from './capture-value.js';
import { judge } from './judge.js';
import { compareCaptures, type TwoCaptures } from './pair/two-captures.js';
import { twoVerdict } from './pair/two-verdict.js';
import type { AnalyzeResult, Beside } from './result.js';
import type { Verdict } from './verdict/verdict.js';

/** One capture, read and judged; `file` as it was named, '-' for standard input. */
export interface AnalyzedCapture extends Omit<CaptureValue, 'facts'>, AnalyzeResult {}

/** A file that could not be read, and why. */
export interface RefusedCapture {
  readonly file: string;
  /** Nothing is known of the network then. */
  readonly verdict: 'inconclusive';
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

/** One capture's value, or why it could not be read; with the name it was asked for by. */
export interface ReadCapture {
  readonly file: string;
  readonly outcome: CaptureValue | MtucalcError;
}

/** One capture judged by itself, or why it could not be read. */
export const judged = ({ file, outcome }: ReadCapture, beside: Beside): AnalyzedCapture | RefusedCapture =>
  outcome instanceof MtucalcError
    ? { file, verdict: 'inconclusive', error: errorValue(outcome) }
    : analyzed(outcome, beside);

/** Captures that were judged each by itself. */
export const answerOf = (results: AnalyzeAnswer['results']): AnalyzeAnswer => ({
  schemaVersion: SCHEMA_VERSION,
  results,
});

/** The captures of an answer in its order, both sides of a pair; without those that could not be read. */
export const capturesOf = ({ results }: AnalyzeAnswer): AnalyzedCapture[] =>
  results.flatMap((result) => ('before' in result ? [result.before, result.after] : 'error' in result ? [] : [result]));

/** Two captures of the same traffic together; one side alone compares nothing, and only what failed is told. */
export function pairAnswerOf(
  captures: readonly [ReadCapture, ReadCapture],
  beside: Beside & { readonly catalogue: Catalogue },
): AnalyzeAnswer {
  const [first, second] = captures;
  if (first.outcome instanceof MtucalcError || second.outcome instanceof MtucalcError) {
    const refused = captures.filter(({ outcome }) => outcome instanceof MtucalcError);
    return answerOf(refused.map((one) => judged(one, beside)));
  }
  const before = analyzed(first.outcome, beside);
  const after = analyzed(second.outcome, beside);
  const two = compareCaptures(first.outcome.facts, second.outcome.facts, beside.catalogue);
  const verdict = twoVerdict(two, before.verdict, after.verdict);
  return { schemaVersion: SCHEMA_VERSION, results: [{ verdict, ...two, before, after }] };
}
