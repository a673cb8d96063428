import type { Finding } from '../../finding.js';
import { finding, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import type { Verdict } from './verdict.js';

/** From this share on what is missing may as well be the recorder's loss as the path's. */
const MUCH = 0.01;
/** Findings whose proof is that something did not come. */
const silent = new Set(['black-hole', 'black-hole-plpmtud']);
/** Findings that count what is missing. */
const counting = new Set(['loss-not-mtu']);
/** Verdicts that all is well with what was seen. */
const calm: readonly Verdict[] = ['ok', 'clamp-ok', 'loss-not-mtu'];

const isMuch = ({ dropped = 0, frames }: CaptureFacts): boolean => dropped >= (frames + dropped) * MUCH;

/** The findings as far as a recorder that lost packets supports them, and that it did. */
export function withDrops(findings: readonly Finding[], capture: CaptureFacts): readonly Finding[] {
  const { dropped = 0, frames } = capture;
  if (dropped === 0) return findings;
  const much = isMuch(capture);
  const kept = much ? findings.flatMap(doubted) : findings;
  const share = Number(((dropped / (frames + dropped)) * 100).toPrecision(2));
  return [
    ...kept,
    finding(
      'capture-dropped',
      much ? 'warning' : 'info',
      `The recorder lost ${plural(dropped, 'packet')} (${share} %) before they reached the file: ` +
        'what arrived is proven all the same, but an answer or a PTB that is missing may have been among them.',
      [{ value: dropped, from: 'packets lost by its own count' }],
      'record less (a filter, -s 128) with a larger buffer (tcpdump -B 65536)',
    ),
  ];
}

function doubted(one: Finding): Finding[] {
  if (counting.has(one.code)) return [];
  if (!silent.has(one.code)) return [one];
  return [{ ...one, code: 'black-hole-suspected', severity: one.severity === 'problem' ? 'warning' : one.severity }];
}

export const verdictWithDrops = (verdict: Verdict, capture: CaptureFacts): Verdict =>
  capture.dropped !== undefined && isMuch(capture) && calm.includes(verdict) ? 'inconclusive' : verdict;
