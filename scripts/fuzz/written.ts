import { type AnalyzedCapture, answerOf } from '../../src/analyze/answer.js';
import { reporterOf } from '../../src/report/index.js';
import { palette } from '../../src/report/palette.js';
import type { Kind, Values } from '../../src/report/values.js';
import type { Printed } from './family.js';

const look = { colour: palette(false), columns: 80 };
/** Tables and pages are slow to write: of so many inputs one. */
const TEXT_EACH = 32;
const PAGE_EACH = 64;

/** The formats that this input is written in; one of the machine's is always among them. */
export const formatsFor = (
  octets: number,
  machine: readonly string[],
  page: readonly string[] = [],
): readonly string[] => [
  ...machine,
  ...(octets % TEXT_EACH === 0 ? ['text'] : []),
  ...(octets % PAGE_EACH === 0 ? page : []),
];

/** A value in these formats, by the reporters of the program. */
export async function written<K extends Kind>(
  kind: K,
  value: Values[K],
  formats: readonly string[],
): Promise<Printed[]> {
  const made: Printed[] = [];
  for (const format of formats) {
    const reporter = await reporterOf(kind, format);
    if (reporter) made.push({ format, text: reporter(value, look) });
  }
  return made;
}

export const writtenAnalysis = (capture: AnalyzedCapture, octets: number): Promise<Printed[]> =>
  written('analyze', answerOf([capture]), formatsFor(octets, ['json'], ['html']));
