import type { Ledger } from '../ledger.js';
import { ask, type Plan, probe } from './plan.js';

/**
 * What became of a size that was sent with one that is known to fit right behind it. A bucket that had room for the
 * second had room for the first: `vanished` is then about the size, not about the pace.
 */
export type Outcome = 'arrived' | 'refused' | 'vanished' | 'unheard';

/** Pauses between pairs, milliseconds; Linux answers closed ports, and a usual firewall echoes, once a second. */
const paces = [60, 150, 300, 600, 1100, 2200] as const;
/** A pause after which the buckets of usual policers have tokens again, milliseconds. */
export const LEISURE = 600;
/** Pairs in a row of which nothing is heard before the next slower pace: at first, and once some were heard. */
const PATIENCE = { first: 2, later: 3 } as const;
/** Pairs in a row in which a small packet is answered and the one known to fit is not: the path has changed. */
const MOVED = 5;

/** How fast a path and its target let themselves be asked, as far as is known. */
export class Pace {
  #step = 0;
  #unheard = 0;
  #smallOnly = 0;
  /** Pairs that were heard, and the time they took: the rate at which answers come. */
  heard = 0;
  slowed = false;
  readonly startedAt: number;

  constructor(startedAt: number, step = 0) {
    this.#step = step;
    this.startedAt = startedAt;
  }

  get pauseMs(): number {
    return paces[this.#step] as number;
  }

  get doubtful(): boolean {
    return this.#unheard > 0;
  }

  /** Pairs in a row in which only the small packet was answered. */
  get smallOnly(): number {
    return this.#smallOnly;
  }

  get moved(): boolean {
    return this.#smallOnly >= MOVED;
  }

  book(outcome: Outcome, smallHeard: boolean): void {
    if (outcome !== 'unheard') {
      this.heard++;
      this.#unheard = 0;
      this.#smallOnly = 0;
      return;
    }
    this.#smallOnly = smallHeard ? this.#smallOnly + 1 : 0;
    if (++this.#unheard % (this.heard === 0 ? PATIENCE.first : PATIENCE.later) === 0 && this.#step < paces.length - 1) {
      this.#step++;
      this.slowed = true;
    }
  }
}

/** Asks `size` alone in flight, with `ledger.low` behind it; after a failure a small packet is the third. */
export function* pair(ledger: Ledger, size: number, small: number, pace: Pace, pauseMs = pace.pauseMs): Plan<Outcome> {
  const fits = ledger.low;
  const from = ledger.entries.length;
  const probes = [size, fits, ...(pace.doubtful && small < fits ? [small] : [])].map((octets) => probe(ledger, octets));
  const replies = yield* ask(ledger, probes, `${size} against ${fits}`, { pauseMs });
  const [first, second, third] = replies;
  const heard = second?.kind === 'arrived';
  const outcome: Outcome =
    ledger.low >= size
      ? 'arrived'
      : first?.kind === 'too-big' || first?.kind === 'too-big-here'
        ? 'refused'
        : heard
          ? 'vanished'
          : 'unheard';
  const before = pace.pauseMs;
  pace.book(outcome, third?.kind === 'arrived');
  // Lost behind one that was not heard: no evidence. At a slower pace the loss so far says nothing either.
  if (outcome === 'unheard') ledger.forgive(from, size);
  if (outcome === 'unheard' && third) ledger.forgive(from, small);
  // The larger one took what a bucket had.
  if (outcome === 'arrived') ledger.forgive(from, fits);
  if (pace.pauseMs !== before) ledger.discountLoss();
  return outcome;
}
