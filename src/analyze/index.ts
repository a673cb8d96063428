/** `mtucalc/analyze`: what a capture shows, from its octets; pure. */
export { MtucalcError } from '../error.js';
export { type AnalyzedOctets, type AnalyzeOptions, analyze, type Octets, type Sliced } from './analyze.js';
export type { AnalyzeAnswer, AnalyzedCapture, AnalyzedPair, RefusedCapture } from './answer.js';
export type { CaptureFacts } from './facts.js';
export type { AnalyzeResult, Beside } from './result.js';
export { type Verdict as CaptureVerdict, verdicts as captureVerdicts } from './verdict/verdict.js';
