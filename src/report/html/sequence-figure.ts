import type { AnalyzeResult } from '../../analyze/result.js';
import type { SequenceTrace, Traced } from '../../analyze/trace.js';
import { span } from './axis.js';
import { escapeHtml } from './escape.js';
import { figureHtml } from './figure.js';
import { sequencePlot } from './sequence-plot.js';

const HEADING = 'Time and sequence of the worst connection';
const why = {
  once: 'It needs a second reading of the capture, and this one could be read once only: save it as a file.',
  'no-data': 'No data segment of it is in this capture.',
  text: 'A capture as text does not print all that it needs: record a file.',
} as const;

/** The worst flow as tcptrace draws it, or why it is not drawn; '' where no flow is in trouble. */
export function sequenceFigure({ flows }: AnalyzeResult, trace: Traced | undefined): string {
  if (trace === undefined) return '';
  if ('leftOut' in trace) return `<h2>${HEADING}</h2><p class="legend">Not drawn. ${why[trace.leftOut]}</p>`;
  const flow = flows.find(({ firstFrame, protocol }) => firstFrame === trace.flow.firstFrame && protocol === 'tcp');
  const one = flow?.directions[trace.flow.direction];
  const which =
    flow && one ? `${one.from} -> ${one.to}, from frame ${flow.firstFrame}, ${span(flow.start)} into the capture` : '';
  return figureHtml(HEADING, sequencePlot(trace), `${which && `<span>${escapeHtml(which)}</span>`}${legend(trace)}`);
}

function legend({ segments, acks, sacks, ptbs, thinned }: SequenceTrace): string {
  const resent = segments.filter(([, , , again]) => again).length;
  const entry = (kind: string, says: string, count: number): string =>
    count === 0 ? '' : `<span><i class="${kind}"></i>${says}</span>`;
  return [
    entry('size', 'segment', segments.length - resent),
    entry('again', 'sent again', resent),
    entry('ack', 'acknowledged up to here', acks.length),
    entry('sack', 'SACK block', sacks.length),
    entry('ptb', 'PTB', ptbs.length),
    thinned === null
      ? ''
      : `Thinned: ${segments.length + acks.length + sacks.length + ptbs.length} of ${thinned.of} points are drawn.`,
  ]
    .filter(Boolean)
    .join(' ');
}
