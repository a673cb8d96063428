// The page's worker: reads a capture in slices and judges it. Nothing leaves the browser.
import { analyze, type Sliced } from '../analyze/analyze.js';
import { MtucalcError } from '../error.js';
import { type Asked, say, type Told } from './worker-words.js';

const scope = self as unknown as {
  onmessage: ((event: { data: Asked }) => void) | null;
  postMessage(told: Told): void;
};

scope.onmessage = async ({ data: { file, catalogue, request } }) => {
  let told = 0;
  const watched: Sliced = {
    size: file.size,
    slice(from, to) {
      const now = Date.now();
      if (now - told > 100) {
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
    scope.postMessage(say(error instanceof MtucalcError ? error : (error as Error)));
  }
};
