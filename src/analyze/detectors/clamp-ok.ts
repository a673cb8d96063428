import { loweredBehind, rewrites } from '../clamp-signs.js';
import { type Detector, finding, inFrame } from '../detector.js';

/** The MSS was lowered in both directions, and what the senders make of it goes through. */
export const clampOk: Detector = {
  id: 'clamp-ok',
  capture(capture) {
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
        const behind = loweredBehind(flow, side);
        const sender = flow.directions[side];
        const peer = flow.directions[side === 0 ? 1 : 0];
        // The MSS that came with the sender's SYN was lowered to the same value: the other half of the clamp.
        if (behind === undefined || sender.mss !== behind) continue;
        return [
          finding(
            'clamp-ok',
            'info',
            `${sender.from} keeps to MSS ${behind} although ${peer.from} announced ${peer.mss}: clamped both ways.`,
            [inFrame(peer.mss!, peer.mssFrame, 'MSS option'), inFrame(sender.mss, sender.mssFrame, 'MSS option')],
          ),
        ];
      }
    }
    return [];
  },
};
