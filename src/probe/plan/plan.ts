import { type Probe, type ProbeReply, SILENCE } from '../engine.js';
import type { Ledger } from '../ledger.js';

/** Packets to send together. `why` is for the progress line. */
export interface Batch {
  readonly probes: readonly Probe[];
  readonly timeoutMs: number;
  readonly why: string;
  /** Wait before sending, milliseconds: for targets that ration their answers. */
  readonly pauseMs: number;
}

/** A decision process without a network: yields batches, is resumed with their replies, returns what it found. */
export type Plan<T> = Generator<Batch, T, readonly ProbeReply[]>;

/**
 * Sends what the budget still allows and books the replies; answers are those of the probes really sent.
 * A gentle ledger sends one at a time and leaves out what is known meanwhile.
 */
export function* ask(
  ledger: Ledger,
  probes: readonly Probe[],
  why: string,
  timeoutMs?: number,
): Plan<readonly ProbeReply[]> {
  const allowed = probes.slice(0, Math.max(0, ledger.left));
  if (allowed.length < probes.length) ledger.cutShort = true;
  const portions = ledger.oneByOne ? allowed.map((probe) => [probe]) : allowed.length > 0 ? [allowed] : [];
  const all: ProbeReply[] = [];
  for (const portion of portions) {
    const replies = yield { probes: portion, timeoutMs: timeoutMs ?? ledger.timeoutMs, why, pauseMs: ledger.pauseMs };
    portion.forEach((probe, i) => {
      const reply = replies[i] ?? SILENCE;
      ledger.record(probe, reply);
      all.push(reply);
    });
  }
  return all;
}
