import { distanceGuess, reachedWithin } from '../distance.js';
import { type Probe, type ProbeReply, type Quote, SILENCE } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ask, type Plan, probe, range, repeat } from './plan.js';

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

const LONGEST_PATH = 30;
/** Hops asked at once where the target stands further off than the TTL left in its answers said. */
const BLOCK = 4;

/**
 * Looks into the quotes of TTL-limited probes of `size` octets, which is known to arrive: a router that clears DF lets
 * everything arrive, in fragments. The last router's quote shows what happened anywhere before it.
 * @returns 'kept', 'unseen' where no router near the target quoted us, or what was found.
 */
export function* dfCleared(ledger: Ledger, size: number): Plan<Cleared | 'kept' | 'unseen'> {
  let seen: Seen[] = [];
  const guess = distanceGuess(ledger) ?? 8;
  // The last router, and the target right behind it: only then is it the last.
  const first = [guess - 1, ...(reachedWithin(ledger) === guess ? [] : [guess])].filter((ttl) => ttl > 0);
  seen.push(...(yield* quotesAt(ledger, first, size, 1)));
  for (let ttl = guess + 1; reachedWithin(ledger) === null && ttl < LONGEST_PATH && ledger.left > 0; ttl += BLOCK)
    seen.push(...(yield* quotesAt(ledger, range(ttl, ttl + BLOCK - 1), size, ledger.tries)));
  const reached = reachedWithin(ledger) ?? guess;
  if (reached <= 1) return 'kept';
  if (!seen.some(({ probe: { ttl } }) => ttl === reached - 1)) {
    const nearer = range(Math.max(1, reached - 5), reached - 1);
    seen.push(...(yield* quotesAt(ledger, nearer, size, 2)));
  }
  seen = seen.filter(({ probe: { ttl } }) => ttl < reached).sort((a, b) => a.probe.ttl - b.probe.ttl);
  const last = seen.at(-1);
  if (!last) return 'unseen';
  if (isIntact(last, size)) return 'kept';
  const end = last.probe.ttl;
  const all = [...(yield* quotesAt(ledger, range(1, end), size, ledger.tries)), ...seen];
  all.sort((a, b) => a.probe.ttl - b.probe.ttl);
  const cleared = all.find((one) => !isIntact(one, size)) as Seen;
  const cut = all.find(({ quote }) => quote.moreFragments || quote.length < size);
  return {
    hop: cleared.probe.ttl,
    address: cleared.reply.from,
    cutBefore: cut ? { hop: cut.probe.ttl, address: cut.reply.from, octets: cut.quote.length } : null,
    whole: cut ? yield* largestWhole(ledger, end, last.quote.length) : null,
  };
}

/** Fragments end at a multiple of 8 octets of payload; the eight sizes from there on tell the link MTU exactly. */
function* largestWhole(ledger: Ledger, ttl: number, fragment: number): Plan<number | null> {
  const sizes = range(fragment, fragment + 8);
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
