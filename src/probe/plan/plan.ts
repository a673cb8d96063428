import { FULL_TTL, type Probe, type ProbeReply, SILENCE } from '../engine.js';
import { isNoAnswer } from '../entry.js';
import type { Ledger } from '../ledger.js';

/** Packets to send together. `why` is for the progress line. */
export interface Batch {
  readonly probes: readonly Probe[];
  readonly timeoutMs: number;
  readonly why: string;
  /** Wait before sending, milliseconds: for paths and targets that ration. */
  readonly pauseMs: number;
}

/** A decision process without a network: yields batches, is resumed with their replies, returns what it found. */
export type Plan<T> = Generator<Batch, T, readonly ProbeReply[]>;

/** How to ask, where it is not the ledger's own way. */
export interface Manner {
  readonly timeoutMs?: number | undefined;
  readonly pauseMs?: number;
}

/**
 * Sends what the budget still allows and books the replies; answers are those of the probes really sent.
 * A gentle ledger sends one at a time and leaves out what is known meanwhile.
 */
export function* ask(
  ledger: Ledger,
  probes: readonly Probe[],
  why: string,
  { timeoutMs, pauseMs = 0 }: Manner = {},
): Plan<readonly ProbeReply[]> {
  const allowed = probes.slice(0, Math.max(0, ledger.left));
  if (allowed.length < probes.length) ledger.cutShort = true;
  const portions = ledger.gentle ? allowed.map((probe) => [probe]) : allowed.length > 0 ? [allowed] : [];
  const all: ProbeReply[] = [];
  for (const [i, portion] of portions.entries()) {
    const patience = timeoutMs ?? ledger.timeoutMs;
    const pause = i === 0 ? pauseMs : 0;
    const replies = yield { probes: portion, timeoutMs: patience, why, pauseMs: pause };
    const answered = portion.map((_, k) => replies[k] ?? SILENCE);
    ledger.waited += pause + (answered.some(isNoAnswer) ? patience : Math.min(patience, ledger.slowestRtt ?? patience));
    portion.forEach((probe, k) => {
      ledger.record(probe, answered[k] as ProbeReply);
      all.push(answered[k] as ProbeReply);
    });
  }
  return all;
}

/** A probe of the protocol and flow that are measured; TTL-limited ones may go by another protocol. */
export const probe = (ledger: Ledger, size: number, ttl = FULL_TTL): Probe => ({
  protocol: ttl < FULL_TTL && ledger.hopProtocol !== null ? ledger.hopProtocol : ledger.protocol,
  size,
  ttl,
  ...(ledger.flow === undefined ? {} : { flow: ledger.flow }),
  ...(ledger.port === undefined ? {} : { port: ledger.port }),
});

export const repeat = <T>(copies: number, items: readonly T[]): T[] =>
  Array.from({ length: copies }, () => items).flat();

export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
