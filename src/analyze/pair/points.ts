import type { CaptureFacts } from '../facts.js';
import type { FlowFacts } from '../flow/flow-facts.js';
import { type PairedFlow, pairFlows } from './paired-flows.js';

/** Capture points of one file that are compared, two by two. */
const MOST_POINTS = 6;

/** Connections that one file shows at two of its capture points: what `--before --after` compares, in one capture. */
export function pairsWithin({ flows }: Pick<CaptureFacts, 'flows'>): PairedFlow[] {
  const points = new Map<string, FlowFacts[]>();
  for (const flow of flows) {
    // The inside of a tunnel is a point of its own.
    const key = `${flow.point} ${flow.inner}`;
    const held = points.get(key);
    if (held) held.push(flow);
    else points.set(key, [flow]);
  }
  const held = [...points.values()];
  const places = held.length > MOST_POINTS ? withCommon(held).slice(0, MOST_POINTS) : held;
  return places.flatMap((one, index) =>
    places.slice(index + 1).flatMap((other) => pairFlows({ flows: one }, { flows: other })),
  );
}

/** What NAT leaves alone, or where no SYN was seen, both ends. */
const keyOf = ({ directions: [a, b] }: FlowFacts): string =>
  a.isn === null && b.isn === null ? `${a.from} ${b.from}` : `${a.isn} ${b.isn}`;

/** A host of a thousand devices: those with a connection that another has as well. */
function withCommon(places: readonly FlowFacts[][]): FlowFacts[][] {
  const common = commonTo(places);
  return places.filter((one) => one.some((flow) => common.has(keyOf(flow))));
}

/** Connections at more than one of the places. */
function commonTo(places: readonly (readonly FlowFacts[])[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const common = new Set<string>();
  for (const place of places) {
    const here = new Set(place.map(keyOf));
    for (const key of here) (seen.has(key) ? common : seen).add(key);
  }
  return common;
}
