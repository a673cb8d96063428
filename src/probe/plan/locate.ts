import { FULL_TTL, type Probe, type ProbeReply } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { ask, type Plan } from './plan.js';
import { probe, repeat } from './ptb.js';

/** One hop as far as TTL-limited probes showed it. */
export interface HopSeen {
  readonly hop: number;
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
 * TTL-limited probes above and below the limit. The last hop that answers `big` stands before the narrow link, the first
 * that answers only `small` behind it. `also` goes out with the first batch; its replies are handed back.
 */
export function* locate(
  ledger: Ledger,
  big: number,
  small: number,
  also: readonly Probe[] = [],
): Plan<readonly ProbeReply[]> {
  const end = Math.min(LONGEST_PATH, (ledger.distance ?? LONGEST_PATH + 1) - 1);
  const at = (ttls: readonly number[], sizes: readonly number[]): Probe[] =>
    repeat(
      Math.ceil(ledger.tries / 2),
      ttls.flatMap((ttl) => sizes.map((size) => probe(ledger, size, ttl))),
    );
  if (ledger.distance === null) return yield* stepByStep(ledger, at, [big, small, big], also);
  if (end <= SHORT) {
    const replies = yield* ask(ledger, [...also, ...at(range(1, end), [big, small, big])], `locating at hops 1-${end}`);
    return replies.slice(0, also.length);
  }
  let company: readonly ProbeReply[] | undefined;
  for (let start = 1; start <= end; start += BLOCK) {
    const ttls = range(start, Math.min(end, start + BLOCK - 1));
    const replies = yield* ask(ledger, [...(company ? [] : also), ...at(ttls, [big])], `locating from hop ${start}`);
    company ??= replies.slice(0, also.length);
    if (!ttls.some((ttl) => answersBig(ledger, big, ttl))) break;
  }
  const reached = range(1, end).findLast((ttl) => answersBig(ledger, big, ttl)) ?? 0;
  for (let start = reached + 1; start <= end && ledger.left > 0; start += SHORT) {
    const ttls = range(start, Math.min(end, start + SHORT - 1));
    yield* ask(ledger, at(ttls, [small, big]), `locating behind hop ${reached}`);
    const found = hopsSeen(ledger).some(({ hop, vanishes }) => hop > reached && vanishes !== null);
    if (found || arrivedWithin(ledger, start + SHORT - 1)) break;
  }
  return company ?? [];
}

/** Where the number of hops is unknown: both sizes at four hops after four, until the place or the target is reached. */
function* stepByStep(
  ledger: Ledger,
  at: (ttls: readonly number[], sizes: readonly number[]) => Probe[],
  sizes: readonly number[],
  also: readonly Probe[],
): Plan<readonly ProbeReply[]> {
  let company: readonly ProbeReply[] | undefined;
  for (let start = 1; start <= LONGEST_PATH && ledger.left > 0; start += SHORT) {
    const probes = at(range(start, start + SHORT - 1), sizes);
    const replies = yield* ask(ledger, [...(company ? [] : also), ...probes], `locating from hop ${start}`);
    company ??= replies.slice(0, also.length);
    const found = hopsSeen(ledger).some(({ vanishes }) => vanishes !== null);
    if (found || arrivedWithin(ledger, start + SHORT - 1)) break;
    // A target that never answers: four silent hops behind one that spoke, or eight from the start, are enough.
    const silent = !replies.some(({ kind }) => kind === 'hop' || kind === 'arrived');
    if (silent && (start > SHORT || hopsSeen(ledger).length > 0)) break;
  }
  return company ?? [];
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

const answersBig = (ledger: Ledger, big: number, ttl: number): boolean =>
  ledger.entries.some(({ probe, reply }) => probe.ttl === ttl && probe.size >= big && reply.kind !== 'silence');

const arrivedWithin = (ledger: Ledger, ttl: number): boolean =>
  ledger.entries.some(({ probe, reply }) => reply.kind === 'arrived' && probe.ttl <= ttl);

/** The hops below the target from every TTL-limited probe booked so far. */
export function hopsSeen(ledger: Ledger): HopSeen[] {
  const limited = ledger.entries.filter(({ probe }) => probe.ttl < FULL_TTL);
  const last = limited.reduce((most, { probe, reply }) => (reply.kind === 'hop' ? Math.max(most, probe.ttl) : most), 0);
  return Array.from({ length: last }, (_, i) => {
    const here = limited.filter(({ probe }) => probe.ttl === i + 1);
    const answers = here.filter(({ reply }) => reply.kind === 'hop');
    const address = answers.flatMap(({ reply }) => (reply.kind === 'hop' ? [reply.from] : []))[0] ?? null;
    const whole = answers.filter(({ reply }) => reply.kind === 'hop' && !fragmented(reply));
    const arrives = whole.length === 0 ? null : Math.max(...whole.map(({ probe }) => probe.size));
    const silent = here.filter(({ probe, reply }) => reply.kind === 'silence' && probe.size > (arrives ?? 0));
    const twice = silent.length >= 2 && arrives !== null ? Math.min(...silent.map(({ probe }) => probe.size)) : null;
    return { hop: i + 1, address, arrives, vanishes: twice };
  });
}

const fragmented = ({ quote }: Extract<ProbeReply, { kind: 'hop' }>): boolean => quote?.moreFragments === true;
