import { capturesOf } from '../../analyze/answer.js';
import type { Reporter } from '../format.js';
import { reportHtml } from './page.js';
import { reportPart } from './parts.js';

/** One page for all captures that could be read; of two compared, what they say together comes first. */
export const analyzeHtml: Reporter<'analyze'> = (answer, { shows }) => {
  const pair = answer.results.find((result) => 'before' in result);
  const parts = capturesOf(answer).map((capture, index) => reportPart(capture, shows?.traces?.[index]));
  return reportHtml(parts, pair && { verdict: pair.verdict, two: pair });
};
