import { type Probe, type ProbeReply, type Quote, SILENCE } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ask, type Plan } from './plan.js';
import { probe, repeat } from './ptb.js';

/** A quote that shows our packet without DF, or only its first fragment. */
export interface Cleared {
  /** First hop whose quote shows it. */
  readonly hop: number;
  readonly address: string;
  /** First hop that got a fragment; null where none was seen (then it is cut on the last link, if at all). */
  readonly cutBefore: { readonly hop: number; readonly address: string; readonly octets: number } | null;
  /** Largest size that reaches the last router in one piece, octets; null where that was not to be seen. */
  readonly whole: number | null;
}

interface Seen {
  readonly probe: Probe;
  readonly reply: Extract<ProbeReply, { kind: 'hop' }>;
  readonly quote: Quote;
}

/**
 * Looks into the quotes of TTL-limited probes of `size` octets: a router that clears DF lets everything arrive, in
 * fragments. The last router's quote shows what happened anywhere before it.
 * @returns 'kept', 'unseen' where no router quoted us, or what was found.
 */
export function* dfCleared(ledger: Ledger, size: number): Plan<Cleared | 'kept' | 'unseen'> {
  const distance = ledger.distance ?? 8;
  if (distance <= 1) return 'kept';
  let last = (yield* quotesAt(ledger, [distance - 1], size, 1)).at(-1);
  if (!last) {
    const nearer = Array.from({ length: Math.min(5, distance - 1) }, (_, i) => distance - 1 - i).reverse();
    last = (yield* quotesAt(ledger, nearer, size, 2)).at(-1);
  }
  if (!last) return 'unseen';
  if (isIntact(last, size)) return 'kept';
  const end = last.probe.ttl;
  const all = yield* quotesAt(
    ledger,
    Array.from({ length: end }, (_, i) => i + 1),
    size,
    ledger.tries,
  );
  const seen = [...all, last].sort((a, b) => a.probe.ttl - b.probe.ttl);
  const first = seen.find((one) => !isIntact(one, size)) as Seen;
  const cut = seen.find(({ quote }) => quote.moreFragments || quote.length < size);
  return {
    hop: first.probe.ttl,
    address: first.reply.from,
    cutBefore: cut ? { hop: cut.probe.ttl, address: cut.reply.from, octets: cut.quote.length } : null,
    whole: cut ? yield* largestWhole(ledger, end, last.quote.length) : null,
  };
}

/** Fragments end at a multiple of 8 octets of payload; the eight sizes from there on tell the link MTU exactly. */
function* largestWhole(ledger: Ledger, ttl: number, fragment: number): Plan<number | null> {
  const sizes = Array.from({ length: 9 }, (_, i) => fragment + i);
  const quotes: Seen[] = [];
  for (const size of sizes) quotes.push(...(yield* quotesOf(ledger, [probe(ledger, size, ttl)])));
  const whole = quotes.filter(({ probe: { size }, quote }) => !quote.moreFragments && quote.length === size);
  const cut = quotes.filter(({ quote }) => quote.moreFragments);
  const most = Math.max(...whole.map(({ probe: { size } }) => size));
  // Exact only where the next size was seen in pieces.
  return cut.some(({ probe: { size } }) => size === most + 1) ? most : null;
}

function* quotesAt(ledger: Ledger, ttls: readonly number[], size: number, copies: number): Plan<Seen[]> {
  const probes = repeat(
    copies,
    ttls.map((ttl) => probe(ledger, size, ttl)),
  );
  return (yield* quotesOf(ledger, probes)).sort((a, b) => a.probe.ttl - b.probe.ttl);
}

function* quotesOf(ledger: Ledger, probes: readonly Probe[]): Plan<Seen[]> {
  const replies = yield* ask(ledger, probes, 'looking whether DF is kept');
  return probes.flatMap((one, i): Seen[] => {
    const reply = replies[i] ?? SILENCE;
    return reply.kind === 'hop' && reply.quote ? [{ probe: one, reply, quote: reply.quote }] : [];
  });
}

const isIntact = ({ quote }: Seen, size: number): boolean =>
  quote.dontFragment && !quote.moreFragments && quote.length === size;
