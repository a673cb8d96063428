import type { FrameRecord } from './frames.js';
import { midnights } from './stamp.js';

/** Seconds between packets whose time is not printed: they stand in order, and nothing is said of pauses. */
const NEXT = 1e-6;
/** With `-ttt` the clock runs back as often as forward. */
const OFTEN = 0.2;

/** Seconds of each frame on one clock: past midnight, deltas (`-ttt`), sections with clocks of their own, none at all. */
export function steadyTimes(records: readonly FrameRecord[], sections: readonly number[]): number[] {
  const known = records.map(({ time }) => time).filter((time): time is number => time !== null);
  const falls = known.filter((time, index) => index > 0 && time < (known[index - 1] as number)).length;
  const deltas = known[0] === 0 && falls > known.length * OFTEN;
  const start = known[0] ?? 0;
  let shift = 0;
  let last = start;
  let printed = start;
  let section = -1;
  return records.map(({ time, place }) => {
    if (time === null) last += NEXT;
    else if (deltas) last += time;
    else {
      if (sections[place] !== section) {
        section = sections[place] ?? 0;
        // A clock that begins before the first one: the two are not compared.
        shift = Math.max(0, start - time);
        printed = time;
      }
      shift += midnights(printed, time);
      printed = time;
      last = time + shift;
    }
    return last;
  });
}
