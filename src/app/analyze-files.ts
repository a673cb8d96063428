import { type AnalyzeAnswer, answerOf, judged, pairAnswerOf } from '../analyze/answer.js';
import type { Beside } from '../analyze/result.js';
import type { ReadOptions } from '../io/read-options.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { readCaptures } from './read-captures.js';

/** How captures are read, and what is known beside them. */
export interface AnalyzeFilesOptions extends ReadOptions, Beside {
  /** What '-' reads: `process.stdin`, or another stream of node:stream. */
  readonly stdin?: StandardInput;
}

/** A readable stream of Node; said without its types, which a TypeScript project may not have. */
export interface StandardInput {
  readonly isTTY?: boolean;
  pause(): unknown;
}
type Stream = NodeJS.ReadableStream & StandardInput;

/** The options of the reader, with the stream as what it is. */
const readable = <O extends { readonly stdin?: StandardInput }>({ stdin, ...how }: O) =>
  stdin ? { ...how, stdin: stdin as Stream } : how;

/** Captures by name, each judged by itself; a file that cannot be read has an `error` in its place. */
export async function analyzeFiles(
  files: readonly string[],
  { catalogue, request, ...how }: AnalyzeFilesOptions = {},
): Promise<AnalyzeAnswer> {
  // Judged at once: what a capture's frames came to is larger than what is said of it.
  return answerOf(await readCaptures(files, readable(how), (one) => judged(one, { catalogue, request })));
}

/** The same traffic at two points, the inner side (LAN) before, the outer (WAN) after: one result. */
export async function analyzePair(
  before: string,
  after: string,
  { catalogue, request, ...how }: AnalyzeFilesOptions & { readonly catalogue: Catalogue },
): Promise<AnalyzeAnswer> {
  const [first, second] = await readCaptures([before, after], readable(how), (one) => one);
  return pairAnswerOf([first!, second!], { catalogue, request });
}
