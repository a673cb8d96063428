import type { CaptureFacts } from '../facts.js';
import { type DirectionFacts, type FlowFacts, reverseOf } from '../flow/flow-facts.js';

/** One direction of one connection at two capture points. */
export interface PairedDirection {
  readonly before: DirectionFacts;
  readonly after: DirectionFacts;
}

/** One connection in both captures. */
export interface PairedFlow {
  readonly family: 4 | 6;
  /** Known again by its initial sequence numbers: its addresses or ports changed on the way. */
  readonly translated: boolean;
  readonly beforeFlow: FlowFacts;
  readonly afterFlow: FlowFacts;
  /** Client to server first, where the SYN was seen. */
  readonly directions: readonly [PairedDirection, PairedDirection];
}

/**
 * The connections of two captures that are the same: by both initial sequence numbers, which NAT, tunnels and clamps
 * leave alone, or by addresses and ports where no handshake was captured.
 */
export function pairFlows(before: Pick<CaptureFacts, 'flows'>, after: Pick<CaptureFacts, 'flows'>): PairedFlow[] {
  const bySequence = new Map<string, FlowFacts>();
  const byEnds = new Map<string, FlowFacts>();
  for (const flow of after.flows) {
    if (flow.protocol !== 'tcp') continue;
    const key = sequenceKey(flow);
    if (key !== undefined) bySequence.set(key, flow);
    byEnds.set(endsKey(flow), flow);
  }
  const pairs: PairedFlow[] = [];
  for (const flow of before.flows) {
    if (flow.protocol !== 'tcp') continue;
    const key = sequenceKey(flow);
    const other = (key === undefined ? undefined : bySequence.get(key)) ?? sameEnds(flow, byEnds);
    if (!other) continue;
    const first = clientSide(flow);
    const there = flow.client === null ? first : clientSide(other);
    const direction = (away: number): PairedDirection => ({
      before: flow.directions[(first ^ away) as 0 | 1],
      after: other.directions[(there ^ away) as 0 | 1],
    });
    pairs.push({
      family: flow.family,
      translated: endsKey(flow) !== endsKey(other),
      beforeFlow: flow,
      afterFlow: other,
      directions: [direction(0), direction(1)],
    });
  }
  return pairs;
}

const clientSide = (flow: FlowFacts): 0 | 1 => flow.client ?? 0;

/** Both initial sequence numbers, client's first. */
function sequenceKey(flow: FlowFacts): string | undefined {
  const { client, directions } = flow;
  if (client === null) return undefined;
  const mine = directions[client].isn;
  const theirs = reverseOf(flow, client).isn;
  return mine === null || theirs === null ? undefined : `${mine}/${theirs}`;
}

const endsKey = ({ directions }: FlowFacts): string => `${directions[0].from} ${directions[0].to}`;

/** The same addresses and ports, unless the handshakes say that these are two connections. */
function sameEnds(flow: FlowFacts, byEnds: ReadonlyMap<string, FlowFacts>): FlowFacts | undefined {
  const other = byEnds.get(endsKey(flow));
  if (!other) return undefined;
  const differ = ([0, 1] as const).some((side) => {
    const here = flow.directions[side].isn;
    const there = other.directions[side].isn;
    return here !== null && there !== null && here !== there;
  });
  return differ ? undefined : other;
}
