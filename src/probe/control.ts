import { FULL_TTL, type ProbeReply } from './engine.js';
import type { Ledger } from './ledger.js';
import { ask, type Plan } from './plan.js';
import { probe, repeat } from './ptb.js';
import { leastMtu } from './sizes.js';

/** Copies in each attempt; under 36 % loss all nine are lost once in ten thousand runs. */
const attempts = [1, 3, 5] as const;

export interface Control {
  readonly answers: boolean;
  /** Size that was answered, or the last one tried; octets. */
  readonly size: number;
  /** A router's or the target's own refusal, where that was all we heard. */
  readonly refusal: Extract<ProbeReply, { kind: 'unreachable' }> | null;
}

/** Small packets first: does the target answer at all, how fast, and how many get lost. */
export function* control(ledger: Ledger, family: 4 | 6, wanted: number): Plan<Control> {
  let size = wanted;
  let refusal: Control['refusal'] = null;
  for (const copies of attempts) {
    const replies = yield* ask(ledger, repeat(copies, [probe(ledger, size)]), `control ${size}`);
    if (ledger.low > 0) {
      // One lost of one says little about the rate of loss; a few more say enough to choose the number of tries.
      if (ledger.loss.lost > 0) yield* ask(ledger, repeat(6, [probe(ledger, size)]), 'measuring loss');
      return { answers: true, size, refusal };
    }
    for (const reply of replies) {
      if (reply.kind === 'unreachable') refusal = reply;
      if (reply.kind === 'too-big' || reply.kind === 'too-big-here') {
        const said = reply.kind === 'too-big' ? reply.nextHopMtu : reply.mtu;
        size = said !== null && said >= leastMtu(family) && said < size ? said : leastMtu(family);
      }
    }
  }
  return { answers: false, size, refusal };
}

/** Where the target ignores one protocol: a few small packets of the others; the first that answers is used. */
export function* otherProtocols(
  ledger: Ledger,
  size: number,
  protocols: readonly Ledger['protocol'][],
): Plan<Ledger['protocol'] | null> {
  const others = protocols.filter((protocol) => protocol !== ledger.protocol);
  const probes = others.flatMap((protocol) => repeat(2, [{ protocol, size, ttl: FULL_TTL }]));
  const replies = yield* ask(ledger, probes, `trying ${others.join(' and ')}`);
  const found = probes.find((_, i) => replies[i]?.kind === 'arrived');
  if (found) ledger.protocol = found.protocol;
  return found?.protocol ?? null;
}
