import type { Ledger } from '../ledger.js';
import { isUsual, ladder } from '../sizes.js';
import { type Outcome, type Pace, pair } from './pair.js';
import type { Plan } from './plan.js';

/** Longest that pairs may take in all, milliseconds of pauses and waits: then it is an interval. */
const MOST_SETTLING = 22_000;

/**
 * The search where answers are rationed, packets policed, or a queue is full: one pair at a time, at the pace that is
 * answered. Ends when the ledger is certain, at the ceiling, when the path is found to have changed, or out of time.
 */
export function* settle(ledger: Ledger, ceiling: number, small: number, pace: Pace): Plan<void> {
  let top = Number.POSITIVE_INFINITY;
  let tried = false;
  while (ledger.left > 1 && ledger.waited - pace.startedAt < MOST_SETTLING && !pace.moved) {
    const { low } = ledger;
    if (ledger.exact || low >= Math.min(ceiling, ledger.remembered ?? ceiling)) return;
    // What was believed too big is disproved once it arrives.
    if (top <= low) top = Number.POSITIVE_INFINITY;
    const limit = Math.min(top, ledger.high, ceiling + 1);
    const size: number = tried ? next(low, limit) : Math.min(ceiling, limit - 1);
    const outcome: Outcome = yield* pair(ledger, size <= low ? low + 1 : size, small, pace);
    tried ||= outcome !== 'unheard';
    if (outcome === 'vanished' || outcome === 'refused') top = Math.min(top, size);
  }
}

/** Just above a usual size is where the limit most often is; else the middle of the usual sizes, or of the room. */
function next(low: number, limit: number): number {
  if (limit <= low + 1) return low + 1;
  if (isUsual(low)) return low + 1;
  const known = ladder(low, limit);
  if (known.length > 0) return known[Math.floor(known.length / 2)] as number;
  return Math.floor((low + limit) / 2);
}

/**
 * Downward from the ceiling, one size after the other, to the first that is answered: what vanishes costs a target that
 * rations its answers nothing.
 */
export const glances = (low: number, ceiling: number, least: number): number[] => [
  ceiling,
  ...ladder(low, ceiling),
  ...(least > low ? [least] : []),
];
