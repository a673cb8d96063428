import { type CaptureValue, CaptureWatch } from '../analyze/capture-value.js';
import { filterOf } from '../analyze/filter.js';
import { readCaptureFile } from '../io/capture-file.js';
import { readCaptureStdin } from '../io/capture-stdin.js';
import { compiledFor } from '../io/compiled.js';
import type { ReadOptions } from '../io/read-options.js';

/** Reads one capture and says what it came to; '-' is standard input. */
export async function analyzeCapture(
  name: string,
  options: ReadOptions,
  stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean },
): Promise<CaptureValue> {
  const watch = new CaptureWatch({
    compiled: compiledFor(name),
    filter: filterOf(options.filter),
    everyFlow: options.everyFlow,
  });
  const visit = watch.frame.bind(watch);
  const how = { ...options, shortcut: watch.shortcut };
  const report =
    name === '-' && stdin ? await readCaptureStdin(stdin, visit, how) : await readCaptureFile(name, visit, how);
  return watch.finish(name, report, options.signal?.aborted ?? false);
}
