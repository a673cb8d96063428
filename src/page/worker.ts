import { analyze, type Sliced, traceOctets } from '../analyze/analyze.js';
import type { Traced } from '../analyze/trace.js';
import { type TracedFlow, worstFlow } from '../analyze/traced-flow.js';
import { type Asked, refusal, type Told } from './worker-words.js';

/** What of a worker's global scope is used. */
interface Scope {
  onmessage: ((event: { readonly data: Asked }) => void) | null;
  postMessage(told: Told): void;
}

const BETWEEN_PROGRESS_MS = 100;

/** The page's worker: reads a capture in slices and judges it. Nothing leaves the browser. */
export function serveCaptures(scope: Scope): void {
  scope.onmessage = async ({ data: { file, catalogue, request } }) => {
    let told = 0;
    const watched: Sliced = {
      size: file.size,
      slice(from, to) {
        const now = Date.now();
        if (now - told > BETWEEN_PROGRESS_MS) {
          told = now;
          scope.postMessage({ kind: 'progress', octets: from, of: file.size });
        }
        return file.slice(from, to);
      },
    };
    try {
      const capture = await analyze(watched, { catalogue, request });
      const flow = worstFlow(capture);
      const trace = flow && (capture.text ? ({ leftOut: 'text' } as const) : await secondReading(watched, flow));
      scope.postMessage({ kind: 'capture', capture: { file: file.name, ...capture }, trace });
    } catch (error) {
      scope.postMessage(refusal(error as Error));
    }
  };
}

/** What could be read once is told, also where it cannot be read again. */
const secondReading = async (file: Sliced, flow: TracedFlow): Promise<Traced> => {
  try {
    return (await traceOctets(file, flow)) ?? { leftOut: 'no-data' };
  } catch {
    return { leftOut: 'once' };
  }
};
