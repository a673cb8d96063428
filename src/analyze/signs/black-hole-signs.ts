import type { CaptureFacts } from '../facts.js';
import { type DirectionFacts, type FlowFacts, type Run, reverseOf } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';
import { arrivedElsewhere, fateOfPort } from './elsewhere.js';
import { later } from './later.js';
import { narrowestPath } from './narrow.js';
import { prohibited } from './prohibited-signs.js';

/** How sure one direction of a flow is that its large packets vanish without a word. */
export interface BlackHoleSigns {
  readonly certain: boolean;
  readonly run: Run;
  readonly direction: DirectionFacts;
  readonly back: DirectionFacts;
  /** Nothing of the peer is in the capture: what speaks are the waits alone. */
  readonly alone: boolean;
  /** Full packets that a later connection gets through, where this one got no answer to small ones either; 0: no matter. */
  readonly instead: number;
}

/** Timeouts of one segment before it counts: one may be chance, and captures end early. */
export const CERTAIN_TIMEOUTS = 3;
export const SUSPECT_TIMEOUTS = 2;
/** Times of loss beside the run that a single hole brings: the probe of the tail (RFC 8985 7), a burst that was cut. */
const OTHER_LOSSES = 2;
/** IP and TCP with all their usual options. */
const LONGEST_HEADERS = 100;
/** No link that one meets takes less: the minimum of IPv6 (RFC 8200 5). */
const NARROWEST_LINK = 1280;
/** Connections to one port that all lose what others of the same hosts deliver: no chance. */
const ALL_OF = 3;

/**
 * The first unacknowledged segment is large, was sent again after each timeout, and nothing of its size arrives in this
 * direction, while something smaller does; no usable PTB asked for less than its size. What says that it is no
 * matter of size is looked up first: small data that is not answered either, larger packets that other connections deliver.
 */
export function blackHoleSigns(flow: FlowFacts, side: 0 | 1, capture: CaptureFacts): BlackHoleSigns | undefined {
  const direction = flow.directions[side];
  const back = reverseOf(flow, side);
  const { run } = direction;
  if (!run || run.count < SUSPECT_TIMEOUTS || run.ip <= Math.min(narrowestPath(flow.family), SMALL_PACKET))
    return undefined;
  const small = run.ip <= SMALL_PACKET;
  // Few paths are that narrow: the peer must be seen to get what is smaller, and nothing of that size.
  const gets = run.life > 0 && (direction.echoed || (back.sack?.blocks ?? 0) > 0);
  if (small && (run.count < CERTAIN_TIMEOUTS || !gets)) return undefined;
  if (direction.oddPtb || (direction.ptb && run.ip > direction.ptb.mtu)) return undefined;
  // Two timeouts, or a packet that every link carries, are weak: what arrived at any time speaks against them.
  const weak = run.count < CERTAIN_TIMEOUTS || run.ip < NARROWEST_LINK;
  // Refused in so many words: that is no silence.
  if (prohibited(capture, direction, run.ip)) return undefined;
  const elsewhere = arrivedElsewhere(capture, flow, direction, weak ? 0 : run.start);
  // No clamp helps a packet that is smaller than others which arrive.
  if (elsewhere > run.ip || (small && elsewhere === run.ip)) return undefined;
  if (back.packets === 0) {
    if (run.count < CERTAIN_TIMEOUTS || elsewhere >= run.ip) return undefined;
    // It had lost others before, and got over that: a lossy path.
    if (direction.lossEpisodes > run.count + OTHER_LOSSES) return undefined;
    return { certain: false, run, direction, back, alone: true, instead: 0 };
  }
  const narrowed = run.ip <= direction.deliveredIp;
  if (narrowed && (small || !onlyPieces(run, back))) return undefined;
  if (!direction.acknowledged || back.zeroWindow) return undefined;
  // Small packets are not answered either: the peer is gone, unless it takes full packets of a smaller MSS soon after.
  const instead = isUnanswered(direction, back) ? fittingLater(capture, flow, direction, run) : 0;
  if (instead === null) return undefined;
  const heard = run.life > 0;
  // Neither handshake nor answer nor anything smaller that arrived: the peer may have been gone all the time.
  if (flow.client === null && !heard && direction.deliveredIp === 0) return undefined;
  const passes = elsewhere >= run.ip;
  if (passes && run.count < CERTAIN_TIMEOUTS && !allOfPort(capture, direction, run.ip)) return undefined;
  // Small new data that goes unanswered as well: rather a dead peer than a question of size.
  const smallLostToo = run.small > 0 && !heard && !back.sack?.blocks;
  const certain =
    run.count >= CERTAIN_TIMEOUTS &&
    (direction.outstanding > run.ip || heard) &&
    (flow.client !== null || heard) &&
    !smallLostToo &&
    !narrowed &&
    !passes &&
    !small &&
    instead === 0;
  return { certain, run, direction, back, alone: false, instead };
}

/** Size of the full packets that a later connection gets through, smaller than what vanished; null: none such. */
function fittingLater(capture: CaptureFacts, flow: FlowFacts, direction: DirectionFacts, run: Run): number | null {
  const found = later(capture, flow, direction, run.start);
  return found?.full && found.arrived < run.ip && found.arrived > SMALL_PACKET ? found.arrived : null;
}

/**
 * A receiver acknowledges what comes behind a hole at once (RFC 5681 4.2), by blocks where they are agreed upon (RFC 2018): small
 * data without such an answer is lost too.
 */
export function isUnanswered(direction: DirectionFacts, back: DirectionFacts): boolean {
  if (!direction.smallBehind || back.sack?.blocks) return false;
  return (direction.sackPermitted && back.sackPermitted) || !direction.echoed;
}

function allOfPort(capture: CaptureFacts, direction: DirectionFacts, size: number): boolean {
  const { sent, arrived } = fateOfPort(capture, direction, size);
  return sent >= ALL_OF && arrived === 0;
}

/** The path has become narrower: of what follows the lost segment only pieces shorter than it arrive. */
const onlyPieces = (run: Run, back: DirectionFacts): boolean =>
  run.count >= CERTAIN_TIMEOUTS &&
  back.sack !== null &&
  back.sack.blocks > 0 &&
  (back.sack.pieces || back.sack.longest < run.ip - LONGEST_HEADERS) &&
  back.sack.hole >= run.ip - LONGEST_HEADERS;
