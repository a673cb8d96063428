import { hangsAt, namedBy, told } from '../chain.js';
import { FULL_TTL } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ceilingOf } from './ceiling.js';
import { closing } from './closing.js';
import type { Found, SearchOptions } from './found.js';
import { locate, locateByPairs } from './locate.js';
import { narrow } from './narrow.js';
import { Pace, pair } from './pair.js';
import { ask, type Plan, probe, repeat } from './plan.js';
import { placeRefuser } from './ptb.js';
import { settle } from './settle.js';

/** Times the last word may contradict what was found before. */
const CLOSINGS = 3;
/** Pauses before a size at which TCP would hang is asked again, milliseconds: routers ration their PTBs. */
const AGAIN = [0, 700, 1100, 1100] as const;
/** Packets left with which a search by pairs is not begun. */
const FEW = 10;
/** A pause after which the buckets of usual policers have tokens again, milliseconds. */
const LEISURE = 600;
/** Silences at that size which are enough where the kernel lets it not be asked again, on a path without loss. */
const SILENCES = 4;
/** A path that lost no more than this before has changed, where what fitted no longer arrives. */
const STEADY = 2;

/** From the largest size to a limit that is certain, or an interval: the ceiling, the search, the last word. */
export function* limit(ledger: Ledger, found: Found, options: SearchOptions, start: number): Plan<void> {
  const small = found.control?.size ?? options.controlSize;
  if (ledger.low === 0) yield* ask(ledger, repeat(3, [probe(ledger, small)]), `control ${small}`);
  if (ledger.low === 0) return;
  const ceiling = Math.min(yield* ceilingOf(ledger, found, options, start), ledger.remembered ?? options.max);
  const pace = new Pace(ledger.waited);
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
  found.moved = pace.moved && steady;
}

function* lastWord(
  ledger: Ledger,
  found: Found,
  options: SearchOptions,
  ceiling: number,
  small: number,
  pace: Pace,
): Plan<void> {
  for (let n = 0; n < CLOSINGS && ledger.low < ceiling && !found.moved && ledger.left > 3; n++) {
    const closed = yield* closing(
      ledger,
      ceiling,
      small,
      options.protocols,
      ledger.paced ? Math.max(LEISURE, 3 * pace.pauseMs) : 0,
    );
    found.crossed = closed.crossed;
    found.firm = closed.firm;
    // Passing packets of another protocol end the search for a place.
    if (closed.crossed.some(({ passes }) => passes !== null)) break;
    // A policer spares what is small: once more when its bucket is full again, unless the user is in a hurry.
    if (closed.firm && !ledger.paced && !ledger.gentle && options.explicit === null && ledger.left > 1)
      found.firm = (yield* pair(ledger, Math.min(ledger.high, ceiling), small, pace, LEISURE)) !== 'arrived';
    if (found.firm) break;
    if (ledger.left < FEW) break;
    if (!ledger.paced || !ledger.exact) yield* atPace(ledger, found, ceiling, small, pace);
    if (refusedAbove(ledger)) return;
  }
  if (ledger.paced && ledger.low < ceiling && !found.moved) yield* locateByPairs(ledger, pace);
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
  // Sizes that reached nobody who speaks: from there down to what the next router refuses.
  const next = at === null ? 0 : Math.max(0, ...told(ledger).flatMap(({ about }) => (about < at ? [about] : [])));
  const silences = ledger.current.filter(
    ({ probe: { size, ttl }, reply }) =>
      reply.kind === 'silence' && ttl === FULL_TTL && at !== null && size <= at && size > Math.max(next, ledger.low),
  ).length;
  return at === null ? null : { at, firm: vanished >= 2 || (ledger.loss.lost === 0 && silences >= SILENCES) };
}

/** A router or we ourselves refused the size just above: no need to look for a place where packets vanish. */
const refusedAbove = (ledger: Ledger): boolean =>
  ledger.current.some(
    ({ probe: { size }, reply }) =>
      (reply.kind === 'too-big' || reply.kind === 'too-big-here') && size === ledger.low + 1,
  );
