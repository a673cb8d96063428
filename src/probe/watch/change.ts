import { blackHoleIn, isAnswered, isDecided, type MeasuredReading, type Reading } from './reading.js';

/**
 * What differs between a path as it was known and as it is now.
 *
 *   worse    proven: smaller than before, or packets now vanish where a router spoke
 *   better   the other way round
 *   other    decided both times and different, by another family or another host of the name: neither better nor worse
 *   silent   no answer any more, which proves nothing of the path's MTU
 *   answers  an answer again, and the same number
 */
export type ChangeKind = 'worse' | 'better' | 'other' | 'silent' | 'answers';

export interface Change {
  readonly target: string;
  /** Which family was asked for; null: whichever the name has. */
  readonly family: 4 | 6 | null;
  /** Unix seconds. */
  readonly at: number;
  readonly kind: ChangeKind;
  /** What is compared: the last measurement that decided something, and the newest. */
  readonly before: Reading;
  readonly after: Reading;
}

/** Broken PMTUD: packets vanish, or a router names a size that does not pass. */
const isBroken = ({ verdict }: MeasuredReading): boolean => blackHoleIn(verdict) === 1 || verdict === 'lying-ptb';
const answers = (reading: Reading): boolean => !('error' in reading) && isAnswered(reading.verdict);

/**
 * What the newest measurement changes. `base` is the last one that decided something, `last` the one before this.
 * Two bounds that overlap prove no change; a measurement that is undecided, lossy or silent is none.
 */
export function changeKind(base: Reading | null, last: Reading | null, now: Reading): ChangeKind | null {
  if (!answers(now)) return last !== null && answers(last) ? 'silent' : null;
  const back = last !== null && !answers(last) && base !== null ? 'answers' : null;
  if (base === null || !isDecided(base) || !isDecided(now)) return back;
  // Another family is another path.
  if (base.family !== now.family) return 'other';
  // So is another host of the same name: what differs is told, and proves nothing worse.
  if (base.address !== now.address) return now.high < base.low || now.low > base.high ? 'other' : back;
  if (now.high < base.low) return 'worse';
  // What an engine cannot see is no news: only the same one, asking by the same protocol, tells a hole from none.
  const comparable = base.engine === now.engine && base.protocol === now.protocol;
  if (comparable && isBroken(now) && !isBroken(base)) return 'worse';
  if (now.low > base.high) return 'better';
  if (comparable && isBroken(base) && !isBroken(now)) return 'better';
  return back;
}
