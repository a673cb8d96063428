import { fixedHeaders } from '../../mtu/mss.js';
import { type Detector, type Found, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { type DirectionFacts, type FlowFacts, reverseOf } from '../flow/flow-facts.js';
import { ETHERNET_MTU } from '../flow/sizes.js';
import { blackHoleSigns } from '../signs/black-hole-signs.js';
import { hostOf } from '../signs/clamp-signs.js';
import { isIgnored } from '../signs/ptb-signs.js';

/** Stacks use no less, whatever is announced: Linux 48 (TCP_MIN_SND_MSS, include/net/tcp.h), others more. */
const LEAST_MSS = 48;
/** Segments over the limit: this many make a habit. */
const HABIT = 2;

/**
 * Segments longer than the MSS the peer announced. A sender that ignores it fills its own link, or what a PTB left of
 * it, and repeats that size; segments put together by offload have any length, and are acknowledged in pieces.
 */
export const aboveMss: Detector = {
  id: 'above-mss',
  flow(flow, capture) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      const peer = reverseOf(flow, side);
      const { aboveMss: above } = direction;
      if (!above || peer.mss === null || above.count < HABIT) return [];
      if (peer.mss < LEAST_MSS) return [absurdMss(peer.from, peer.mss, peer.mssFrame, direction)];
      const evidence = [
        inFrame(peer.mss, peer.mssFrame, 'MSS option'),
        inFrame(above.largest, above.frame, 'largest TCP payload, first frame above the MSS'),
        { value: above.count, from: 'segments above the MSS' },
      ];
      if (!isReal(flow, side, direction, capture)) {
        const pieces =
          above.split > 0 ? `, and ${plural(above.split, 'acknowledgement')} came in the middle of one` : '';
        return [
          finding(
            'resegmentation',
            'info',
            `${direction.from} -> ${direction.to}: segments of up to ${above.largest} octets where the MSS is ${peer.mss}` +
              `${pieces}: segmentation offload cuts them behind this capture point, which is no IP fragmentation.`,
            evidence,
          ),
        ];
      }
      const lost = blackHoleSigns(flow, side, capture) !== undefined;
      const refused = direction.ptb !== null && isIgnored(direction.ptb, direction.largestIp);
      return [
        finding(
          'mss-ignored',
          lost || refused ? 'problem' : 'warning',
          `${direction.from} sends segments of ${above.largest} octets although ${peer.from} announced MSS ${peer.mss}` +
            `${refused ? ', and ignores the PTBs they draw' : lost ? ', and they are lost' : ''}.`,
          evidence,
          `a clamp cannot help against a sender that ignores it: lower the MTU of ${hostOf(direction.from)} itself, or its route`,
        ),
      ];
    });
  },
};

function isReal(flow: FlowFacts, side: 0 | 1, direction: DirectionFacts, capture: CaptureFacts): boolean {
  const above = direction.aboveMss!;
  if (above.split > 0 || direction.merged) return false;
  // A gateway measures a merged packet by its segments: one that draws a PTB, or is resent whole, is real.
  if (direction.ptb && direction.largestIp > direction.ptb.mtu && above.count > direction.ptb.overInGrace) return true;
  if (above.retransmitted >= HABIT && blackHoleSigns(flow, side, capture)) return true;
  if (above.partial) return false;
  const fixed = fixedHeaders(flow.family);
  const whole = above.largest + direction.options + fixed;
  const own = direction.mss === null ? ETHERNET_MTU : direction.mss + fixed;
  return whole === own || whole === ETHERNET_MTU || (direction.ptb !== null && whole === direction.ptb.mtu);
}

const absurdMss = (
  from: string,
  mss: number,
  frame: number,
  { from: sender, largestPayload, largestFrame }: DirectionFacts,
): Found =>
  finding(
    'mss-absurd',
    'info',
    `${from} announces MSS ${mss}, which no stack follows: ${sender} sends segments of up to ${largestPayload} octets all the same.`,
    [inFrame(mss, frame, 'MSS option'), inFrame(largestPayload, largestFrame, 'largest TCP payload')],
    `find what writes that MSS: ${hostOf(from)} itself, or a clamp with a wrong number (\`mtucalc lint\`)`,
  );
