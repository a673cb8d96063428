import type { CaptureFacts } from '../facts.js';
import { type FlowFacts, type Run, reverseOf } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { isUnanswered, SUSPECT_TIMEOUTS } from './black-hole-signs.js';
import { arrivedElsewhere } from './elsewhere.js';
import { later } from './later.js';
import { narrowestPath } from './narrow.js';

/**
 * One direction of a flow to which nothing is answered any more, small packets neither. Where a later connection gets only
 * smaller packets through between the same hosts, it may be a matter of size all the same.
 */
export function peerGoneSigns(flow: FlowFacts, side: 0 | 1, capture: CaptureFacts): Run | undefined {
  const direction = flow.directions[side];
  const back = reverseOf(flow, side);
  const { run } = direction;
  if (!run || run.count < SUSPECT_TIMEOUTS || back.packets === 0 || back.zeroWindow) return undefined;
  if (run.ip <= SMALL_PACKET) {
    const arrived = Math.max(direction.deliveredIp, arrivedElsewhere(capture, flow, direction, 0));
    // Small on most paths is large on one of 508 octets: only what arrived, or what all paths take, is no question.
    if (run.ip > narrowestPath(flow.family) && run.ip > arrived) return undefined;
    return run.life > 0 ? undefined : run;
  }
  if (!isUnanswered(direction, back)) return undefined;
  return (later(capture, flow, direction, run.start)?.arrived ?? run.ip) < run.ip ? undefined : run;
}
