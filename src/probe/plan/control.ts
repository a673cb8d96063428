import { FULL_TTL, type ProbeProtocol, type ProbeReply } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { leastMtu } from '../sizes.js';
import { ask, type Plan } from './plan.js';
import { probe, repeat } from './ptb.js';

/** Copies in each attempt; under 36 % loss all nine are lost once in ten thousand runs. */
const attempts = [1, 3, 5] as const;

/** Patience for the last attempt where another protocol was answered at once, milliseconds. */
const SHORT_TIMEOUT = 300;

export interface Control {
  readonly answers: boolean;
  /** Size that was answered, or the last one tried; octets. */
  readonly size: number;
  /** A router's or the target's own refusal, where that was all we heard. */
  readonly refusal: Extract<ProbeReply, { kind: 'unreachable' }> | null;
}

/**
 * Small packets first: does the target answer at all, how fast, and how many get lost. Where it ignores one protocol,
 * the engine's others are tried beside it, and the first that answers is used from then on.
 */
export function* control(
  ledger: Ledger,
  family: 4 | 6,
  wanted: number,
  protocols: readonly ProbeProtocol[],
): Plan<Control> {
  let size = wanted;
  let refusal: Control['refusal'] = null;
  let other: ProbeProtocol | undefined;
  for (const [attempt, copies] of attempts.entries()) {
    const others = attempt === 1 ? protocols.filter((protocol) => protocol !== ledger.protocol) : [];
    const beside = others.map((protocol) => ({ protocol, size, ttl: FULL_TTL }));
    const probes = [...repeat(copies, [probe(ledger, size)]), ...repeat(2, beside)];
    const replies = yield* ask(ledger, probes, `control ${size}`, other === undefined ? undefined : SHORT_TIMEOUT);
    if (ledger.low > 0) {
      // One lost of one says little about the rate of loss; a few more say enough to choose the number of tries.
      if (ledger.loss.lost > 0) yield* ask(ledger, repeat(6, [probe(ledger, size)]), 'measuring loss');
      return { answers: true, size, refusal };
    }
    replies.forEach((reply, i) => {
      if (reply.kind === 'arrived') other ??= probes[i]?.protocol;
      if (reply.kind === 'unreachable') refusal = reply;
      if (reply.kind === 'too-big' || reply.kind === 'too-big-here') {
        const said = reply.kind === 'too-big' ? reply.nextHopMtu : reply.mtu;
        size = said !== null && said >= leastMtu(family) && said < size ? said : leastMtu(family);
      }
    });
  }
  if (other === undefined) return { answers: false, size, refusal };
  ledger.protocol = other;
  return { answers: true, size, refusal };
}
