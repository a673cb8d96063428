import { type Detector, duration, type Found, finding, inFrame, plural } from '../detector.js';
import type { DirectionFacts, FlowFacts, Run } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { narrowestPath } from '../signs/narrow.js';
import { peerGoneSigns } from '../signs/peer-gone-signs.js';

/** Keep-alives without an answer; fewer may still be on their way. */
const LEAST_KEEPALIVES = 3;

/** A peer that answers nothing any more, small packets neither: it is gone, or a firewall drops all of the connection. */
export const peerGone: Detector = {
  id: 'peer-gone',
  flow(flow, capture) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      const run = peerGoneSigns(flow, side, capture);
      if (run) return [sayOf(flow, direction, run)];
      return direction.keepAlives >= LEAST_KEEPALIVES ? [silentKeepAlives(direction)] : [];
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

function sayOf(flow: FlowFacts, direction: DirectionFacts, run: Run): Found {
  const times = `${plural(run.count, 'retransmission')} in ${duration(run.seconds)}`;
  const small = run.ip <= SMALL_PACKET;
  const says = small ? `${times} of a packet of ${run.ip} octets` : `neither ${times} nor the small packet behind`;
  const size =
    !small && narrowestPath(flow.family) < SMALL_PACKET
      ? `No matter of size, unless the path takes less than ${SMALL_PACKET} octets; no clamp of a usual value helps.`
      : 'No matter of size; no clamp helps.';
  return finding(
    'peer-gone',
    'info',
    `${direction.to} answers nothing of ${direction.from} any more, ${says}: the host is gone, or a filter ` +
      `drops everything of this connection. ${size}`,
    [
      inFrame(run.ip, run.firstFrame, 'IP length of the first retransmission'),
      inFrame(run.count, run.lastFrame, 'last of the retransmissions'),
    ],
    `see whether ${direction.to} is up, and what a firewall on the way logs`,
  );
}
