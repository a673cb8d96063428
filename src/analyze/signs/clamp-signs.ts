import { fixedHeaders } from '../../mtu/mss.js';
import type { CaptureFacts } from '../facts.js';
import { type DirectionFacts, type FlowFacts, otherSide, reverseOf } from '../flow/flow-facts.js';

/** The MSS of one SYN at two capture points of the same file. */
export interface Rewrite {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  readonly before: number;
  readonly after: number;
  readonly beforeFrame: number;
  readonly afterFrame: number;
  /** The answering SYN, where it too was seen at two points. */
  readonly back: { readonly before: number; readonly after: number } | null;
}

/** Connections of which both sides of a clamp are in the file, with at least one MSS lowered between them. */
export function rewrites(capture: CaptureFacts): Rewrite[] {
  if (capture.capturePoints < 2) return [];
  const connections = new Map<string, FlowFacts[]>();
  for (const flow of capture.flows) {
    if (flow.protocol !== 'tcp') continue;
    const key = `${flow.directions[0].from} ${flow.directions[0].to}`;
    const held = connections.get(key);
    if (held) held.push(flow);
    else connections.set(key, [flow]);
  }
  const found: Rewrite[] = [];
  for (const flows of connections.values()) {
    if (flows.length < 2) continue;
    for (const side of [0, 1] as const) {
      const here = spanOf(flows, side);
      const back = spanOf(flows, otherSide(side));
      if (!here || here.low === here.high) continue;
      found.push({
        from: here.lowest.from,
        to: here.lowest.to,
        family: flows[0]!.family,
        before: here.high,
        after: here.low,
        beforeFrame: here.highest.mssFrame,
        afterFrame: here.lowest.mssFrame,
        back: back ? { before: back.high, after: back.low } : null,
      });
    }
  }
  return found;
}

function spanOf(flows: readonly FlowFacts[], side: 0 | 1) {
  const seen = flows.map(({ directions }) => directions[side]).filter(({ mss }) => mss !== null);
  if (seen.length < 2) return undefined;
  const sorted = seen.sort((left, right) => left.mss! - right.mss!);
  const lowest = sorted[0]!;
  const highest = sorted[sorted.length - 1]!;
  return { low: lowest.mss!, high: highest.mss!, lowest, highest };
}

/** Full segments of one size say what the sender's limit is; this many make it one. */
const LEAST_FULL = 3;

/** The MSS a sender evidently works with, although its peer announced more. */
export function worksWith(flow: FlowFacts, side: 0 | 1): number | undefined {
  const sender: DirectionFacts = flow.directions[side];
  const announced = reverseOf(flow, side).mss;
  if (announced === null || sender.mss === null || sender.merged || sender.ptb || sender.oddPtb) return undefined;
  if (sender.atLargest < LEAST_FULL || sender.atLargest * 2 < sender.segments) return undefined;
  const works = sender.largestIp - fixedHeaders(flow.family);
  return works < 1000 || works >= announced || works > sender.mss ? undefined : works;
}

/**
 * As `worksWith`, and its own link carries more: somebody lowered the MSS of the peer's SYN behind this capture point.
 */
export function loweredBehind(flow: FlowFacts, side: 0 | 1): number | undefined {
  const works = worksWith(flow, side);
  return works === undefined || works >= flow.directions[side].mss! ? undefined : works;
}

/** `10.0.0.1:443` and `[fd00::1]:443` without the port. */
export const hostOf = (endpoint: string): string => endpoint.slice(0, endpoint.lastIndexOf(':'));
