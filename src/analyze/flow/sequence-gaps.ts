import { D, FLAG } from './flow-columns.js';

/** Gaps followed at once in one direction. */
export const GAPS = 4;

/** Data of this direction that was skipped: [start, end) in sequence space, not seen so far. */
export function openGap(words: Int32Array, d: number, start: number, end: number, frame: number): void {
  const count = words[d + D.GAP_COUNT]!;
  if (count === 0) {
    words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.GAP;
    words[d + D.GAP_FRAME] = frame;
    words[d + D.BEHIND] = 0;
    words[d + D.BEHIND_IP] = 0;
  }
  if (count >= GAPS) {
    // More holes than are followed: from here on, late data cannot be told from repeated data.
    words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.GAPS_LOST;
    return;
  }
  words[d + D.GAPS + count * 2] = start;
  words[d + D.GAPS + count * 2 + 1] = end;
  words[d + D.GAP_COUNT] = count + 1;
}

/** Late data: true where it fills a gap, or may. The gap shrinks, splits or closes. */
export function fillGap(words: Int32Array, d: number, seq: number, end: number): boolean {
  const count = words[d + D.GAP_COUNT]!;
  for (let index = 0; index < count; index++) {
    const at = d + D.GAPS + index * 2;
    const start = words[at]!;
    const stop = words[at + 1]!;
    if (((end - start) | 0) <= 0 || ((seq - stop) | 0) >= 0) continue;
    const left = ((seq - start) | 0) > 0;
    const right = ((stop - end) | 0) > 0;
    if (left) words[at + 1] = seq;
    if (left && right) openGap(words, d, end, stop, words[d + D.GAP_FRAME]!);
    else if (right) words[at] = end;
    else if (!left) removeGap(words, d, index);
    return true;
  }
  return (words[d + D.FLAGS]! & FLAG.GAPS_LOST) !== 0;
}

/** The receiver acknowledged up to `ack`: what is missing below was missing in this capture only. */
export function closeGaps(words: Int32Array, d: number, ack: number): void {
  for (let index = words[d + D.GAP_COUNT]! - 1; index >= 0; index--) {
    const at = d + D.GAPS + index * 2;
    if (((ack - words[at + 1]!) | 0) >= 0) removeGap(words, d, index);
    else if (((ack - words[at]!) | 0) > 0) words[at] = ack;
  }
}

function removeGap(words: Int32Array, d: number, index: number): void {
  const last = words[d + D.GAP_COUNT]! - 1;
  const from = d + D.GAPS + last * 2;
  const to = d + D.GAPS + index * 2;
  words[to] = words[from]!;
  words[to + 1] = words[from + 1]!;
  words[d + D.GAP_COUNT] = last;
  if (last === 0) words[d + D.FLAGS] = words[d + D.FLAGS]! & ~(FLAG.GAP | FLAG.GAPS_LOST);
}
