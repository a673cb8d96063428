import { MtucalcError } from '../../error.js';
import type { Script } from '../script.js';

/** What a box accepts as MSS, both ends included. */
export type MssRange = readonly [lowest: number, highest: number];

/**
 * The MSS as a box takes it. Above its range the highest value is safe (a clamp only lowers) and is said;
 * below it nothing would be right.
 * @throws MtucalcError where the MSS is below the range.
 */
export function withinRange(out: Script, box: string, mss: number, [lowest, highest]: MssRange): number {
  if (mss < lowest) {
    throw new MtucalcError(
      'impossible',
      `${box} takes an MSS of ${lowest} to ${highest}; ${mss} is below it`,
      'raise the link MTU, or clamp on another box of the path',
    );
  }
  if (mss > highest)
    out.say(
      `note: ${box} takes at most ${highest}; ${mss} would fit, ${highest} is safe and wastes ${mss - highest} octets a segment`,
    );
  return Math.min(mss, highest);
}
