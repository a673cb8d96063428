import type { DirectionFacts, FlowFacts, Run } from '../flow/flow-facts.js';
import { SMALL_PACKET } from '../flow/sizes.js';

/** How sure one direction of a flow is that its large packets vanish without a word. */
export interface BlackHoleSigns {
  readonly certain: boolean;
  readonly run: Run;
  readonly direction: DirectionFacts;
  readonly back: DirectionFacts;
}

/** Timeouts of one segment before it counts: one may be chance, and captures end early. */
export const CERTAIN_TIMEOUTS = 3;
const SUSPECT_TIMEOUTS = 2;
/** IP and TCP with all their usual options. */
const LONGEST_HEADERS = 100;
/** Full segments are missing, not one small packet. */
const LARGE_HOLE = 1000;

/**
 * The first unacknowledged segment is large, was sent again after each timeout, and nothing of its size ever arrived in
 * this direction, while the peer answered the handshake or something small; no usable PTB asked for less than its size.
 */
export function blackHoleSigns(flow: FlowFacts, side: 0 | 1): BlackHoleSigns | undefined {
  const direction = flow.directions[side];
  const back = flow.directions[side === 0 ? 1 : 0];
  const { run } = direction;
  if (!run || run.count < SUSPECT_TIMEOUTS) return undefined;
  if (run.ip <= SMALL_PACKET) return undefined;
  const narrowed = run.ip <= direction.deliveredIp;
  if (narrowed && !onlyPieces(run, back)) return undefined;
  if (!direction.acknowledged || back.packets === 0 || back.zeroWindow) return undefined;
  if (direction.oddPtb || (direction.ptb && run.ip > direction.ptb.mtu)) return undefined;
  // A receiver acknowledges what comes behind a hole at once (RFC 5681 4.2): small data without any answer is lost too.
  const sacks = direction.sackPermitted && back.sackPermitted;
  if (sacks && direction.smallUnanswered && !back.sack?.blocks) return undefined;
  const several = direction.outstanding > run.ip;
  const heard = run.life > 0;
  // Small new data that goes unanswered as well: rather a dead peer than a question of size.
  const smallLostToo = run.small > 0 && !heard && (back.sack === null || back.sack.blocks === 0);
  const certain =
    run.count >= CERTAIN_TIMEOUTS &&
    (several || heard) &&
    (flow.client !== null || heard) &&
    !smallLostToo &&
    !narrowed;
  return { certain, run, direction, back };
}

/** The path has become narrower: of what follows the lost segment only pieces shorter than it arrive. */
const onlyPieces = (run: Run, back: DirectionFacts): boolean =>
  run.count >= CERTAIN_TIMEOUTS &&
  back.sack !== null &&
  back.sack.blocks >= 2 &&
  back.sack.longest < run.ip - LONGEST_HEADERS &&
  back.sack.hole >= LARGE_HOLE;
