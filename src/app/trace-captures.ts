import { type AnalyzeAnswer, type AnalyzedCapture, capturesOf } from '../analyze/answer.js';
import { filterOf } from '../analyze/filter.js';
import { FlowTrace, type Traced } from '../analyze/trace.js';
import { worstFlow } from '../analyze/traced-flow.js';
import { MtucalcError } from '../error.js';
import { readCaptureFile } from '../io/capture-file.js';
import { sizeOf } from '../io/file-size.js';
import type { ReadOptions } from '../io/read-options.js';

/**
 * The worst flow of each capture of the answer, from a second reading of its file with the same options; undefined: no
 * flow is in trouble.
 */
export async function traceCaptures(answer: AnalyzeAnswer, how: ReadOptions): Promise<(Traced | undefined)[]> {
  const traces: (Traced | undefined)[] = [];
  // One after the other: each has a file of any size behind it.
  for (const capture of capturesOf(answer)) traces.push(await traceCapture(capture, how));
  return traces;
}

async function traceCapture(capture: AnalyzedCapture, how: ReadOptions): Promise<Traced | undefined> {
  const flow = worstFlow(capture);
  if (flow === undefined) return undefined;
  if (capture.text) return { leftOut: 'text' };
  // Standard input and pipes; where reading was ended, it was not to go on.
  if (capture.file === '-' || sizeOf(capture.file) === undefined || how.signal?.aborted) return { leftOut: 'once' };
  const trace = new FlowTrace(flow);
  const filter = filterOf(how.filter);
  try {
    await readCaptureFile(
      capture.file,
      (frame) => (filter?.passes(frame) === false ? undefined : trace.frame(frame)),
      how,
    );
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    return { leftOut: 'once' };
  }
  // Half a picture would show as missing what was not read.
  return how.signal?.aborted ? { leftOut: 'once' } : (trace.finish() ?? { leftOut: 'no-data' });
}
