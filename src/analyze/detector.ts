import type { Evidence, Finding, Severity } from '../finding.js';
import type { CaptureFacts } from './facts.js';
import type { FlowFacts } from './flow/flow-facts.js';

/**
 * One thing that can be said about a capture. `flow` is asked about each TCP or UDP flow worth a look, as it ends;
 * `capture` once at the end, with what the flow detectors have found by then. Neither keeps state.
 */
export interface Detector {
  readonly id: string;
  flow?(flow: FlowFacts): readonly Finding[];
  capture?(capture: CaptureFacts, found: ReadonlySet<string>): readonly Finding[];
}

/** A number with the frame and field that says it. */
export const inFrame = (value: number | string, frame: number, field: string): Evidence => ({
  value,
  from: `frame ${frame}, ${field}`,
});

export const finding = (
  code: string,
  severity: Severity,
  says: string,
  evidence: readonly Evidence[],
  fix?: string,
): Finding => (fix === undefined ? { code, severity, says, evidence } : { code, severity, says, evidence, fix });

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** 0.0213 -> "21 ms", 3.7 -> "3.7 s". */
export const duration = (seconds: number): string => {
  if (seconds < 0.0995) return `${Number((seconds * 1000).toPrecision(2))} ms`;
  return `${Number(seconds.toPrecision(seconds < 10 ? 2 : 3))} s`;
};
