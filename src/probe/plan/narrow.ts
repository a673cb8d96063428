import type { Probe } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { firstSizes, spread } from '../sizes.js';
import { ask, type Plan } from './plan.js';
import { probe, repeat } from './ptb.js';
import { sequential } from './sequential.js';

/** Sizes in one burst after the first; with two copies and controls about twenty-five packets. */
const BURST = 9;
/** Far more than needed: without loss three suffice, and the budget of packets ends a hopeless search first. */
const MOST_ROUNDS = 40;
const CONTROL_EVERY = 6;
/** With fewer packets left each size goes out once; neighbours that stay silent together support each other. */
const SCARCE = 45;

/**
 * Closes in on the limit where sizes vanish, by bursts of sizes with control probes between them.
 * Ends when the ledger is certain, when `ceiling` arrives, or when the budget is spent.
 */
export function* narrow(ledger: Ledger, ceiling: number, controlSize: number): Plan<void> {
  for (let round = 0; round < MOST_ROUNDS && ledger.left > 0; round++) {
    const { low } = ledger;
    if (ledger.exact || low >= Math.min(ceiling, ledger.remembered ?? ceiling)) return;
    if (ledger.oneByOne) return yield* sequential(ledger, ceiling, controlSize);
    const copies = copiesOf(ledger);
    const limit = suspect(ledger, ceiling, copies);
    const sizes = choose(low, limit, ceiling, round);
    // The size just above what arrived decides in the end; it gets its full number of tries at once.
    const edge = answersAll(ledger) ? 0 : Math.max(0, ledger.need - silencesAt(ledger, low + 1) - copies);
    const extra = round > 0 && sizes[0] === low + 1 ? repeat(edge, [low + 1]) : [];
    const order =
      sizes.length === 0
        ? repeat(answersAll(ledger) ? 1 : missing(ledger, low + 1), [low + 1])
        : [...repeat(copies, sizes), ...extra];
    const plain = order.map((size) => probe(ledger, size));
    const batch = answersAll(ledger)
      ? plain
      : withControls(
          order.map((size) => probe(ledger, size)),
          probe(ledger, controlSize),
        );
    yield* ask(ledger, batch, `between ${low} and ${Math.min(limit, ceiling + 1)}`);
  }
}

/** Everything is answered, by arrival or by a PTB: no need for copies and controls. */
const answersAll = (ledger: Ledger): boolean =>
  ledger.loss.lost === 0 && ledger.high < Number.POSITIVE_INFINITY && ledger.silentSizes().length === 0;

/** Copies of each size: two, or as many as make a false alarm rare under the loss seen. */
export const copiesOf = (ledger: Ledger): number =>
  ledger.loss.lost === 0
    ? ledger.left > SCARCE
      ? 2
      : 1
    : Math.max(2, Math.ceil(Math.log(0.05) / Math.log(ledger.cautiousLoss)));

/** The smallest size that was refused or met silence so often that the search goes on below it for now. */
export const suspect = (ledger: Ledger, ceiling: number, copies: number): number =>
  Math.min(ledger.high, ledger.silentSizes()[Math.max(2, copies) - 1] ?? ceiling + 1, ceiling + 1);

export const silencesAt = (ledger: Ledger, size: number): number =>
  ledger.silentSizes().filter((silent) => silent <= size).length;

export const missing = (ledger: Ledger, size: number): number =>
  Math.max(1, Math.min(12, ledger.need - silencesAt(ledger, size)));

function choose(low: number, limit: number, ceiling: number, round: number): readonly number[] {
  if (round === 0) return [...firstSizes(low, limit, BURST), ...(limit > ceiling ? [ceiling] : [])];
  const inner = limit <= 1280 && limit - low > 200 ? firstSizes(low, limit, BURST) : spread(low, limit, BURST);
  return inner[0] === low + 1 || inner.length === 0 ? inner : [low + 1, ...inner];
}

/** A control probe before, between and behind, so that the loss of this very burst is known. */
function withControls(probes: readonly Probe[], small: Probe): Probe[] {
  const mixed = probes.flatMap((item, i) => (i % CONTROL_EVERY === 0 ? [{ ...small }, item] : [item]));
  return [...mixed, { ...small }];
}
