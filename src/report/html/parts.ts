import type { AnalyzedCapture } from '../../analyze/answer.js';
import { plural } from '../../analyze/detector.js';
import type { Traced } from '../../analyze/trace.js';
import { nameOf } from '../capture-name.js';
import { span } from './axis.js';
import type { ReportPart } from './page.js';

const MOST_DAMAGE = 5;

/** What was not as it should be with the file itself, one sentence each. */
function remarksOf({
  totals,
  container,
  damage,
  moreDamage,
  interrupted,
  flowCounts,
  findings,
}: AnalyzedCapture): string[] {
  const { snapped } = container;
  const unsaid = moreDamage + Math.max(0, damage.length - MOST_DAMAGE);
  return [
    ...(interrupted ? ['Interrupted: this is what was read until then.'] : []),
    ...damage
      .slice(0, MOST_DAMAGE)
      .map(({ octet, frame, says }) => `Damage at octet ${octet}, frame ${frame}: ${says}`),
    ...(unsaid > 0 ? [`Damage in ${plural(unsaid, 'place')} more.`] : []),
    ...container.unread.map((link) => `Frames of link type ${link} are counted only.`),
    ...(snapped.frames > 0 && !findings.some(({ code }) => code === 'snapped')
      ? [
          `${snapped.frames} of ${totals.frames} frames were cut at ${snapped.at} octets; all sizes are those on the wire.`,
        ]
      : []),
    ...(flowCounts.evicted > 0
      ? [
          `The flow table was full: ${flowCounts.evicted} flows, the longest idle first, were dropped from it and judged by what had been seen until then.`,
        ]
      : []),
    ...(flowCounts.unheard > 0
      ? [
          `${plural(flowCounts.unheard, 'flow')} more with something to say found no place and were not judged one by one.`,
        ]
      : []),
  ];
}

const MOST_INTERFACES = 4;

/** What the capture is, in a line. */
export function factsOf({ totals, container, seconds }: AnalyzedCapture): string {
  const { ipv4, ipv6 } = totals.largest;
  const largest = [ipv4 > 0 ? `IPv4 ${ipv4}` : '', ipv6 > 0 ? `IPv6 ${ipv6}` : ''].filter(Boolean);
  const names = container.interfaces.flatMap(({ name }) => name ?? []);
  const more = names.length > MOST_INTERFACES ? ` and ${names.length - MOST_INTERFACES} more` : '';
  return [
    `${plural(totals.frames, 'frame')}${seconds > 0 ? ` in ${span(seconds)}` : ''}`,
    ...(names.length > 0 ? [`captured on ${names.slice(0, MOST_INTERFACES).join(', ')}${more}`] : []),
    ...(largest.length > 0 ? [`largest packet ${largest.join(', ')} octets`] : []),
  ].join('; ');
}

export const reportPart = (capture: AnalyzedCapture, trace?: Traced): ReportPart => ({
  name: nameOf(capture.file),
  result: capture,
  facts: factsOf(capture),
  remarks: remarksOf(capture),
  trace,
});
