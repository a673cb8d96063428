import type { Probe } from '../engine.js';
import { type Entry, isNoAnswer } from '../entry.js';
import type { Ledger } from '../ledger.js';
import { firstSizes, isUsual, spread } from '../sizes.js';
import { ask, type Plan, probe, repeat } from './plan.js';
import { sequential } from './sequential.js';
import { copiesOf, missing, silencesAt, suspect } from './weighing.js';

/** Sizes in one burst after the first; with two copies and controls about twenty-five packets. */
const BURST = 9;
/** Far more than needed: without loss three suffice, and the budget of packets ends a hopeless search first. */
const MOST_ROUNDS = 40;
const CONTROL_EVERY = 6;
/** Packets in one burst; under loss the rest of the copies goes out in the next one. */
const LARGEST_BURST = 64;
/** Room in which the very next size is tried in each burst, octets. */
const NEAR = 64;
/** Left for locating, cross-checks and the last word on the limit; of a small budget no more than a quarter. */
const RESERVE = 24;

/**
 * Closes in on the limit where sizes vanish, by bursts of sizes, largest first, with control probes between them.
 * Ends when the ledger is certain, when `ceiling` arrives, or when the budget is spent.
 * @returns 'rationed' where a burst is answered so badly that silence in it says nothing.
 */
export function* narrow(ledger: Ledger, ceiling: number, controlSize: number): Plan<'done' | 'rationed'> {
  let strikes = 0;
  const reserve = Math.min(RESERVE, Math.floor(ledger.left / 4));
  for (let round = 0; round < MOST_ROUNDS && ledger.left > reserve; round++) {
    const { low } = ledger;
    if (ledger.exact || low >= Math.min(ceiling, ledger.remembered ?? ceiling)) return 'done';
    if (ledger.gentle) {
      yield* sequential(ledger, ceiling, controlSize);
      return 'done';
    }
    const from = ledger.entries.length;
    const batch = burst(ledger, ceiling, controlSize, round, reserve);
    yield* ask(
      ledger,
      batch,
      `between ${low} and ${Math.min(suspect(ledger, ceiling, copiesOf(ledger)), ceiling + 1)}`,
    );
    // Once may be bad luck.
    const share = rationed(ledger, ledger.entries.slice(from));
    strikes += share === null ? 0 : share > NEARLY_ALL ? 2 : 1;
    if (strikes >= 2) return 'rationed';
  }
  return 'done';
}

function burst(ledger: Ledger, ceiling: number, controlSize: number, round: number, reserve: number): Probe[] {
  const { low } = ledger;
  // The first burst only says where to look.
  const copies = ledger.connections || (round === 0 && ledger.loss.lost === 0) ? 1 : copiesOf(ledger);
  const limit = suspect(ledger, ceiling, copies);
  const sizes = choose(low, limit, ceiling, round, ledger.remembered);
  // The size just above what arrived decides in the end; it gets its full number of tries at once.
  const edge = answersAll(ledger) ? 0 : Math.max(0, ledger.need - silencesAt(ledger, low + 1) - copies);
  const extra = round > 0 && sizes.includes(low + 1) ? repeat(edge, [low + 1]) : [];
  const order =
    sizes.length === 0
      ? repeat(answersAll(ledger) ? 1 : missing(ledger, low + 1), [low + 1])
      : [...repeat(copies, sizes), ...extra].slice(0, Math.min(LARGEST_BURST, ledger.left - reserve));
  const plain = order.map((size) => probe(ledger, size));
  return answersAll(ledger) || ledger.connections ? plain : withControls(plain, probe(ledger, controlSize));
}

/** Everything is answered, by arrival or by a PTB: no need for copies and controls. */
const answersAll = (ledger: Ledger): boolean =>
  ledger.loss.lost === 0 && ledger.high < Number.POSITIVE_INFINITY && ledger.silentSizes().length === 0;

/** Largest first: what vanishes takes no answer from a target that rations them. */
function choose(low: number, limit: number, ceiling: number, round: number, named: number | null): readonly number[] {
  if (round === 0) return [...(limit > ceiling ? [ceiling] : []), ...firstSizes(low, limit, BURST).reverse()];
  // A PTB named the size just below the limit.
  if (limit > low + 1 && limit < ceiling && limit - 1 === named) return [limit - 1];
  const inner = limit <= 1280 && limit - low > 200 ? firstSizes(low, limit, BURST) : spread(low, limit, BURST);
  // The size just above is worth its tries where the limit is likely to be there.
  const edge = inner[0] !== low + 1 && inner.length > 0 && (isUsual(low) || limit - low <= NEAR);
  return (edge ? [low + 1, ...inner] : inner).slice().reverse();
}

/** A control probe before, between and behind, so that the loss of this very burst is known. */
function withControls(probes: readonly Probe[], small: Probe): Probe[] {
  const mixed = probes.flatMap((item, i) => (i % CONTROL_EVERY === 0 ? [{ ...small }, item] : [item]));
  return [...mixed, { ...small }];
}

/** Answers missing from a burst before anything is concluded from the others. */
const FEW = 4;
/** Above this share lost, loss is no longer taken for chance. */
const HALF = 0.55;
/** And of this share it is no chance at all. */
const NEARLY_ALL = 0.8;
/**
 * Share of (answered, lost) pairs of one burst in which the answered came first, from which on it looks like a bucket.
 */
const IN_ORDER = 0.9;

/**
 * Whether a burst says more of the pace than of sizes: more than half of what fits is lost, or it is the first few that
 * are answered and the rest is not, as a bucket of tokens does.
 * @returns the share that is lost, or null where the burst is to be believed.
 */
export function rationed(ledger: Ledger, burst: readonly Entry[]): number | null {
  const { low } = ledger;
  const fitting = burst.filter(({ probe }) => probe.size <= low && probe.protocol === ledger.protocol);
  const lost = fitting.filter(({ reply }) => isNoAnswer(reply)).length;
  if (lost < FEW) return null;
  const share = lost / fitting.length;
  if (share > HALF) return share;
  let inOrder = 0;
  let pairs = 0;
  fitting.forEach((early, i) => {
    for (const later of fitting.slice(i + 1)) {
      if (isNoAnswer(early.reply) === isNoAnswer(later.reply)) continue;
      pairs++;
      if (isNoAnswer(later.reply)) inOrder++;
    }
  });
  return pairs > 0 && inOrder / pairs >= IN_ORDER ? share : null;
}
