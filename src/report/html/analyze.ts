import type { Reporter } from '../format.js';
import { reportHtml } from './page.js';
import { reportPart } from './parts.js';

/** One page for all captures that could be read; of two compared, what they say together comes first. */
export const analyzeHtml: Reporter<'analyze'> = ({ results }) => {
  const pair = results.find((result) => 'before' in result);
  const captures = results.flatMap((result) =>
    'before' in result ? [result.before, result.after] : 'error' in result ? [] : [result],
  );
  return reportHtml(captures.map(reportPart), pair && { verdict: pair.verdict, two: pair });
};
