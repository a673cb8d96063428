import { inOrder, ORDER_DOUBT } from '../certainty.js';
import { hangsAt, namedBy } from '../chain.js';
import { isNoAnswer } from '../entry.js';
import type { Ledger } from '../ledger.js';
import type { Verdict } from '../result.js';

/** Evidence in the ledger that the verdict does not go with. */
export type Contradiction =
  /** A sender that follows every PTB hangs at this size. */
  | { readonly kind: 'hole-above'; readonly size: number }
  /** This size arrived, and is more than the verdict allows. */
  | { readonly kind: 'passes'; readonly size: number }
  /** A PTB names the very size: discovery leads there. */
  | { readonly kind: 'named'; readonly size: number; readonly from: string }
  /** These sizes vanish although a larger one arrives. */
  | { readonly kind: 'window'; readonly sizes: readonly number[] }
  /** A router's quote shows a packet of a size that "arrives" without DF, or only a piece of it. */
  | { readonly kind: 'cut'; readonly size: number; readonly hop: number }
  /** The size that is said to fit met silence each of the last times it was asked. */
  | { readonly kind: 'lost-again'; readonly size: number; readonly moved: boolean };

/** A verdict as it is to be said. */
export interface Claim {
  readonly verdict: Verdict;
  readonly low: number;
  readonly high: number;
}

/** Verdicts that say that big packets get through or their senders are told. */
const reassuring: readonly Verdict[] = ['fits', 'pmtud-works', 'local-limit', 'icmp-limited'];
/** Verdicts that say that packets vanish. */
const alarming: readonly Verdict[] = ['black-hole'];
/** Times a size below one that arrives has to vanish, and never arrive, before it is no loss. */
const WINDOW = 4;
/** With more loss than this, silence to one size is no window. */
const MOST_LOSS = 0.2;
/** Last askings of the size that fits, none of them answered. */
const LOST_AGAIN = 4;

/**
 * Looks through the whole ledger for what speaks against a verdict, before it is said. Each kind is a fact about
 * entries, none a judgement. `ceiling`: the size a sender on this host starts with.
 */
export function contradictions(ledger: Ledger, { verdict, low, high }: Claim, ceiling: number): Contradiction[] {
  const found: Contradiction[] = [];
  const hang = hangsAt(ledger, ceiling);
  if (reassuring.includes(verdict) && hang !== null && hang > low) found.push({ kind: 'hole-above', size: hang });
  // Behind a router that clears DF what arrives is not what stays whole.
  const passes = ledger.current.filter(({ probe, reply }) => reply.kind === 'arrived' && probe.size > high);
  if (verdict !== 'df-cleared' && passes.length > 0)
    found.push({ kind: 'passes', size: Math.max(...passes.map(({ probe }) => probe.size)) });
  const named = namedBy(ledger, low);
  if (alarming.includes(verdict) && named && hang === null) found.push({ kind: 'named', size: low, from: named.from });
  const window = windowBelow(ledger, low);
  if (reassuring.includes(verdict) && window.length > 0) found.push({ kind: 'window', sizes: window });
  const cut = ledger.current.find(
    ({ probe, reply }) =>
      reply.kind === 'hop' &&
      reply.quote !== undefined &&
      probe.size <= low &&
      (!reply.quote.dontFragment || reply.quote.moreFragments || reply.quote.length < probe.size),
  );
  if (verdict !== 'df-cleared' && cut) found.push({ kind: 'cut', size: cut.probe.size, hop: cut.probe.ttl });
  const moved = verdict === 'unsteady' ? null : lostAgain(ledger, low);
  if (moved !== null) found.push({ kind: 'lost-again', size: low, moved });
  return found;
}

/** Sizes below `low` that were asked several times and never arrived. */
function windowBelow(ledger: Ledger, low: number): number[] {
  if (ledger.loss.rate > MOST_LOSS) return [];
  const asked = new Map<number, { silent: number; arrived: number }>();
  for (const { probe, reply, counts } of ledger.current) {
    if (probe.ttl < 64 || probe.size >= low || probe.protocol !== ledger.protocol || probe.flow !== ledger.flow)
      continue;
    const row = asked.get(probe.size) ?? { silent: 0, arrived: 0 };
    if (reply.kind === 'arrived') row.arrived++;
    else if (counts && reply.kind === 'silence') row.silent++;
    asked.set(probe.size, row);
  }
  return [...asked]
    .filter(([, { silent, arrived }]) => arrived === 0 && silent >= WINDOW)
    .map(([size]) => size)
    .sort((a, b) => a - b);
}

/** Null where it is not so; true where the order is no chance: the path has changed. */
function lostAgain(ledger: Ledger, low: number): boolean | null {
  const all = ledger.current.filter(
    ({ probe, counts, reply }) =>
      probe.size === low && probe.ttl === 64 && probe.protocol === ledger.protocol && (counts || !isNoAnswer(reply)),
  );
  const last = all.length - 1 - all.findLastIndex(({ reply }) => !isNoAnswer(reply));
  if (last < LOST_AGAIN || ledger.loss.rate >= 0.5) return null;
  return (
    inOrder(all.length - last, last) <= ORDER_DOUBT && all.slice(0, -last).every(({ reply }) => !isNoAnswer(reply))
  );
}
