import { distanceGuess, hopsFrom } from '../distance.js';
import { FULL_TTL, type Probe, type ProbeReply, UNNAMED } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { leastMtu } from '../sizes.js';
import { ask, type Plan, probe, repeat } from './plan.js';

export type Ptb = Extract<ProbeReply, { kind: 'too-big' }>;

/** What was wrong with a PTB, in the words of a finding. */
export interface PtbFault {
  readonly code: 'ptb-without-mtu' | 'lying-ptb' | 'ptb-below-minimum';
  readonly from: string;
  readonly said: number | null;
  /** The size it was said about, octets. */
  readonly size: number;
  readonly says: string;
}

/** Why the number in a PTB about a packet of `size` octets cannot be right; undefined where it can. */
function faultOf(family: 4 | 6, size: number, { from, nextHopMtu }: Ptb, low: number): PtbFault | undefined {
  const fault = (code: PtbFault['code'], says: string): PtbFault => ({ code, from, said: nextHopMtu, size, says });
  if (nextHopMtu === null)
    return fault('ptb-without-mtu', `${from} sends PTBs without a next-hop MTU (before RFC 1191)`);
  if (nextHopMtu < leastMtu(family)) {
    return fault(
      'ptb-below-minimum',
      `${from} says next-hop MTU ${nextHopMtu}, below the minimum of ${leastMtu(family)}`,
    );
  }
  if (nextHopMtu >= size) {
    return fault('lying-ptb', `${from} refuses ${size} octets and says that ${nextHopMtu} would fit`);
  }
  if (nextHopMtu < low) return fault('lying-ptb', `${from} says next-hop MTU ${nextHopMtu}, yet ${low} octets arrive`);
  return undefined;
}

/** Hop at which the sender of a PTB probably stands, from the TTL it quotes, else from the TTL of its answer. */
function hopOf(ptb: Ptb, sentTtl: number): number | null {
  if (ptb.quote) return Math.max(1, sentTtl - ptb.quote.ttl + 1);
  return ptb.ttl === undefined ? null : hopsFrom(ptb.ttl);
}

/** Where a router was found: a TTL that expires there. */
export interface Place {
  readonly hop: number;
  readonly address: string;
}

export interface Followed {
  /** The last PTB believed, and where its sender stands once a TTL-limited probe has shown it. */
  readonly ptb: Ptb | null;
  readonly place: Place | null;
  readonly faults: readonly PtbFault[];
}

/** Pauses before each further try of one octet more, milliseconds: routers may say one PTB each half second (IOS). */
const PAUSES = [0, 0, 700, 1100] as const;

/**
 * Jumps to the next-hop MTU a router names and checks it: that size must arrive and one octet more must fail.
 * The failing octet goes out with a short TTL, so that the same packet also shows at which hop.
 */
export function* followPtb(ledger: Ledger, family: 4 | 6, size: number, first: Ptb): Plan<Followed> {
  const faults: PtbFault[] = [];
  let ptb = yield* ownWords(ledger, size, first);
  let about = size;
  let sentTtl = FULL_TTL;
  let place: Place | null = null;
  for (let jump = 0; jump < 8; jump++) {
    const fault = faultOf(family, about, ptb, ledger.low);
    if (fault) {
      faults.push(fault);
      return { ptb, place, faults };
    }
    const claim = ptb.nextHopMtu as number;
    const hop = hopOf(ptb, sentTtl);
    const sure = placeIsSure(ptb, sentTtl);
    let smaller: { ptb: Ptb; size: number; ttl: number } | undefined;
    for (const [round, pauseMs] of PAUSES.entries()) {
      if (smaller) break;
      const arrived = ledger.low >= claim;
      const copies = round === 0 || arrived ? ledger.tries : Math.min(ledger.need, 8);
      const ttls =
        ledger.hopProtocol !== null && round === 0
          ? [BESIDE_TTL]
          : round > 0 || hop === null || hop >= FULL_TTL - 1
            ? [FULL_TTL]
            : sure
              ? [hop + 1]
              : [hop, hop + 1];
      const probes = repeat(copies, [
        ...(arrived ? [] : [probe(ledger, claim, round === 0 ? reachTtl(ledger, hop) : FULL_TTL)]),
        ...(ledger.high <= claim + 1 ? [] : ttls.map((ttl) => probe(ledger, claim + 1, ttl))),
      ]);
      if (probes.length === 0 || (!arrived && round === PAUSES.length - 1)) break;
      const replies = yield* ask(ledger, probes, `confirming ${claim}`, { pauseMs: arrived ? pauseMs : 0 });
      replies.forEach((reply, i) => {
        const { size, ttl } = probes[i] as Probe;
        if (reply.kind === 'hop' && ttl === hop && reply.from === ptb.from) place = { hop: ttl, address: reply.from };
        if (reply.kind === 'too-big' && reply.from === ptb.from && sure && ttl === (hop as number) + 1)
          place = { hop: hop as number, address: ptb.from };
        if (reply.kind === 'too-big' && size === claim) smaller = { ptb: reply, size, ttl };
      });
      if (ledger.remembered !== null || (ledger.low >= claim && ledger.exact) || ledger.low > claim) break;
    }
    if (smaller) {
      ptb = yield* ownWords(ledger, smaller.size, smaller.ptb);
      about = smaller.size;
      sentTtl = smaller.ttl;
      place = null;
      continue;
    }
    if (ledger.low > claim) {
      const says = `${ptb.from} says next-hop MTU ${claim}, yet ${ledger.low} octets arrive`;
      faults.push({ code: 'lying-ptb', from: ptb.from, said: claim, size: about, says });
    }
    return { ptb, place, faults };
  }
  return { ptb, place, faults };
}

/** A TTL that reaches every target and goes by the protocol of TTL-limited probes. */
const BESIDE_TTL = FULL_TTL - 1;

/** A connection of ours only shows that a PTB came: what it says, and who, a packet beside it brings to light. */
function* ownWords(ledger: Ledger, size: number, ptb: Ptb): Plan<Ptb> {
  if (ptb.from !== UNNAMED || ledger.hopProtocol === null) return ptb;
  const replies = yield* ask(ledger, [probe(ledger, size, BESIDE_TTL)], `who refuses ${size}`);
  return replies.find((reply): reply is Ptb => reply.kind === 'too-big') ?? ptb;
}

/** The TTL that the router quotes and the TTL its answer came in with agree: two ways to count, one hop. */
const placeIsSure = (ptb: Ptb, sentTtl: number): boolean =>
  ptb.quote !== undefined && ptb.ttl !== undefined && hopOf(ptb, sentTtl) === hopsFrom(ptb.ttl);

/** The size the router names goes out with the TTL the target should be at: its answer proves the distance. */
function reachTtl(ledger: Ledger, hop: number | null): number {
  const guess = distanceGuess(ledger);
  return guess !== null && guess > (hop ?? 0) && ledger.hopProtocol === null ? guess : FULL_TTL;
}

/** One TTL-limited probe at the hop where the sender of the PTB should stand, and its neighbours where it does not. */
export function* placeRefuser(ledger: Ledger, followed: Followed): Plan<Followed> {
  if (!followed.ptb) return followed;
  const hop = hopOf(followed.ptb, FULL_TTL);
  const guesses = hop === null ? [[1, 2, 3, 4]] : [[hop], [hop - 1, hop + 1].filter((ttl) => ttl > 0)];
  for (const ttls of guesses) {
    const probes = repeat(
      ledger.tries,
      ttls.map((ttl) => probe(ledger, ledger.low + 1, ttl)),
    );
    const replies = yield* ask(ledger, probes, 'placing the router that refuses');
    const at = replies.findIndex((reply) => reply.kind === 'hop' && reply.from === followed.ptb?.from);
    if (at >= 0) return { ...followed, place: { hop: (probes[at] as Probe).ttl, address: followed.ptb.from } };
  }
  return followed;
}
