import { FULL_TTL, type Probe, type ProbeProtocol } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { type Control, control } from './control.js';
import { type Cleared, dfCleared } from './fragmenting.js';
import { locate } from './locate.js';
import { narrow } from './narrow.js';
import { ask, type Plan } from './plan.js';
import { type Followed, followPtb, hopOf, type Ptb, probe, repeat } from './ptb.js';

/** What the search may assume; sizes are octets of whole IP packets. */
export interface SearchOptions {
  readonly family: 4 | 6;
  readonly controlSize: number;
  /** Largest size of interest. */
  readonly max: number;
  /** Link MTU of the interface the packets leave by; null where unknown. */
  readonly localMtu: number | null;
  readonly protocols: readonly ProbeProtocol[];
  /** The engine hands over quoted headers. */
  readonly quotes: boolean;
  /** Ask every hop, for a complete table. */
  readonly everyHop: boolean;
}

/** What the search came to know besides the ledger; filled as it goes, so that an interrupted search still tells. */
export interface Found {
  control: Control | null;
  /** Largest size our own host lets out, where that was the limit; octets. */
  localLimit: number | null;
  followed: Followed | null;
  cleared: Cleared | 'kept' | 'unseen' | null;
  /** Sizes that arrived by UDP, whose answer is small, although echoes of that size did not come back; octets. */
  arrivesByUdp: number | null;
  /** UDP shows that the forward direction is the narrow one. */
  vanishesByUdp: boolean;
  done: boolean;
}

export const nothingYet = (): Found => ({
  control: null,
  localLimit: null,
  followed: null,
  cleared: null,
  arrivesByUdp: null,
  vanishesByUdp: false,
  done: false,
});

/** The whole course of one measurement; decides, never sends. */
export function* search(ledger: Ledger, found: Found, options: SearchOptions): Plan<void> {
  const { family, max, localMtu } = options;
  let ceiling = Math.min(max, localMtu ?? max);
  if (ceiling < max) found.localLimit = ceiling;
  const wanted = Math.min(options.controlSize, ceiling);
  found.control = yield* control(ledger, family, wanted, options.protocols);
  if (!found.control.answers) {
    // Nobody answers at the far end; how far big packets get is still worth knowing.
    yield* locate(ledger, ceiling, found.control.size);
    found.done = true;
    return;
  }
  const small = found.control.size;
  ceiling = Math.min(yield* tryCeiling(ledger, found, options, ceiling), ledger.remembered ?? max);
  if (!ledger.exact && ledger.low < ceiling) yield* narrow(ledger, ceiling, small);
  const { low, high } = ledger;
  if (found.followed?.ptb && !found.followed.place && bigRefused(ledger)) yield* placeRefuser(ledger, found);
  if (low < ceiling && !bigRefused(ledger)) {
    const sideways = options.protocols.includes('udp') && ledger.protocol === 'icmp';
    const above = Math.min(high, ceiling);
    const also = sideways ? repeat(2, [small, ...new Set([low + 1, ceiling])].map(overUdp)) : [];
    const replies = yield* locate(ledger, above, Math.min(small, low), also);
    const arrived = also.filter((_, i) => replies[i]?.kind === 'arrived').map(({ size }) => size);
    const most = Math.max(0, ...arrived);
    if (most > low) found.arrivesByUdp = most;
    else if (arrived.length > 0 && replies.length === also.length) found.vanishesByUdp = true;
  } else if (low === ceiling && options.quotes && family === 4) {
    found.cleared = yield* dfCleared(ledger, low);
  }
  if (options.everyHop) yield* everyHop(ledger, low, small);
  found.done = true;
}

/** The largest size first; a PTB saves the search, a message from our own host lowers the ceiling. */
function* tryCeiling(ledger: Ledger, found: Found, { family }: SearchOptions, start: number): Plan<number> {
  let ceiling = start;
  for (let attempt = 0; attempt < 4 && ledger.low < ceiling; attempt++) {
    const probes = repeat(Math.min(4, ledger.tries), [probe(ledger, ceiling)]);
    // Only a glance: it stays in flight while the burst starts, and is counted when it comes late.
    const glance = Math.max(30, 3 * (ledger.slowestRtt ?? 1000));
    const replies = yield* ask(ledger, probes, `largest size ${ceiling}`, glance);
    const here = replies.find((reply) => reply.kind === 'too-big-here');
    const ptb = replies.find((reply): reply is Ptb => reply.kind === 'too-big');
    if (ptb) {
      found.followed = yield* followPtb(ledger, family, ceiling, ptb);
      return ceiling;
    }
    if (!here) return ceiling;
    ceiling =
      here.mtu !== null && here.mtu < ceiling ? Math.max(here.mtu, ledger.low) : yield* localLimit(ledger, ceiling);
    if (here.remembered !== true) found.localLimit = ceiling;
  }
  return ceiling;
}

/** One TTL-limited probe at the hop where the sender of the PTB should stand, and its neighbours where it does not. */
function* placeRefuser(ledger: Ledger, found: Found): Plan<void> {
  const { followed } = found;
  if (!followed?.ptb) return;
  const hop = hopOf(followed.ptb, FULL_TTL);
  const guesses = hop === null ? [[1, 2, 3, 4]] : [[hop], [hop - 1, hop + 1].filter((ttl) => ttl > 0)];
  for (const ttls of guesses) {
    const probes = repeat(
      ledger.tries,
      ttls.map((ttl) => probe(ledger, ledger.low + 1, ttl)),
    );
    const replies = yield* ask(ledger, probes, 'placing the router that refuses');
    const at = replies.findIndex((reply) => reply.kind === 'hop' && reply.from === followed.ptb?.from);
    if (at < 0) continue;
    found.followed = { ...followed, place: { hop: (probes[at] as Probe).ttl, address: followed.ptb.from } };
    return;
  }
}

/** Our own host refuses without a number: halve, every answer is immediate. */
function* localLimit(ledger: Ledger, refused: number): Plan<number> {
  let low = ledger.low;
  let high = refused;
  while (high - low > 1 && ledger.left > 0) {
    const size = Math.floor((low + high) / 2);
    const [reply] = yield* ask(ledger, [probe(ledger, size)], 'largest size this host sends', 1);
    if (reply?.kind === 'too-big-here') high = size;
    else low = size;
  }
  return low;
}

/** A router or we ourselves refused the size just above: no need to look for a place where packets vanish. */
const bigRefused = (ledger: Ledger): boolean =>
  ledger.entries.some(
    ({ probe: { size }, reply }) =>
      (reply.kind === 'too-big' || reply.kind === 'too-big-here') && size === ledger.low + 1,
  );

const overUdp = (size: number): Probe => ({ protocol: 'udp', size, ttl: FULL_TTL });

function* everyHop(ledger: Ledger, low: number, small: number): Plan<void> {
  const end = Math.min(30, (ledger.distance ?? 31) - 1);
  for (let start = 1; start <= end; start += 6) {
    const ttls = Array.from({ length: Math.min(6, end - start + 1) }, (_, i) => start + i);
    const probes = ttls.flatMap((ttl) => [probe(ledger, low, ttl), probe(ledger, small, ttl)]);
    const replies = yield* ask(ledger, probes, 'every hop');
    if (replies.some(({ kind }) => kind === 'arrived')) return;
  }
}
