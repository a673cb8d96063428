import { type Detector, duration, type Found, finding, inFrame, plural } from '../detector.js';
import type { DirectionFacts } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { isUnanswered, SUSPECT_TIMEOUTS } from '../signs/black-hole-signs.js';

/** Keep-alives without an answer; fewer may still be on their way. */
const LEAST_KEEPALIVES = 3;

/** A peer that answers nothing any more, small packets neither: it is gone, or a firewall drops all of the connection. */
export const peerGone: Detector = {
  id: 'peer-gone',
  flow(flow) {
    if (flow.protocol !== 'tcp') return [];
    return ([0, 1] as const).flatMap((side) => {
      const direction = flow.directions[side];
      const back = flow.directions[side === 0 ? 1 : 0];
      const sign = signOf(direction, back);
      if (!sign) return direction.keepAlives >= LEAST_KEEPALIVES ? [silentKeepAlives(direction)] : [];
      return [
        finding(
          'peer-gone',
          'info',
          `${direction.to} answers nothing of ${direction.from} any more, ${sign.says}: the host is gone, or a filter ` +
            'drops everything of this connection. No matter of size; no clamp helps.',
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

function signOf(direction: DirectionFacts, back: DirectionFacts) {
  const { run } = direction;
  if (!run || run.count < SUSPECT_TIMEOUTS || back.packets === 0 || back.zeroWindow) return undefined;
  const evidence = [
    inFrame(run.ip, run.firstFrame, 'IP length of the first retransmission'),
    inFrame(run.count, run.lastFrame, 'last of the retransmissions'),
  ];
  const times = `${plural(run.count, 'retransmission')} in ${duration(run.seconds)}`;
  if (run.ip <= SMALL_PACKET && run.life === 0) return { says: `${times} of a packet of ${run.ip} octets`, evidence };
  if (isUnanswered(direction, back)) return { says: `neither ${times} nor the small packet behind`, evidence };
  return undefined;
}
