import type { CaptureValue } from '../analyze/capture-value.js';
import { type AnalyzeResult, type Beside, resultOf } from '../analyze/result.js';
import type { Finding } from '../finding.js';
import type { ReportPart } from './report-html.js';

/** One capture, read and judged: what `--json` prints. */
export interface AnalyzedCapture extends Omit<CaptureValue, 'judgement'>, AnalyzeResult {}

export function analyzed({ judgement, file, ...value }: CaptureValue, beside: Beside): AnalyzedCapture {
  return { file, ...resultOf(judgement, beside), ...value };
}

/** What was not as it should be with the file itself, one sentence each. */
export function remarksOf({
  totals,
  container,
  damage,
  moreDamage,
  interrupted,
  flowCounts,
}: AnalyzedCapture): string[] {
  const { snapped } = container;
  return [
    ...(interrupted ? ['Interrupted: this is what was read until then.'] : []),
    ...damage.map(({ octet, frame, says }) => `Damage at octet ${octet}, frame ${frame}: ${says}`),
    ...(moreDamage > 0 ? [`Damage in ${moreDamage} places more.`] : []),
    ...container.unread.map((link) => `Frames of link type ${link} are counted only.`),
    ...(snapped.frames > 0
      ? [`${snapped.frames} of ${totals.frames} frames were cut at ${snapped.at} octets; all sizes are the wire's.`]
      : []),
    ...(flowCounts.evicted > 0
      ? [
          `${flowCounts.evicted} flows, the longest idle, gave way because the flow table was full; they were judged as far as they had come.`,
        ]
      : []),
  ];
}

export const reportPart = (capture: AnalyzedCapture): ReportPart => ({
  name: capture.file,
  result: capture,
  remarks: remarksOf(capture),
});

/** Exit code 1 is for problems only. */
export const hasProblem = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'problem');
