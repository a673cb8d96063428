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
  const places = [...points.values()].slice(0, MOST_POINTS);
  return places.flatMap((one, index) =>
    places.slice(index + 1).flatMap((other) => pairFlows({ flows: one }, { flows: other })),
  );
}
