import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import type { Script } from '../script.js';

/** What a box accepts, both ends included, octets. */
export type Range = readonly [lowest: number, highest: number];

/**
 * The MSS as a box takes it. Above its range the highest value is safe (a clamp only lowers) and is said;
 * below it nothing would be right.
 * @throws MtucalcError where the MSS is below the range.
 */
export function withinRange(out: Script, box: string, mss: number, [lowest, highest]: Range): number {
  if (mss < lowest) {
    throw new MtucalcError(
      'impossible',
      `${box} takes an MSS of ${lowest} to ${highest}; ${mss} is below it`,
      'raise the link MTU, leave one IP version out (--inner 4), or clamp on another box of the path',
    );
  }
  if (mss > highest)
    out.say(
      `note: ${box} takes at most ${highest}; ${mss} would fit, ${highest} is safe and wastes ${mss - highest} octets a segment`,
    );
  return Math.min(mss, highest);
}

/**
 * The plan with a tunnel MTU that the box takes: a smaller one than would fit is safe, and the MSS follows it down.
 * @throws MtucalcError where the tunnel MTU is below the range.
 */
export function withinMtu(out: Script, box: string, plan: ClampPlan, [lowest, highest]: Range): ClampPlan {
  if (plan.tunnelMtu < lowest) {
    throw new MtucalcError(
      'bad-value',
      `${box} takes an MTU of ${lowest} to ${highest}; ${plan.tunnelMtu} is below it`,
      'raise the link MTU, or set the MTU of the hosts',
    );
  }
  if (plan.tunnelMtu <= highest) return plan;
  out.say(`note: ${box} takes an MTU of at most ${highest}: that instead of the ${plan.tunnelMtu} that would fit`);
  const less = plan.tunnelMtu - highest;
  return { ...plan, tunnelMtu: highest, mss: { ipv4: plan.mss.ipv4 - less, ipv6: plan.mss.ipv6 - less } };
}
