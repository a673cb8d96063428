import { timesAt, wordsAt } from './direction-place.js';
import { D, FLAG, T } from './flow-columns.js';
import type { FlowTable } from './flow-table.js';
import { NOTABLE } from './flow-totals.js';
import { MOST_REQUEST } from './sizes.js';

/** Anything a detector could say something about. */
export function isNotable(words: Int32Array, d: number, rare: boolean): boolean {
  return (
    words[d + D.PTB]! > 0 ||
    words[d + D.RUN_COUNT]! > 1 ||
    (words[d + D.FLAGS]! & (FLAG.PROBED | FLAG.WAS_SHUT)) !== 0 ||
    words[d + D.ABOVE_MSS]! > 0 ||
    words[d + D.SACK_BLOCKS]! > 0 ||
    words[d + D.RETRANSMITTED]! >= NOTABLE.retransmitted ||
    (words[d + D.FLAGS]! & FLAG.GAP) !== 0 ||
    (rare &&
      (words[d + D.STALL_COUNT]! > 0 ||
        words[d + D.PTB_BEHIND]! > 0 ||
        words[d + D.LATE_OCTETS]! > 0 ||
        words[d + D.MERGED]! > 0))
  );
}

/** Handshake, at most a request, then nothing: of what would come next nothing is known. */
export function isMute({ words, times }: FlowTable, row: number): boolean {
  const a = wordsAt(row, 0);
  const b = wordsAt(row, 1);
  const flags = words[a + D.FLAGS]! | words[b + D.FLAGS]!;
  if ((flags & FLAG.SYN_ACK) === 0) return false;
  if (words[a + D.SEGMENTS]! > 0 && words[b + D.SEGMENTS]! > 0) return false;
  return times[timesAt(row, 0) + T.OCTETS]! + times[timesAt(row, 1) + T.OCTETS]! <= MOST_REQUEST;
}
