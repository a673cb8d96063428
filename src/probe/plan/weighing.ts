import type { Ledger } from '../ledger.js';

/** With fewer packets left each size goes out once; neighbours that stay silent together support each other. */
const SCARCE = 80;

/** Copies of each size: two, or as many as make a false alarm rare under the loss seen. */
export const copiesOf = (ledger: Ledger): number =>
  ledger.loss.lost === 0
    ? ledger.left > SCARCE
      ? 2
      : 1
    : Math.max(2, Math.ceil(Math.log(0.05) / Math.log(ledger.cautiousLoss)));

/** The smallest size that was refused or met silence so often that the search goes on below it for now. */
export const suspect = (ledger: Ledger, ceiling: number, copies: number): number =>
  Math.min(
    ledger.high,
    ledger.silentSizes()[Math.max(2, copies) - 1] ?? ceiling + 1,
    // What our own kernel keeps to after a PTB is asked next, and nothing above it can be.
    (ledger.remembered ?? ceiling) + 1,
    ceiling + 1,
  );

/** Silences met at `size` and below, above what arrives. */
export const silencesAt = (ledger: Ledger, size: number): number =>
  ledger.silentSizes().filter((silent) => silent <= size).length;

/** Tries that `size` still needs before its silence is evidence. */
export const missing = (ledger: Ledger, size: number): number =>
  Math.max(1, Math.min(12, ledger.need - silencesAt(ledger, size)));
