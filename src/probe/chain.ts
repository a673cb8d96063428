import type { Ledger } from './ledger.js';

/** One PTB as it was booked: about a packet of `about` octets, naming `claim`; null where it named nothing. */
export interface Told {
  readonly about: number;
  readonly claim: number | null;
  readonly from: string;
}

/** Every PTB heard, of whatever probe. */
export const told = (ledger: Ledger): Told[] =>
  ledger.current.flatMap(({ probe, reply }) =>
    reply.kind === 'too-big' ? [{ about: probe.size, claim: reply.nextHopMtu, from: reply.from }] : [],
  );

/**
 * Where a sender hangs that starts with packets of `ceiling` octets and follows each PTB, as TCP does: the size that
 * neither arrives nor is refused by a PTB that leads further down. Null where it gets down to a size that arrives.
 */
export function hangsAt(ledger: Ledger, ceiling: number): number | null {
  const all = told(ledger);
  let size = ceiling;
  while (size > ledger.low) {
    const covers = all.filter(({ about, claim }) => about >= size && (claim === null || claim < size));
    // The one about the smallest packet stands for the router that refuses this size.
    const next = covers.sort((a, b) => a.about - b.about)[0];
    if (next === undefined) return size;
    // Without a number the sender has to guess (RFC 1191 section 5), but it is told.
    if (next.claim === null) return null;
    size = next.claim;
  }
  return null;
}

/** The router that names exactly `low` for a larger packet: PMTUD leads there, whatever silence stands above. */
export const namedBy = (ledger: Ledger, low = ledger.low): Told | undefined =>
  told(ledger).find(({ about, claim }) => claim === low && about > low);
