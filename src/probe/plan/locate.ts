import { distanceGuess, lastRouter, reachedWithin } from '../distance.js';
import { FULL_TTL, type Probe, type ProbeReply } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ask, type Plan, probe, range, repeat } from './plan.js';

/** One hop as far as TTL-limited probes showed it. */
export interface HopSeen {
  readonly hop: number;
  /** False where no probe was sent to it: its silence is ours. */
  readonly asked: boolean;
  readonly address: string | null;
  /** Largest size known to reach this hop; null where none is known to. Octets. */
  readonly arrives: number | null;
  /** Smallest size it was silent to although a smaller one was answered; octets. */
  readonly vanishes: number | null;
}

const LONGEST_PATH = 30;
/** A path this short is asked at every hop with both sizes at once; a longer one in two steps. */
const SHORT = 4;
const BLOCK = 8;

/**
 * TTL-limited probes above and below the limit. The last hop that answers `big` stands before the narrow link, the
 * first that answers only `small`, or the target itself, behind it. Goes on until one of them or the target is reached;
 * the TTL left in an answer is only a first guess of how far that is. `also` goes out with the first batch, before the
 * others; its replies are handed back.
 */
export function* locate(
  ledger: Ledger,
  big: number,
  small: number,
  also: readonly Probe[] = [],
): Plan<readonly ProbeReply[]> {
  const guess = distanceGuess(ledger);
  const copies = Math.ceil(ledger.tries / 2);
  const at = (ttls: readonly number[], sizes: readonly number[]): Probe[] =>
    repeat(
      copies,
      ttls.flatMap((ttl) => sizes.map((size) => probe(ledger, size, ttl))),
    );
  let company: readonly ProbeReply[] | undefined;
  let start = 1;
  // With a long path the hops that pass big packets are looked for alone.
  if (guess !== null && guess > SHORT + 1) {
    for (; start < guess; start += BLOCK) {
      const ttls = range(start, Math.min(guess - 1, start + BLOCK - 1));
      const replies = yield* ask(ledger, [...(company ? [] : also), ...at(ttls, [big])], `locating from hop ${start}`);
      company ??= replies.slice(0, also.length);
      if (!ttls.some((ttl) => answersBig(ledger, big, ttl))) break;
    }
    start = (range(1, guess).findLast((ttl) => answersBig(ledger, big, ttl)) ?? 0) + 1;
  }
  const wide = guess !== null && guess <= SHORT + 1 ? guess : SHORT;
  for (let silentBlocks = 0; start <= LONGEST_PATH && ledger.left > 0; ) {
    const end = Math.min(LONGEST_PATH, start + wide - 1);
    const probes = range(start, end).flatMap((ttl) => at([ttl], ttl === guess ? [big, small] : [big, small, big]));
    const replies = yield* ask(ledger, [...(company ? [] : also), ...probes], `locating at hops ${start}-${end}`);
    company ??= replies.slice(0, also.length);
    // With connections the loss on the way is not known: the first silent hop is asked once more.
    if (bracketed(ledger, big, small) && ledger.connections) yield* again(ledger, big, small);
    if (bracketed(ledger, big, small)) break;
    // A target that never answers: four silent hops behind one that spoke, or eight from the start, are enough.
    silentBlocks = replies.slice(also.length).some(({ kind }) => kind === 'hop' || kind === 'arrived')
      ? 0
      : silentBlocks + 1;
    if (ledger.low === 0 && silentBlocks > 0 && (start > SHORT || lastRouter(ledger) > 0)) break;
    if (silentBlocks > 3) break;
    start = end + 1;
  }
  return company ?? [];
}

/** Tries at one hop before it counts as mute. */
const TRIES = 4;

/**
 * The same one pair after the other, for paths that police what passes: one octet more than arrives, and behind it what
 * arrives, to the same hop.
 */
export function* locateByPairs(ledger: Ledger, pace: { readonly pauseMs: number }): Plan<void> {
  const { low } = ledger;
  for (let ttl = 1, mute = 0; ttl <= LONGEST_PATH && mute < 4 && ledger.left > 1; ttl++) {
    let passed = false;
    let small = 0;
    for (let n = 0; n < TRIES && !passed && small < 2 && ledger.left > 1; n++) {
      const [big, fits] = yield* ask(
        ledger,
        [probe(ledger, low + 1, ttl), probe(ledger, low, ttl)],
        `hop ${ttl} in pairs`,
        {
          pauseMs: Math.min(1100, pace.pauseMs * (n + 1)),
        },
      );
      passed = big?.kind === 'hop';
      if (fits?.kind === 'hop' || fits?.kind === 'arrived') small++;
      if (n > 0 && fits?.kind === 'silence' && small === 0) break;
    }
    if (!passed && small >= 2) return;
    if (reachedWithin(ledger) !== null) return;
    mute = passed || small > 0 ? 0 : mute + 1;
  }
}

/** The hop at which big packets seem to vanish once more; an answer disproves it. */
function* again(ledger: Ledger, big: number, small: number): Plan<void> {
  const hop = hopsSeen(ledger).find(({ vanishes }) => vanishes !== null)?.hop;
  if (hop === undefined) return;
  yield* ask(ledger, [...repeat(4, [probe(ledger, big, hop)]), probe(ledger, small, hop)], `hop ${hop} once more`);
}

/** The place is known, or the target itself has answered a small packet with the smallest TTL it can. */
function bracketed(ledger: Ledger, big: number, small: number): boolean {
  const hops = hopsSeen(ledger);
  const last = hops.findLast(({ arrives }) => arrives !== null && arrives >= big)?.hop ?? 0;
  if (
    hops.some(({ hop, arrives, vanishes }) => hop > last && arrives !== null && arrives >= small && vanishes !== null)
  )
    return true;
  return reachedWithin(ledger) !== null;
}

const answersBig = (ledger: Ledger, big: number, ttl: number): boolean =>
  ledger.current.some(
    ({ probe, reply }) => probe.ttl === ttl && probe.size >= big && (reply.kind === 'hop' || reply.kind === 'too-big'),
  );

/** The hops below the target from every TTL-limited probe booked so far. */
export function hopsSeen(ledger: Ledger): HopSeen[] {
  const limited = ledger.current.filter(({ probe }) => probe.ttl < FULL_TTL);
  return range(1, lastRouter(ledger)).map((hop) => {
    const here = limited.filter(({ probe }) => probe.ttl === hop);
    const answers = here.filter(({ reply }) => reply.kind === 'hop');
    const address = answers.flatMap(({ reply }) => (reply.kind === 'hop' ? [reply.from] : []))[0] ?? null;
    const whole = answers.filter(({ reply }) => reply.kind === 'hop' && !fragmented(reply));
    const arrives = whole.length === 0 ? null : Math.max(...whole.map(({ probe }) => probe.size));
    const silent = here.filter(({ probe, reply }) => reply.kind === 'silence' && probe.size > (arrives ?? 0));
    const twice = silent.length >= 2 && arrives !== null ? Math.min(...silent.map(({ probe }) => probe.size)) : null;
    return { hop, asked: here.length > 0, address, arrives, vanishes: twice };
  });
}

const fragmented = ({ quote }: Extract<ProbeReply, { kind: 'hop' }>): boolean => quote?.moreFragments === true;
