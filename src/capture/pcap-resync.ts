import { LARGEST_FRAME } from './limits.js';
import { u32In } from './order.js';

/** Seconds a neighbouring record may lie away: a capture pauses for hours, not for weeks. */
const NEAR = 7 * 86_400;
/** Records in a row that must look right. */
const CHAIN = 3;

/**
 * The next place in `bytes` from `from` on where records follow one another plausibly, or -1.
 * A record is plausible when its time is near the last good one, its fraction below a second and its lengths agree.
 */
export function findRecord(
  bytes: Uint8Array,
  from: number,
  length: number,
  little: boolean,
  recordHeader: number,
  lastSeconds: number,
): number {
  for (let at = from; at + recordHeader <= length; at++) {
    let next = at;
    let good = 0;
    while (good < CHAIN && next + recordHeader <= length && plausible(bytes, next, little, lastSeconds)) {
      good += 1;
      next += recordHeader + u32In(bytes, next + 8, little);
    }
    if (good === CHAIN || (good > 0 && next === length)) return at;
  }
  return -1;
}

function plausible(bytes: Uint8Array, at: number, little: boolean, lastSeconds: number): boolean {
  const captured = u32In(bytes, at + 8, little);
  const original = u32In(bytes, at + 12, little);
  if (captured === 0 || captured > original || original > LARGEST_FRAME) return false;
  if (u32In(bytes, at + 4, little) >= 1e9) return false;
  return Number.isNaN(lastSeconds) || Math.abs(u32In(bytes, at, little) - lastSeconds) <= NEAR;
}
