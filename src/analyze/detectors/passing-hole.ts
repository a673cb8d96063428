import { type Detector, duration, finding, inFrame } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import type { DirectionFacts, FlowFacts, Stall } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { CERTAIN_TIMEOUTS } from '../signs/black-hole-signs.js';
import { hostName } from '../signs/elsewhere.js';

/** Small packets of other connections that passed meanwhile, none of them lost: fewer may be luck. */
const LEAST_SMALL = 4;
/** The segment itself went out a timeout before its first retransmission, seconds (Linux waits 0.2 at least). */
const TIMEOUT = 0.2;

/**
 * A hole that came and went: for a while only large packets were lost, while small ones of other connections passed
 * without a loss, and then the same size got through again. A second path, a link that fails: no loss that takes any
 * size.
 */
export const passingHole: Detector = {
  id: 'passing-hole',
  capture(capture) {
    return capture.flows.flatMap((flow) => {
      if (flow.protocol !== 'tcp') return [];
      return flow.directions.flatMap((direction) => {
        const { stall } = direction;
        if (!stall || stall.to < stall.ip || stall.count < CERTAIN_TIMEOUTS || stall.ip <= SMALL_PACKET) return [];
        const small = smallPassed(capture, flow, direction, stall);
        if (small < LEAST_SMALL) return [];
        return [
          finding(
            'black-hole-suspected',
            'warning',
            `${direction.from} -> ${direction.to}: a ${stall.ip}-octet packet was lost ${stall.count} times in a row for ` +
              `${duration(stall.seconds)} and then got through, while ${small} small packets of other connections passed ` +
              'without a loss: for that time the path did not take large packets.',
            [
              inFrame(stall.ip, stall.firstFrame, 'IP length of the first retransmission'),
              inFrame(stall.count, stall.lastFrame, 'acknowledgement that ended it'),
            ],
            'look for a second path (routes, ECMP, a failing link) between the hosts; a clamp for the smaller of them is safe',
          ),
        ];
      });
    });
  },
};

/**
 * Segments of small connections between the same hosts, the same way, that lived through the stall and lost nothing.
 */
function smallPassed({ flows }: CaptureFacts, own: FlowFacts, direction: DirectionFacts, stall: Stall): number {
  let passed = 0;
  for (const flow of flows) {
    if (flow === own || flow.protocol !== 'tcp' || flow.point !== own.point) continue;
    if (flow.start + flow.seconds < stall.start - TIMEOUT || flow.start > stall.start + stall.seconds) continue;
    for (const one of flow.directions) {
      if (hostName(one.from) !== hostName(direction.from) || hostName(one.to) !== hostName(direction.to)) continue;
      if (one.largestIp <= SMALL_PACKET && one.retransmitted === 0 && one.outstanding === 0) passed += one.segments;
    }
  }
  return passed;
}
