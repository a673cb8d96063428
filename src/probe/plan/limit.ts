import { inOrder, ORDER_DOUBT, silencesOfHole } from '../certainty.js';
import { hangsAt, namedBy, told } from '../chain.js';
import type { Ledger } from '../ledger.js';
import { ceilingOf } from './ceiling.js';
import { closing } from './closing.js';
import type { Found, SearchOptions } from './found.js';
import { insist, silencesWithin } from './insist.js';
import { locate, locateByPairs } from './locate.js';
import { narrow } from './narrow.js';
import { LEISURE, Pace, pair } from './pair.js';
import { ask, type Plan, probe, repeat } from './plan.js';
import { placeRefuser } from './ptb.js';
import { settle } from './settle.js';

/** Times the last word may contradict what was found before. */
const CLOSINGS = 3;
/** Pauses before a size at which TCP would hang is asked again, milliseconds: routers ration their PTBs. */
const AGAIN = [0, 700, 1100, 1100] as const;
/** Packets left with which a search by pairs is not begun. */
const FEW = 10;
/** A path that lost no more than this before has changed, where what fitted no longer arrives. */
const STEADY = 2;

/** From the largest size to a limit that is certain, or an interval: the ceiling, the search, the last word. */
export function* limit(ledger: Ledger, found: Found, options: SearchOptions, start: number): Plan<void> {
  const small = found.control?.size ?? options.controlSize;
  if (ledger.low === 0) yield* ask(ledger, repeat(3, [probe(ledger, small)]), `control ${small}`);
  if (ledger.low === 0) return;
  const ceiling = Math.min(yield* ceilingOf(ledger, found, options, start), ledger.remembered ?? options.max);
  const pace = new Pace(ledger.waited);
  // What our own kernel remembers next may keep this size from ever being asked again.
  const stuck = ledger.remembered === null ? null : hangsAt(ledger, ceiling);
  if (stuck !== null) yield* insist(ledger, stuck, () => missingAt(ledger, stuck), 0);
  if (!ledger.exact && ledger.low < ceiling) {
    const outcome =
      ledger.protocol === 'udp' && !ledger.gentle && !ledger.told ? 'rationed' : yield* narrow(ledger, ceiling, small);
    if (outcome === 'rationed') yield* atPace(ledger, found, ceiling, small, pace);
  }
  found.hangs = yield* hanging(ledger, ceiling, small, pace);
  if (found.followed?.ptb && !found.followed.place && (refusedAbove(ledger) || namedBy(ledger)))
    found.followed = yield* placeRefuser(ledger, found.followed);
  if (found.hangs !== null && refusedAbove(ledger)) {
    yield* locate(ledger, found.hangs.at, Math.min(small, ledger.low));
    return;
  }
  // What vanishes just above what arrives is a hole of its own.
  found.hangs = null;
  if (ledger.low >= ceiling || refusedAbove(ledger) || namedBy(ledger)) return;
  yield* lastWord(ledger, found, options, ceiling, small, pace);
}

function* atPace(ledger: Ledger, found: Found, ceiling: number, small: number, pace: Pace): Plan<void> {
  const steady = ledger.loss.lost <= STEADY;
  ledger.discountSilence();
  ledger.paced = true;
  yield* settle(ledger, ceiling, small, pace);
  if (ledger.protocol !== 'udp' || pace.slowed) found.rationed = { pauseMs: pace.pauseMs };
  if (!pace.moved || !steady) return;
  const arrivals = ledger.arrivals().filter(({ probe: { size } }) => size > small).length;
  found.moved = inOrder(arrivals, pace.smallOnly) <= ORDER_DOUBT ? 'surely' : 'perhaps';
}

function* lastWord(
  ledger: Ledger,
  found: Found,
  options: SearchOptions,
  ceiling: number,
  small: number,
  pace: Pace,
): Plan<void> {
  for (let n = 0; n < CLOSINGS && ledger.low < ceiling && found.moved === null && ledger.left > 3; n++) {
    const closed = yield* closing(
      ledger,
      ceiling,
      small,
      options.protocols,
      ledger.paced ? Math.max(LEISURE, 3 * pace.pauseMs) : 0,
    );
    found.crossed = closed.crossed;
    found.firm = closed.firm;
    const big = Math.min(ledger.high, ceiling);
    if (ledger.low < big) yield* insist(ledger, big, () => ledger.lacking, ledger.paced ? pace.pauseMs : 0);
    found.firm &&= ledger.low < big;
    // Passing packets of another protocol end the search for a place.
    if (closed.crossed.some(({ passes }) => passes !== null && passes > ledger.low)) break;
    // A policer spares what is small: once more when its bucket is full again, unless the user is in a hurry.
    if (found.firm && !ledger.paced && !ledger.gentle && options.explicit === null && ledger.left > 1)
      found.firm = (yield* pair(ledger, Math.min(ledger.high, ceiling), small, pace, LEISURE)) !== 'arrived';
    if (found.firm) break;
    if (ledger.left < FEW) break;
    if (!ledger.paced || !ledger.exact) yield* atPace(ledger, found, ceiling, small, pace);
    if (refusedAbove(ledger)) return;
  }
  if (ledger.paced && ledger.low < ceiling && found.moved === null) yield* locateByPairs(ledger, pace);
}

/** Where a sender that follows each PTB hangs: asked again at leisure before it is believed. */
function* hanging(ledger: Ledger, ceiling: number, small: number, pace: Pace): Plan<Found['hangs']> {
  if (told(ledger).length === 0 || ledger.low === 0) return null;
  let vanished = 0;
  let last: number | null = null;
  for (const pauseMs of AGAIN) {
    const at = hangsAt(ledger, ceiling);
    if (at === null || ledger.left < 2) break;
    if (at !== last) vanished = 0;
    last = at;
    // Our own kernel remembers a PTB and sends no such size any more.
    if (ledger.remembered !== null && at > ledger.remembered) break;
    const outcome = yield* pair(ledger, at, small, pace, pauseMs);
    if (outcome === 'vanished') vanished++;
  }
  const at = hangsAt(ledger, ceiling);
  if (at === null) return null;
  const missing = (): number => missingAt(ledger, at);
  if (vanished > 0 && hangsAt(ledger, ceiling) === at) yield* insist(ledger, at, missing, LEISURE);
  return hangsAt(ledger, ceiling) === at ? { at, firm: missing() <= 0 } : yield* hanging(ledger, ceiling, small, pace);
}

/**
 * Silences that a hole at `at` still wants: sizes that reached nobody who speaks, down to what the next router refuses.
 */
function missingAt(ledger: Ledger, at: number): number {
  const next = Math.max(ledger.low, ...told(ledger).flatMap(({ about }) => (about < at ? [about] : [])));
  return silencesOfHole(0) - silencesWithin(ledger, next, at);
}

/** A router or we ourselves refused the size just above: no need to look for a place where packets vanish. */
export const refusedAbove = (ledger: Ledger): boolean =>
  ledger.current.some(
    ({ probe: { size }, reply }) =>
      (reply.kind === 'too-big' || reply.kind === 'too-big-here') && size === ledger.low + 1,
  );
