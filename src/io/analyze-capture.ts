import { type CaptureValue, CaptureWatch } from '../analyze/capture-value.js';
import { readCaptureFile } from './capture-file.js';
import { readCaptureStdin } from './capture-stdin.js';
import { inlineMore } from './hot-code.js';
import type { ReadOptions } from './read-options.js';

/** Reads one capture and says what it came to; '-' is standard input. */
export async function analyzeCapture(
  name: string,
  options: ReadOptions,
  stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean },
): Promise<CaptureValue> {
  inlineMore();
  const watch = new CaptureWatch();
  const visit = watch.frame.bind(watch);
  const report =
    name === '-' && stdin ? await readCaptureStdin(stdin, visit, options) : await readCaptureFile(name, visit, options);
  return watch.finish(name, report, options.signal?.aborted ?? false);
}
