import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, duration, finding, inFrame } from '../detector.js';
import { reverseOf } from '../flow/flow-facts.js';
import { hostName } from '../signs/elsewhere.js';
import { telling } from '../signs/silence.js';

/** Of what was missing, so many full segments at least: one or two may be chance. */
const LEAST_SEGMENTS = 3;
/** A path that takes less takes so much less at least: PPPoE, RFC 2516 7. */
const LEAST_LESS = 8;

/**
 * The receiver's side of a stall that healed: nothing came for long, and then the same octets in packets smaller than the MSS
 * allows, with a large hole behind the first: they had been sent before, in packets that never came (RFC 4821).
 */
export const late: Detector = {
  id: 'late',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const sender = flow.directions[side];
      const receiver = reverseOf(flow, side);
      const { late: gap } = sender;
      if (!gap || receiver.mss === null || sender.merged || sender.ptb) return [];
      const full = Math.min(receiver.mss, sender.mss ?? receiver.mss) + fixedHeaders(flow.family);
      if (gap.seconds < telling(flow) || gap.octets < LEAST_SEGMENTS * receiver.mss) return [];
      if (sender.largestIp > full - LEAST_LESS || gap.ip === 0) return [];
      // As large before the pause: what its application or a clamp behind this point makes of it, lost like any other.
      const resumed = flow.quiet && flow.quiet.frame <= gap.frame ? flow.quiet.frame : gap.frame;
      if (sender.largestFrame < resumed) return [];
      return [
        {
          ...finding(
            'black-hole-suspected',
            'warning',
            `${sender.from} -> ${sender.to}: nothing came for ${duration(gap.seconds)}, then data in packets of at most ` +
              `${sender.largestIp} octets with ${gap.octets} octets missing before it, where ${full} are allowed: larger packets ` +
              'were lost, and the sender found a smaller size, by itself or by a PTB.',
            [
              inFrame(gap.octets, gap.frame, 'octets missing before this sequence number'),
              inFrame(sender.largestIp, sender.largestFrame, 'largest packet that came'),
              inFrame(receiver.mss, receiver.mssFrame, 'MSS that the receiver announced'),
            ],
            'every new connection pays this stall: clamp the MSS on the gateway (`mtucalc snippet`), or let PTB pass',
          ),
          lost: { from: hostName(sender.from), to: hostName(sender.to), octets: full },
        },
      ];
    });
  },
};
