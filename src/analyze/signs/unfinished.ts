import type { CaptureFacts } from '../facts.js';
import type { DirectionFacts, FlowFacts } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { arrivedElsewhere } from './elsewhere.js';
import { isOpen } from './ptb-signs.js';
import { telling } from './silence.js';

/** A packet as large as this share of what was sent counts as arrived. */
const NEARLY = 0.9;
/** So many full segments that did not come are no reordering. */
const LEAST_SEGMENTS = 3;
/** Handshake, request, first answer: what comes later is what transfers hang at. */
const FIRST_ROUND_TRIPS = 3;

/**
 * What a capture that ended too soon leaves open of a connection: `handshake` nothing behind it is here; `unanswered` large
 * packets were sent of which none, nor one of that size between these hosts, is known to have arrived; `resent` as well, and one was
 * sent again; `missing` full segments never came, only what is smaller behind them; `young` it lasted a few round trips.
 */
export type Unfinished =
  | { readonly kind: 'handshake' }
  | { readonly kind: 'young' }
  | { readonly kind: 'missing'; readonly direction: DirectionFacts; readonly octets: number }
  | { readonly kind: 'unanswered' | 'resent'; readonly direction: DirectionFacts; readonly arrived: number };

export function unfinished(flow: FlowFacts, capture: CaptureFacts): Unfinished | undefined {
  const { directions, client, rtt, idle, seconds } = flow;
  const [a, b] = directions;
  if (flow.protocol !== 'tcp' || directions.some(isTold)) return undefined;
  const ended = directions.some(({ reset, finished }) => reset || finished);
  if (
    client !== null &&
    !ended &&
    a.mss !== null &&
    b.mss !== null &&
    directions.every(({ segments }) => segments === 0)
  )
    return idle < telling(flow) && !a.gap && !b.gap ? { kind: 'handshake' } : undefined;
  for (const [side, direction] of directions.entries()) {
    const full = directions[1 - side]!.mss ?? 0;
    const { gap } = direction;
    if (gap && full > 0 && gap.octets >= LEAST_SEGMENTS * full && gap.behind > 0 && gap.behindIp < full * NEARLY)
      return { kind: 'missing', direction, octets: gap.octets };
    const { largestIp, outstanding, retransmitted, packets } = direction;
    const near = largestIp * NEARLY;
    if (outstanding === 0 || largestIp <= SMALL_PACKET || packets === 0 || direction.deliveredIp >= near) continue;
    const arrived = Math.max(direction.deliveredIp, arrivedElsewhere(capture, flow, direction, 0));
    if (arrived < near) return { kind: retransmitted > 0 ? 'resent' : 'unanswered', direction, arrived };
  }
  return client !== null && !ended && rtt !== null && seconds + idle < FIRST_ROUND_TRIPS * rtt
    ? { kind: 'young' }
    : undefined;
}

/** A PTB or merged packets explain what is open: told by themselves. */
const isTold = (one: DirectionFacts): boolean => {
  const { ptb, oddPtb, ptbBehind, merged, zeroWindow } = one;
  return (ptb !== null && !isOpen(one)) || oddPtb !== null || ptbBehind !== null || merged !== null || zeroWindow;
};
