import { FULL_TTL, type Probe, type ProbeProtocol, type ProbeReply } from './engine.js';

/** One probe and what became of it. */
export interface Entry {
  readonly probe: Probe;
  readonly reply: ProbeReply;
  /** False where its silence is no evidence: it was asked at a pace at which nothing is answered. */
  readonly counts: boolean;
}

/** "Unreachable" may pass: it is counted as silence is, and proves as little. */
export const isNoAnswer = ({ kind }: ProbeReply): boolean => kind === 'silence' || kind === 'unreachable';

/** Packets of other protocols above `low` that vanished in front of one of the same kind that was answered. */
export function vanishedBeside(entries: readonly Entry[], measured: ProbeProtocol, low: number): number {
  const answered = new Set<string>();
  let count = 0;
  for (const { probe, reply } of entries.toReversed()) {
    if (probe.protocol === measured || probe.ttl !== FULL_TTL) continue;
    const kind = `${probe.protocol} ${probe.port} ${probe.flow}`;
    if (reply.kind === 'arrived' && probe.size <= low) answered.add(kind);
    else if (reply.kind === 'silence' && probe.size > low && answered.has(kind)) count++;
  }
  return count;
}
