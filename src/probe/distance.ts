import { FULL_TTL } from './engine.js';
import type { Ledger } from './ledger.js';

/** Hops between us and a sender whose packet came in with this TTL; senders start at 64, 128 or 255. */
export const hopsFrom = (ttl: number): number => ([64, 128, 255].find((start) => ttl <= start) as number) - ttl + 1;

/**
 * Hops to the target, the target counted, where two answers prove it: the target's to this TTL, a router's to one less.
 * The TTL left in an answer tells of the way back and of where the target started to count.
 */
export function distance(ledger: Ledger): number | null {
  const reached = reachedWithin(ledger);
  if (reached === null) return null;
  return reached === 1 || lastRouter(ledger) === reached - 1 ? reached : null;
}

/** Smallest TTL with which a packet of ours reached the target. */
export function reachedWithin(ledger: Ledger): number | null {
  const ttls = ledger.current.flatMap(({ probe, reply }) =>
    reply.kind === 'arrived' && probe.ttl < FULL_TTL && probe.flow === ledger.flow ? [probe.ttl] : [],
  );
  return ttls.length === 0 ? null : Math.min(...ttls);
}

/** Largest TTL that expired at a router. */
export const lastRouter = (ledger: Ledger): number =>
  ledger.current.reduce((most, { probe, reply }) => (reply.kind === 'hop' ? Math.max(most, probe.ttl) : most), 0);

/** First guess of the distance, from the TTL left in an answer. */
export function distanceGuess(ledger: Ledger): number | null {
  const reached = reachedWithin(ledger);
  if (reached !== null) return reached;
  const lefts = ledger.arrivals().flatMap(({ reply }) => (reply.kind === 'arrived' && reply.ttl ? [reply.ttl] : []));
  return lefts.length === 0 ? null : hopsFrom(lefts[lefts.length - 1] as number);
}
