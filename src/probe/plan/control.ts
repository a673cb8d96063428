import { FULL_TTL, type Probe, type ProbeProtocol, type ProbeReply } from '../engine.js';
import type { Ledger } from '../ledger.js';
import { headersOf } from '../packets.js';
import { leastMtu, tinySize } from '../sizes.js';
import { ask, type Plan, probe, repeat } from './plan.js';

/** Copies in each attempt; under 36 % loss all nine are lost once in ten thousand runs. */
const attempts = [1, 3, 5] as const;
/** Patience for the last attempt where something else was answered at once, milliseconds. */
const SHORT_TIMEOUT = 300;
/** Flow of a SYN without data: it tells nothing of sizes. */
const APART = 1;

export interface Control {
  readonly answers: boolean;
  /** Size that was answered, or the last one tried; octets. */
  readonly size: number;
  /** A router's or the target's own refusal, where that was all we heard. */
  readonly refusal: Extract<ProbeReply, { kind: 'unreachable' }> | null;
  /** SYNs without data are answered, those with data are not. */
  readonly synOnly: boolean;
}

/**
 * Small packets first: does the target answer at all, how fast, and how many get lost. Where it ignores one protocol,
 * the engine's others are tried beside it, and the first that answers is used from then on. Where the usual size does
 * not arrive, a tiny one may.
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
  let synOnly = false;
  const asked = ledger.protocol;
  for (const [attempt, copies] of attempts.entries()) {
    const others = attempt === 1 ? protocols.filter((protocol) => protocol !== asked) : [];
    const probes: Probe[] = [
      ...repeat(copies, [probe(ledger, size)]),
      ...(attempt === 0 ? [] : [apart(ledger, family)]),
      ...repeat(
        2,
        others.map((protocol) => ({ protocol, size, ttl: FULL_TTL })),
      ),
    ];
    const timeoutMs = other === undefined && !synOnly ? undefined : SHORT_TIMEOUT;
    const replies = yield* ask(ledger, probes, `control ${size}`, { timeoutMs });
    if (ledger.low > 0) {
      // One lost of one says little about the rate of loss; a few more say enough to choose the number of tries.
      if (ledger.loss.lost > 0 && ledger.low >= size) {
        yield* ask(ledger, repeat(6, [probe(ledger, size)]), 'measuring loss');
      }
      return { answers: true, size: ledger.low, refusal, synOnly };
    }
    replies.forEach((reply, i) => {
      const { protocol, flow } = probes[i] as Probe;
      if (reply.kind === 'arrived' && flow === APART) synOnly = true;
      else if (reply.kind === 'arrived') other ??= protocol;
      if (reply.kind === 'unreachable') refusal = reply;
      if (reply.kind === 'too-big' || reply.kind === 'too-big-here') {
        const said = reply.kind === 'too-big' ? reply.nextHopMtu : reply.mtu;
        size = said !== null && said >= leastMtu(family) && said < size ? said : leastMtu(family);
      }
    });
  }
  if (other === undefined) return { answers: false, size, refusal, synOnly };
  ledger.protocol = other;
  return { answers: true, size, refusal, synOnly };
}

/** Beside the control: a tiny packet, or a SYN that is nothing but its header. */
const apart = (ledger: Ledger, family: 4 | 6): Probe =>
  ledger.protocol === 'tcp'
    ? { protocol: 'tcp', size: headersOf(family, 'tcp'), ttl: FULL_TTL, flow: APART }
    : probe(ledger, tinySize(family));
