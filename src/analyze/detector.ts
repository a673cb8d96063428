import type { Evidence, Finding, Severity } from '../finding.js';
import type { CaptureFacts } from './facts.js';
import type { FlowFacts } from './flow/flow-facts.js';

/**
 * A packet of this size vanished from one host to the other (bare addresses) while smaller ones arrived: whole IP
 * packet, octets.
 */
export interface Lost {
  readonly from: string;
  readonly to: string;
  readonly octets: number;
}

/** A finding, and what it proves about a path. */
export type Found = Finding & { readonly lost?: Lost };

/**
 * One thing that can be said about a capture. `flow` is asked about each TCP or UDP flow worth a look, `capture` once,
 * with what the flow detectors have found. Neither keeps state.
 */
export interface Detector {
  readonly id: string;
  flow?(flow: FlowFacts, capture: CaptureFacts): readonly Found[];
  capture?(capture: CaptureFacts, found: ReadonlySet<string>): readonly Found[];
}

/** A number with the frame and field that says it. */
export const inFrame = (value: number | string, frame: number, field: string): Evidence => ({
  value,
  from: `frame ${frame}, ${field}`,
  frame,
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
