import { analyze, type Sliced } from '../analyze/analyze.js';
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
      scope.postMessage({ kind: 'capture', capture: { file: file.name, ...capture } });
    } catch (error) {
      scope.postMessage(refusal(error as Error));
    }
  };
}
