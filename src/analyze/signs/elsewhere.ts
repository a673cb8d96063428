import type { CaptureFacts } from '../facts.js';
import type { DirectionFacts, FlowFacts } from '../flow/flow-facts.js';
import { boundBetween } from '../flow/path-bounds.js';
import { hostOf } from './clamp-signs.js';

/**
 * Largest packet that other flows of the same two hosts got through in the same direction, and not only before `since`
 * (seconds; 0: at any time): 0 where nothing is proven. A path may have changed before a flow got stuck.
 */
export function arrivedElsewhere(
  capture: CaptureFacts,
  flow: FlowFacts,
  { from, to }: DirectionFacts,
  since: number,
): number {
  const path = boundBetween(capture.paths, hostName(from), hostName(to));
  if (!path) return 0;
  const own = path.flow === flow.firstFrame;
  const [arrived, last] = own ? [path.elsewhere, path.elsewhereLast] : [path.arrived, path.last];
  return since === 0 || last >= since ? arrived : 0;
}

/**
 * Flows from one host to one port of another that sent packets of `size` octets and more: how many, and how many got
 * one through.
 */
export function fateOfPort(
  capture: CaptureFacts,
  { from, to }: DirectionFacts,
  size: number,
): { sent: number; arrived: number } {
  const found = { sent: 0, arrived: 0 };
  for (const flow of capture.flows) {
    for (const one of flow.directions) {
      if (one.to !== to || hostOf(one.from) !== hostOf(from) || one.largestIp < size) continue;
      found.sent++;
      if (one.deliveredIp >= size) found.arrived++;
    }
  }
  return found;
}

/** `10.0.0.1:443` and `[fd00::1]:443` as the bare address. */
export const hostName = (endpoint: string): string => hostOf(endpoint).replace(/^\[|\]$/g, '');
