import type { CaptureFacts } from '../facts.js';
import type { DirectionFacts, FlowFacts } from '../flow/flow-facts.js';
import { hostOf } from './clamp-signs.js';

/** What connections that began later got through between the same hosts: the host was there again, or all the time. */
export interface Later {
  /** Largest packet that arrived, octets. */
  readonly arrived: number;
  /** It is the limit its sender kept to: full segments of a smaller MSS. */
  readonly full: boolean;
}

/** So many packets of the largest size make it a limit. */
const LEAST_FULL = 3;

/** Undefined where no later connection is here of which data arrived. */
export function later(
  capture: CaptureFacts,
  own: FlowFacts,
  { from, to }: DirectionFacts,
  since: number,
): Later | undefined {
  let found: Later | undefined;
  for (const flow of capture.flows) {
    if (flow === own || flow.protocol !== 'tcp' || flow.start < since) continue;
    for (const one of flow.directions) {
      if (hostOf(one.from) !== hostOf(from) || hostOf(one.to) !== hostOf(to) || one.deliveredIp === 0) continue;
      if (found && found.arrived >= one.deliveredIp) continue;
      found = {
        arrived: one.deliveredIp,
        full: one.deliveredIp === one.largestIp && one.atLargest >= LEAST_FULL,
      };
    }
  }
  return found;
}
