import { FULL_TTL } from '../engine.js';
import { isNoAnswer } from '../entry.js';
import type { Ledger } from '../ledger.js';
import { LEISURE } from './pair.js';
import { ask, type Plan, probe, repeat } from './plan.js';

/** Copies of the size in doubt in front of one that fits, at most. */
const VOLLEY = 12;
/** Volleys of which nothing is heard before it is given up. */
const UNHEARD = 12;
/** A pause after which something was heard may be shorter the next time, one after which nothing was is longer. */
const FASTER = 0.8,
  SLOWER = 1.5;
/** Longest pause between two, and in all, milliseconds. */
const LONGEST = 1100,
  MOST_INSISTING = 22_000;

/**
 * Asks a size that met nothing but silence until that proves a hole: several copies, and what fits behind them, which
 * tells that the path and the target still served them. Where it is not heard, it goes on with fewer, and slower.
 * Ends with the proof, an answer, the budget, or out of time.
 * @param missing silences still wanted, zero or less where it is proven
 */
export function* insist(ledger: Ledger, size: number, missing: () => number, pauseMs: number): Plan<void> {
  const begun = ledger.waited;
  let copies = VOLLEY;
  let tooMany = Number.POSITIVE_INFINITY;
  let pause = pauseMs;
  for (let unheard = 0; missing() > 0 && ledger.left > 1 && unheard < UNHEARD; ) {
    if (ledger.waited - begun > MOST_INSISTING) return;
    const from = ledger.entries.length;
    const count = Math.min(copies, missing(), ledger.left - 1);
    const probes = [...repeat(count, [probe(ledger, size)]), probe(ledger, ledger.low)];
    const replies = yield* ask(ledger, probes, `${size} against ${ledger.low}, ${count} times`, { pauseMs: pause });
    if (replies.slice(0, -1).some((reply) => !isNoAnswer(reply))) return;
    if (replies.at(-1)?.kind === 'arrived') {
      // What vanishes may cost the bucket nothing: then more at once do as well. Else only the pause can shrink.
      if (copies + 1 < tooMany) copies = Math.min(VOLLEY, copies + 1);
      else if (copies === 1) pause = Math.max(pauseMs, FASTER * pause);
      continue;
    }
    // A bucket that has nothing left for what fits had nothing for what stood before it.
    ledger.forgive(from, size);
    if (pause >= LONGEST) tooMany = Math.min(tooMany, count);
    copies = Math.max(1, Math.floor((count * 2) / 3));
    pause = Math.min(LONGEST, Math.max(LEISURE, SLOWER * pause));
    unheard++;
  }
}

/** Silences that count to sizes above `over` and up to `most`, whether or not our own kernel would still send them. */
export const silencesWithin = (ledger: Ledger, over: number, most: number): number =>
  ledger.current.filter(
    ({ probe, reply, counts }) =>
      counts &&
      isNoAnswer(reply) &&
      probe.protocol === ledger.protocol &&
      probe.flow === ledger.flow &&
      probe.ttl === FULL_TTL &&
      probe.size > over &&
      probe.size <= most,
  ).length;
