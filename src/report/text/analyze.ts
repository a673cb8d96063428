import type { AnalyzedCapture } from '../../analyze/answer.js';
import { nameOf } from '../capture-name.js';
import type { PieceReporter, Reporter } from '../format.js';
import type { Look } from '../look.js';
import { togetherText } from './together.js';
import { totalsText } from './totals.js';
import { verdictText } from './verdict.js';

/** Each capture's verdict, findings and counts; of two compared, what they say together first. */
export const analyzeText: Reporter<'analyze'> = ({ results }, look) =>
  results
    .flatMap((result) =>
      'before' in result
        ? [
            togetherText(result.verdict, result, look.colour, look.columns),
            captureText(result.before, look),
            captureText(result.after, look),
          ]
        : 'error' in result
          ? []
          : [captureText(result, look)],
    )
    .join('\n');

const captureText = (capture: AnalyzedCapture, { colour, columns }: Look): string =>
  `${verdictText(nameOf(capture.file), capture, colour, columns)}\n${totalsText(capture, { colour, columns })}`;

/** The same of captures that come one by one. */
export const analyzePieces: PieceReporter<'analyze'> = {
  piece: (result, look, written) => ('error' in result ? '' : `${written > 0 ? '\n' : ''}${captureText(result, look)}`),
  end: () => '',
};
