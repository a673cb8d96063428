import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, finding, inFrame } from '../detector.js';
import { reverseOf } from '../flow/flow-facts.js';
import { rewrites, worksWith } from '../signs/clamp-signs.js';

/** MTUs of access links: a host on one announces such an MSS without any clamp. */
const linkSizes = [1280, 1480, 1492, 1500];

/** The MSS was lowered in both directions, and what the senders make of it goes through. */
export const clampOk: Detector = {
  id: 'clamp-ok',
  capture(capture, found) {
    // A connection that got nothing large back leaves it open whether the clamp is enough.
    if (found.has('inconclusive')) return [];
    const lowered = rewrites(capture).filter(({ back }) => back === null || back.before > back.after);
    const first = lowered[0];
    if (first) {
      const both = first.back ? ` and of the answer from ${first.back.before} to ${first.back.after}` : '';
      return [
        finding(
          'clamp-ok',
          'info',
          `${first.from} -> ${first.to}: the MSS of the SYN was lowered from ${first.before} to ${first.after}${both} ` +
            'between two points of this capture.',
          [
            inFrame(first.before, first.beforeFrame, 'MSS option'),
            inFrame(first.after, first.afterFrame, 'MSS option of the same SYN'),
          ],
        ),
      ];
    }
    for (const flow of capture.flows) {
      if (flow.protocol !== 'tcp') continue;
      for (const side of [0, 1] as const) {
        const works = worksWith(flow, side);
        const sender = flow.directions[side];
        const peer = reverseOf(flow, side);
        // The MSS of the sender's own SYN has the same value: the other half of the clamp, or a link of its own.
        if (works === undefined || sender.mss !== works || linkSizes.includes(works + fixedHeaders(flow.family)))
          continue;
        return [
          finding(
            'mss-lower',
            'info',
            `${sender.from} announces MSS ${works} and keeps to it, although ${peer.from} announced ${peer.mss}, and full segments ` +
              'arrive: its own link takes no more, or a clamp on the way lowered both. Which of the two, a capture on the other side shows.',
            [inFrame(peer.mss!, peer.mssFrame, 'MSS option'), inFrame(sender.mss, sender.mssFrame, 'MSS option')],
          ),
        ];
      }
    }
    return [];
  },
};
