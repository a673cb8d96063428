import {
  type AnalyzeAnswer,
  type AnalyzedCapture,
  answerOf,
  judged,
  pairAnswerOf,
  type RefusedCapture,
} from '../analyze/answer.js';
import type { CaptureFacts } from '../analyze/facts.js';
import type { Beside } from '../analyze/result.js';
import { MtucalcError } from '../error.js';
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

/**
 * Captures by name, each judged by itself and handed over as soon as it and those before it are judged, so that memory
 * does not grow with their number; a file that cannot be read has an `error` in its place. After the signal it ends
 * early.
 */
export function analyzeEach(
  files: readonly string[],
  { catalogue, request, ...how }: AnalyzeFilesOptions = {},
): AsyncGenerator<AnalyzedCapture | RefusedCapture, void, undefined> {
  // Judged at once: what a capture's frames came to is larger than what is said of it.
  return readCaptures(files, readable(how), (one) => judged(one, { catalogue, request }));
}

/** A judged capture, and what of its facts rows are made of; undefined for one that could not be read. */
export interface JudgedCapture {
  readonly result: AnalyzedCapture | RefusedCapture;
  readonly facts: Pick<CaptureFacts, 'began' | 'everyFlow' | 'text'> | undefined;
}

/** The same as `analyzeEach`, with what rows are made of. */
export function judgeEach(
  files: readonly string[],
  { catalogue, request, ...how }: AnalyzeFilesOptions = {},
): AsyncGenerator<JudgedCapture, void, undefined> {
  return readCaptures(files, readable(how), (one) => ({
    result: judged(one, { catalogue, request }),
    facts: one.outcome instanceof MtucalcError ? undefined : rowFacts(one.outcome.facts),
  }));
}

/** Without the rest, which is large. */
const rowFacts = ({ began, everyFlow, text }: CaptureFacts): JudgedCapture['facts'] => ({
  began,
  ...(everyFlow ? { everyFlow } : {}),
  ...(text ? { text } : {}),
});

/** All of them in one answer; a file that cannot be read has an `error` in its place. */
export async function analyzeFiles(
  files: readonly string[],
  options: AnalyzeFilesOptions = {},
): Promise<AnalyzeAnswer> {
  return answerOf(await all(analyzeEach(files, options)));
}

/**
 * The same traffic at two points, the inner side (LAN) before, the outer (WAN) after: one result, with an `error` where
 * either cannot be read.
 */
export async function analyzePair(
  before: string,
  after: string,
  { catalogue, request, ...how }: AnalyzeFilesOptions & { readonly catalogue: Catalogue },
): Promise<AnalyzeAnswer> {
  const [first, second] = await all(readCaptures([before, after], readable(how), (one) => one));
  // Where reading was ended before the second was begun.
  const missing = new MtucalcError('file', `${after}: reading was ended before it`);
  return pairAnswerOf([first!, second ?? { file: after, outcome: missing }], { catalogue, request });
}

/** What comes one by one, together. */
export async function all<T>(each: AsyncIterable<T>): Promise<T[]> {
  const them: T[] = [];
  for await (const one of each) them.push(one);
  return them;
}
