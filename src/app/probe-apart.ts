import { execFile } from 'node:child_process';
import { MtucalcError } from '../error.js';
import { isSingleExecutable } from '../io/embedded.js';
import type { ProbeAnswer, ProbeResult } from '../probe/result.js';

/** An answer with every hop of a long path is some 100 kB. */
const MOST_OUTPUT = 16 * 1024 * 1024;

/**
 * Measures hosts in a process of its own, which gives up root, for a caller that has files to read and to write as
 * root afterwards. `options` are those of `mtucalc probe`.
 * @throws MtucalcError `lost` where that process dies.
 */
export async function probeHostsApart(
  hosts: readonly string[],
  options: readonly string[],
  signal?: AbortSignal | undefined,
): Promise<ProbeAnswer> {
  const named = hosts.length === 1 ? hosts[0] : `${hosts.length} hosts`;
  if (signal?.aborted) throw new MtucalcError('lost', `stopped before ${named} was measured`);
  const program = isSingleExecutable ? [] : [...process.execArgv, process.argv[1] ?? ''];
  const text = await new Promise<string>((resolve) => {
    const child = execFile(
      process.execPath,
      [...program, 'probe', '--json', ...options, '--', ...hosts],
      { maxBuffer: MOST_OUTPUT },
      (_error, stdout) => {
        signal?.removeEventListener('abort', stop);
        resolve(stdout);
      },
    );
    const stop = (): unknown => child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
  });
  try {
    return JSON.parse(text) as ProbeAnswer;
  } catch {
    throw new MtucalcError(
      'lost',
      `the process that measured ${named} ended without an answer`,
      `mtucalc probe ${named}`,
    );
  }
}

/** One host; throws what that measurement throws. */
export async function probeApart(
  host: string,
  options: readonly string[],
  signal?: AbortSignal | undefined,
): Promise<ProbeResult> {
  const [result] = (await probeHostsApart([host], options, signal)).results;
  if (result && !('error' in result)) return result;
  const { code, message, hint } = result?.error ?? { code: 'lost', message: `${host} was not measured` };
  throw new MtucalcError(code, message, hint);
}
