import { type Detector, finding, plural } from '../detector.js';
import type { DirectionFacts } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { explainsRepetition } from '../signs/explained.js';
import { fateOf } from '../signs/fate.js';
import { seenAt } from '../signs/seen-at.js';

/** One burst is a full queue; loss comes again. */
const LEAST_EPISODES = 2;
const LEAST = 3;
/** Less than this is everyday life. */
const LEAST_SHARE = 0.005;

/** That smaller ones arrived says nothing about size. */
const LARGE = 1000;

const isOpen = ({ run, deliveredIp }: DirectionFacts): boolean =>
  run !== null && run.ip > SMALL_PACKET && run.ip > deliveredIp;

/** Segments are lost now and again, and others of the same size get through: congestion or a bad link, not the MTU. */
export const loss: Detector = {
  id: 'loss',
  capture(capture, found) {
    const { retransmitted, filled, lossEpisodes, tcpSegments, largestDelivered, largestTcp } = capture;
    if (lossEpisodes < LEAST_EPISODES || retransmitted < LEAST) return [];
    // Each capture point of a connection counts the same loss once.
    const points = seenAt(capture);
    if (lossEpisodes < LEAST_EPISODES * points || retransmitted < LEAST * points) return [];
    if (retransmitted < tcpSegments * LEAST_SHARE) return [];
    if (largestDelivered < LARGE || largestDelivered < largestTcp || explainsRepetition(found)) return [];
    // One that is stuck, or ends with what never arrived sent again, has not got over its loss: told by itself.
    if (capture.flows.some((flow) => fateOf(flow) === 'stuck' || flow.directions.some(isOpen))) return [];
    // What is merged behind the capture point and refused is no loss of the path.
    if (capture.flows.some(({ directions }) => directions.some(({ ptbBehind }) => ptbBehind !== null))) return [];
    const share = Number(((retransmitted / tcpSegments) * 100).toPrecision(2));
    return [
      finding(
        'loss-not-mtu',
        'info',
        `${plural(retransmitted, 'retransmission')} among ${tcpSegments} data segments (${share} %), and packets of the full ` +
          `${largestDelivered} octets arrived: loss, not size.`,
        [
          ...(filled > 0 ? [{ value: filled, from: 'segments lost before this capture point, that came late' }] : []),
          { value: retransmitted, from: 'retransmitted segments' },
          { value: lossEpisodes, from: 'times of loss, more than a round trip apart' },
          { value: largestDelivered, from: 'largest packet acknowledged' },
        ],
      ),
    ];
  },
};
