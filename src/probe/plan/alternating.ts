import type { Tally } from '../certainty.js';
import { FULL_TTL } from '../engine.js';
import { isNoAnswer } from '../entry.js';
import type { Ledger } from '../ledger.js';
import { ask, type Plan, probe, repeat } from './plan.js';

/** The largest size that fits and a small one, by turns: what became of either. */
export interface BySize {
  readonly size: number;
  readonly small: number;
  readonly large: Tally;
  readonly others: Tally;
}

/** Of each; half of twelve lost, and none of the small ones, is no chance any more. */
const EACH = 12;
/** With fewer of each nothing can be told. */
const LEAST = 6;

/**
 * Where some of the large packets were lost, or not refused as others of their size were, whether it is the large ones
 * that are: by turns, in one flight, so that a ration or a passing storm meets both alike. Null where none was lost, or
 * the budget does not suffice.
 */
export function* bySize(ledger: Ledger, small: number): Plan<BySize | null> {
  const size = ledger.low;
  const lost = ledger.current.some(
    ({ probe, reply }) =>
      probe.protocol === ledger.protocol && probe.ttl === FULL_TTL && probe.size > small && isNoAnswer(reply),
  );
  const each = Math.min(EACH, Math.floor(ledger.left / 2));
  if (!lost || size <= small || each < LEAST) return null;
  const from = ledger.entries.length;
  const replies = yield* ask(ledger, repeat(each, [probe(ledger, size), probe(ledger, small)]), `${size} and ${small}`);
  // What is lost here is told here: it neither changes the rate of the search nor says that the path has changed.
  for (const one of [size, small]) ledger.forgive(from, one);
  const tally = (which: 0 | 1): Tally => {
    const mine = replies.filter((_, i) => i % 2 === which);
    return { sent: mine.length, lost: mine.filter(isNoAnswer).length };
  };
  return { size, small, large: tally(0), others: tally(1) };
}
