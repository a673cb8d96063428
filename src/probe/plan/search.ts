import { distance } from '../distance.js';
import { FULL_TTL } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ladder } from '../sizes.js';
import { bySize } from './alternating.js';
import { type Control, control } from './control.js';
import { type Crossed, otherFlows } from './crossing.js';
import type { Found, SearchOptions } from './found.js';
import { dfCleared } from './fragmenting.js';
import { limit, refusedAbove } from './limit.js';
import { mssSeen } from './mss.js';
import { ask, type Plan, probe, range, repeat } from './plan.js';
import { glances } from './settle.js';
import { asFarAsRoutersAnswer } from './silent.js';

/** Patience for one size on the way down, milliseconds: an answer that comes later is booked all the same. */
const GLANCE = 50;

/** The whole course of one measurement; decides, never sends. */
export function* search(ledger: Ledger, found: Found, options: SearchOptions): Plan<void> {
  const { family, max, localMtu } = options;
  const ceiling = Math.min(max, localMtu ?? max);
  if (options.mss) found.mssSeen = yield* mssSeen(ledger, family, options.quotes, ceiling);
  if (ceiling < max) found.localLimit = ceiling;
  found.control = yield* reach(ledger, options, ceiling);
  found.exchanged = options.explicit !== null && ledger.protocol !== options.explicit ? options.explicit : null;
  if (!found.control.answers) {
    found.upTo = yield* asFarAsRoutersAnswer(ledger, family, ceiling, found.control.size);
    found.done = true;
    return;
  }
  yield* limit(ledger, found, options, ceiling);
  if (found.moved !== null) {
    // The path is another one than at the start: once more, from nothing.
    ledger.startAnew();
    ledger.paced = false;
    found.changed = found.moved === 'surely';
    found.moved = null;
    found.rationed = null;
    found.followed = null;
    found.hangs = null;
    found.crossed = [];
    yield* limit(ledger, found, options, ceiling);
  }
  if (found.peerLimit !== null && ledger.low >= found.peerLimit.size)
    yield* aboveThePeer(ledger, found, options, ceiling);
  const passing = found.crossed.find(({ passes }) => passes !== null && passes > ledger.low);
  if (passing) yield* believe(ledger, found, options, ceiling, passing);
  // Where a limit is left to be found, its silence has said what there is to say.
  if (ledger.low > 0 && (ledger.low >= ceiling || refusedAbove(ledger)))
    found.bySize = yield* bySize(ledger, found.control.size);
  if (options.quotes && family === 4 && ledger.low > 0) found.cleared = yield* dfCleared(ledger, ledger.low);
  // Pieces of an echo's answer show what connections do not: that something cuts packets on the way.
  if (ledger.protocol === 'tcp' && !options.quotes && family === 4 && options.protocols.includes('icmp'))
    yield* ask(ledger, [{ protocol: 'icmp', size: ledger.low, ttl: FULL_TTL }], 'whether answers come in pieces');
  if (options.sweep && ledger.low > 0) found.swept = yield* sweep(ledger, found.control.size);
  if (options.everyHop) yield* everyHop(ledger, ledger.low, found.control.size);
  found.done = true;
}

/**
 * The first answer: by a small control, or by going down from the ceiling where answers are as rare as a closed port's.
 */
function* reach(ledger: Ledger, options: SearchOptions, ceiling: number): Plan<Control> {
  const { family, protocols } = options;
  const wanted = Math.min(options.controlSize, ceiling);
  if (ledger.protocol === 'udp' && !ledger.gentle && !ledger.told) {
    for (const size of glances(wanted - 1, ceiling, wanted)) {
      const replies = yield* ask(ledger, [probe(ledger, size)], `largest size, ${size}`, {
        timeoutMs: Math.max(GLANCE, 3 * (ledger.slowestRtt ?? 0)),
      });
      if (replies.some(({ kind }) => kind === 'too-big' || kind === 'too-big-here')) break;
      if (ledger.low > 0) break;
    }
    if (ledger.low > 0) return { answers: true, size: Math.min(ledger.low, wanted), refusal: null, synOnly: false };
  }
  return yield* control(ledger, family, wanted, protocols);
}

/**
 * Another protocol's packets pass where ours vanish: of all its flows, or only of some? Then it is measured instead.
 * Where ours may as well have been lost by chance, neither is said.
 */
function* believe(ledger: Ledger, found: Found, options: SearchOptions, ceiling: number, passing: Crossed): Plan<void> {
  if (!ledger.isHole) return;
  if (yield* otherFlows(ledger, ledger.low, passing)) {
    found.flowsDiffer = true;
    return;
  }
  found.limited = { protocol: ledger.protocol, size: ledger.low };
  // What happens to TCP or UDP is not refuted by echoes.
  if (ledger.protocol !== 'icmp') return;
  ledger.protocol = passing.protocol;
  ledger.port = passing.port;
  found.followed = null;
  found.hangs = null;
  yield* limit(ledger, found, { ...options, protocols: [passing.protocol] }, ceiling);
}

/** TCP never sends more to this peer, and that arrives: what the path carries above it others can tell. */
function* aboveThePeer(ledger: Ledger, found: Found, options: SearchOptions, ceiling: number): Plan<void> {
  const size = ledger.low;
  const others = options.protocols.filter((protocol) => protocol !== ledger.protocol);
  const replies = yield* ask(
    ledger,
    others.map((protocol) => ({ protocol, size, ttl: FULL_TTL })),
    'above the MSS of the other end',
  );
  const other = others.find((_, i) => replies[i]?.kind === 'arrived');
  if (other === undefined) return;
  ledger.protocol = other;
  ledger.connections = false;
  yield* limit(ledger, found, { ...options, protocols: [other] }, ceiling);
}

/** The usual sizes below the largest that arrives, one copy each and a second for those that keep silent. */
function* sweep(ledger: Ledger, small: number): Plan<readonly number[]> {
  const sizes = ladder(small, ledger.low);
  const replies = yield* ask(
    ledger,
    sizes.map((size) => probe(ledger, size)),
    'sizes in between',
  );
  const silent = sizes.filter((_, i) => replies[i]?.kind === 'silence');
  for (const size of silent)
    yield* ask(ledger, repeat(3, [probe(ledger, size), probe(ledger, ledger.low)]), `${size} again`);
  return sizes;
}

function* everyHop(ledger: Ledger, low: number, small: number): Plan<void> {
  const end = Math.min(30, (distance(ledger) ?? 31) - 1);
  for (let start = 1; start <= end; start += 6) {
    const ttls = range(start, Math.min(end, start + 5));
    const probes = ttls.flatMap((ttl) => [probe(ledger, low, ttl), probe(ledger, small, ttl)]);
    const replies = yield* ask(ledger, probes, 'every hop');
    if (replies.some(({ kind }) => kind === 'arrived')) return;
  }
}
