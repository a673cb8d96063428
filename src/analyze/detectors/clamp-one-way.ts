import type { Finding } from '../../finding.js';
import { type Detector, finding, inFrame } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { reverseOf } from '../flow/flow-facts.js';
import { blackHoleSigns } from '../signs/black-hole-signs.js';
import { hostOf, loweredBehind, rewrites } from '../signs/clamp-signs.js';

/** A clamp that catches the SYN of one direction only, so that the other direction still sends full-size segments. */
export const clampOneWay: Detector = {
  id: 'clamp-one-way',
  capture(capture, found) {
    const half = rewrites(capture).find(
      ({ back, after }) => back !== null && back.before === back.after && back.after > after,
    );
    if (half) {
      const trouble = ['black-hole', 'ptb-ignored', 'black-hole-plpmtud'].some((code) => found.has(code));
      return [
        finding(
          'clamp-one-way',
          trouble ? 'problem' : 'warning',
          `The MSS from ${half.from} is lowered from ${half.before} to ${half.after}, but that from ${half.to} stays at ` +
            `${half.back!.after}: ${half.from} may still send ${half.back!.after - half.after} octets too many.`,
          [
            inFrame(half.before, half.beforeFrame, 'MSS option'),
            inFrame(half.after, half.afterFrame, 'MSS option of the same SYN'),
            { value: half.back!.after, from: 'MSS of the answer, the same at both points' },
          ],
          `clamp both directions to ${half.after}: with a policy-based tunnel set the value instead of deriving it ` +
            'from the route (`mtucalc snippet`)',
        ),
      ];
    }
    // Where PTBs are about, a sender may have been told its size by one of them.
    return capture.ptbTotal > 0 ? [] : asymmetric(capture);
  },
};

/**
 * Seen from one host: what comes keeps to a lower MSS than this host announced, what goes out is not limited and
 * stalls.
 */
function asymmetric(capture: CaptureFacts): Finding[] {
  for (const stalled of capture.flows) {
    if (stalled.protocol !== 'tcp') continue;
    for (const side of [0, 1] as const) {
      const signs = blackHoleSigns(stalled, side, capture);
      if (!signs || signs.back.mss === null) continue;
      const { direction, back } = signs;
      for (const other of capture.flows) {
        if (other.protocol !== 'tcp' || other.family !== stalled.family || other.point !== stalled.point) continue;
        for (const way of [0, 1] as const) {
          const sender = other.directions[way];
          if (hostOf(sender.from) !== hostOf(back.from) || hostOf(sender.to) !== hostOf(direction.from)) continue;
          // Holes at its receiver: it began with larger segments, and a PTB that went to it alone taught it better.
          if (reverseOf(other, way).sack || sender.gap) continue;
          const works = loweredBehind(other, way);
          if (works === undefined || works >= back.mss!) continue;
          return [
            finding(
              'clamp-one-way',
              'problem',
              `${hostOf(sender.from)} keeps to MSS ${works} although ${hostOf(sender.to)} announced more, but its own ` +
                `SYN/ACK arrives with ${back.mss}: only one direction is clamped, and packets of ${signs.run.ip} octets vanish in the other.`,
              [
                inFrame(sender.largestIp, sender.largestFrame, 'full-size packets towards this host'),
                inFrame(back.mss!, back.mssFrame, 'MSS option that arrived unclamped'),
                inFrame(signs.run.ip, signs.run.firstFrame, 'first retransmission of the packet that vanishes'),
              ],
              `clamp both directions to ${works}: with a policy-based tunnel set the value instead of deriving it from ` +
                'the route (`mtucalc snippet`)',
            ),
          ];
        }
      }
    }
  }
  return [];
}
