import { type Detector, duration, type Found, finding, inFrame, plural } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { type DirectionFacts, type FlowFacts, reverseOf } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { isUnanswered, SUSPECT_TIMEOUTS } from '../signs/black-hole-signs.js';
import { arrivedElsewhere } from '../signs/elsewhere.js';
import { narrowestPath } from '../signs/narrow.js';

/** Keep-alives without an answer; fewer may still be on their way. */
const LEAST_KEEPALIVES = 3;

/** A peer that answers nothing any more, small packets neither: it is gone, or a firewall drops all of the connection. */
export const peerGone: Detector = {
  id: 'peer-gone',
  flow(flow, capture) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      const sign = signOf(flow, side, capture);
      if (!sign) return direction.keepAlives >= LEAST_KEEPALIVES ? [silentKeepAlives(direction)] : [];
      return [
        finding(
          'peer-gone',
          'info',
          `${direction.to} answers nothing of ${direction.from} any more, ${sign.says}: the host is gone, or a filter ` +
            `drops everything of this connection. ${sign.size}`,
          sign.evidence,
          `see whether ${direction.to} is up, and what a firewall on the way logs`,
        ),
      ];
    });
  },
};

/** Nothing is under way that could be stuck, so that this is no verdict on the capture. */
const silentKeepAlives = ({ from, to, keepAlives }: DirectionFacts): Found =>
  finding(
    'keep-alive-unanswered',
    'info',
    `${to} does not answer the last ${plural(keepAlives, 'keep-alive')} of ${from}: it is gone, or its answers do not get here.`,
    [{ value: keepAlives, from: 'keep-alives without an answer' }],
  );

const NO_SIZE = 'No matter of size; no clamp helps.';

function signOf(flow: FlowFacts, side: 0 | 1, capture: CaptureFacts) {
  const direction = flow.directions[side];
  const back = reverseOf(flow, side);
  const { run } = direction;
  if (!run || run.count < SUSPECT_TIMEOUTS || back.packets === 0 || back.zeroWindow) return undefined;
  const evidence = [
    inFrame(run.ip, run.firstFrame, 'IP length of the first retransmission'),
    inFrame(run.count, run.lastFrame, 'last of the retransmissions'),
  ];
  const times = `${plural(run.count, 'retransmission')} in ${duration(run.seconds)}`;
  const narrowest = narrowestPath(flow.family);
  if (run.ip <= SMALL_PACKET) {
    const arrived = Math.max(direction.deliveredIp, arrivedElsewhere(capture, flow, direction, 0));
    // What is small on most paths is large on one of 508 octets: only a size that arrived, or that all paths take, is no question.
    if (run.ip > narrowest && run.ip > arrived) return undefined;
    if (run.life > 0) return undefined;
    return { says: `${times} of a packet of ${run.ip} octets`, size: NO_SIZE, evidence };
  }
  if (!isUnanswered(direction, back)) return undefined;
  const size =
    narrowest < SMALL_PACKET
      ? `No matter of size, unless the path takes less than ${SMALL_PACKET} octets; no clamp of a usual value helps.`
      : NO_SIZE;
  return { says: `neither ${times} nor the small packet behind`, size, evidence };
}
