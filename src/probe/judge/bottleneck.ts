import { namedBy } from '../chain.js';
import { distance, distanceGuess, reachedWithin } from '../distance.js';
import type { Ledger } from '../ledger.js';
import type { Found } from '../plan/found.js';
import { type HopSeen, hopsSeen } from '../plan/locate.js';
import type { HopPlace, ProbeResult, Verdict } from '../result.js';

const HERE: HopPlace = { hop: 0, address: null };

/** Between which two hops the narrow link lies; null where the path has none or it was not found. */
export function bottleneckOf(
  ledger: Ledger,
  found: Found,
  verdict: Verdict,
  target: string,
): ProbeResult['bottleneck'] {
  const hops = hopsSeen(ledger);
  const after = (hop: number): HopPlace => hops[hop - 1] ?? { hop, address: null };
  const next = (hop: number): HopPlace => (distance(ledger) === hop ? { hop, address: target } : pick(after(hop)));
  if (verdict === 'local-limit') return { after: HERE, before: next(1) };
  if (verdict === 'df-cleared' && typeof found.cleared === 'object' && found.cleared?.cutBefore) {
    const { hop, address } = found.cleared.cutBefore;
    return { after: hop === 1 ? HERE : pick(after(hop - 1)), before: { hop, address } };
  }
  // The hole, not the router behind it that would speak.
  if (verdict === 'black-hole' && found.hangs) return whereItVanishes(hops, ledger, target, found.hangs.at);
  const { followed } = found;
  const refuser = refuserOf(ledger);
  if (refuser !== null) {
    const place =
      followed?.place?.address === refuser ? followed.place : (hops.find(({ address }) => address === refuser) ?? null);
    if (place) return { after: pick(place), before: next(place.hop + 1) };
    return { after: { hop: null, address: refuser }, before: { hop: null, address: null } };
  }
  if (verdict !== 'black-hole' || ledger.low === 0) return null;
  return whereItVanishes(hops, ledger, target, ledger.low + 1);
}

/** Who refuses the size just above the path MTU. */
function refuserOf(ledger: Ledger): string | null {
  const { low } = ledger;
  const said = ledger.current.find(({ probe, reply }) => reply.kind === 'too-big' && probe.size === low + 1);
  return said?.reply.kind === 'too-big' ? said.reply.from : (namedBy(ledger)?.from ?? null);
}

/** `limit`: the smallest size that vanishes. */
function whereItVanishes(
  hops: readonly HopSeen[],
  ledger: Ledger,
  target: string,
  limit: number,
): ProbeResult['bottleneck'] {
  const limited = ledger.current.some(({ probe }) => probe.ttl < 64);
  const reached = reachedWithin(ledger);
  // A neighbour on the same link has no router before it.
  if (!limited && distanceGuess(ledger) !== 1) return null;
  const big = hops.filter(({ arrives }) => arrives !== null && arrives >= limit).at(-1);
  const start = big?.hop ?? 0;
  const small = hops.find(({ hop, address, vanishes }) => hop > start && address !== null && vanishes !== null);
  return {
    after: big ? pick(big) : HERE,
    before: small ? pick(small) : { hop: reached ?? (limited ? null : 1), address: target },
  };
}

const pick = ({ hop, address }: HopPlace): HopPlace => ({ hop, address });
