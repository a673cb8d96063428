import { LENGTHS, type TunnelFlow } from '../log/tunnel-log.js';

/** Distinct outer lengths of whole packets, ascending. */
export function lengthsOf(flows: readonly TunnelFlow[]): number[] {
  const seen: number[] = [];
  for (let length = 0; length < LENGTHS - 1; length++) {
    if (flows.some((flow) => flow.lengths[length]! > 0)) seen.push(length);
  }
  return seen;
}

/** The greatest step that the lengths share; 0 for one length. */
export const stepOf = (lengths: readonly number[]): number =>
  lengths.reduce((divisor, length) => gcd(divisor, length - lengths[0]!), 0);

/** The widest padding that a step allows; few lengths share a multiple of it by chance. */
export const coarsest = (step: number): number => gcd(step, 16);

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
