import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { CaptureWatch } from '../../src/analyze/capture-value.js';
import { judge } from '../../src/analyze/judge.js';
import type { AnalyzeResult } from '../../src/analyze/result.js';
import type { Verdict } from '../../src/analyze/verdict/verdict.js';
import { CaptureReader } from '../../src/capture/reader.js';

/** How the real tools print a capture; `exact`: the text holds every octet that was recorded. */
export const printers = {
  'tcpdump -nn': { exact: false, command: (file: string) => ['tcpdump', '-nn', '-r', file] },
  'tcpdump -nnv': { exact: false, command: (file: string) => ['tcpdump', '-nnv', '-r', file] },
  'tcpdump -nne': { exact: false, command: (file: string) => ['tcpdump', '-nne', '-r', file] },
  'tcpdump -nnS': { exact: false, command: (file: string) => ['tcpdump', '-nnS', '-tt', '-r', file] },
  'tcpdump -nnttt': { exact: false, command: (file: string) => ['tcpdump', '-nn', '-ttt', '-r', file] },
  'tcpdump -nnq': { exact: false, command: (file: string) => ['tcpdump', '-nnq', '-r', file] },
  'tcpdump -XX': { exact: true, command: (file: string) => ['tcpdump', '-nn', '-XX', '-r', file] },
  'tcpdump -x': { exact: true, command: (file: string) => ['tcpdump', '-nn', '-x', '-r', file] },
  'tshark lines': { exact: false, command: (file: string) => ['tshark', '-n', '-r', file] },
  'tshark json': { exact: false, command: (file: string) => ['tshark', '-n', '-T', 'json', '-r', file] },
  'tshark details': { exact: false, command: (file: string) => ['tshark', '-n', '-V', '-r', file] },
} as const;
export type Printer = keyof typeof printers;

/** The text, or null where the tool cannot read the file (tcpdump wants one link type). */
export function printed(printer: Printer, file: string): Uint8Array | null {
  const [program, ...args] = printers[printer].command(file) as [string, ...string[]];
  const { status, stdout, error } = spawnSync(program, args, {
    maxBuffer: 1 << 29,
    env: { ...process.env, TZ: 'UTC' },
  });
  if (error) throw error;
  return status === 0 ? stdout : null;
}

/** What analyze says of the octets of a capture, whatever form they have. */
export function judged(octets: Uint8Array): AnalyzeResult {
  const watch = new CaptureWatch();
  const reader = new CaptureReader(watch.frame.bind(watch));
  let from = 0;
  while (from < octets.length && !reader.stopped) {
    const used = reader.consume(octets.subarray(from), octets.length - from);
    if (used === 0) break;
    from += used;
  }
  const rest = octets.subarray(from);
  return judge(watch.finish('capture', reader.finish(rest, rest.length), false).facts);
}

export const octetsOf = (file: string): Uint8Array => {
  const octets = readFileSync(file);
  return octets[0] === 0x1f && octets[1] === 0x8b ? gunzipSync(octets) : octets;
};

/** Words that claim less than the first one does. */
const weaker: Partial<Record<Verdict, readonly Verdict[]>> = {
  'black-hole': ['black-hole-suspected'],
  'black-hole-plpmtud': ['black-hole-suspected'],
  'clamp-too-high': ['black-hole-suspected', 'black-hole'],
  'clamp-one-way': ['black-hole-suspected', 'black-hole'],
  'post-frag-dropped': ['post-frag', 'black-hole-suspected', 'esp-only'],
  'post-frag': ['esp-only'],
};

/**
 * What is wrong with the answer of a text beside that of the file: a stronger word, or a problem that the file does not
 * have.
 */
export function stronger(text: AnalyzeResult, file: AnalyzeResult, exact: boolean): string[] {
  const wrong: string[] = [];
  const same = text.verdict === file.verdict;
  const less =
    ['inconclusive', 'path-measured'].includes(text.verdict) || (weaker[file.verdict] ?? []).includes(text.verdict);
  if (exact ? !same : !same && !less) wrong.push(`verdict ${text.verdict}, the file says ${file.verdict}`);
  const known = new Set(file.findings.map(({ code }) => code));
  for (const { code, severity } of text.findings) {
    if (severity === 'problem' && !known.has(code)) wrong.push(`problem ${code}`);
  }
  return wrong;
}
