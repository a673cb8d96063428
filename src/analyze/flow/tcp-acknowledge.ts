import { type Columns, D, FLAG } from './flow-columns.js';
import type { Segment } from './segment.js';
import { closeGaps } from './sequence-gaps.js';
import { endRun } from './tcp-run.js';

/** What the acknowledgement in this segment (direction `d`) says about the peer's data (direction `p`). */
export function acknowledge(columns: Columns, d: number, p: number, pt: number, segment: Segment): void {
  const { words } = columns;
  const { ack } = segment;
  const flags = words[p + D.FLAGS]!;
  if (!(flags & FLAG.SEQ)) {
    // Only this side is visible: the acknowledgements are all that is known of the other.
    words[p + D.FLAGS] = flags | FLAG.SEQ | FLAG.ACKED;
    words[p + D.NEXT] = ack;
    words[p + D.UNA] = ack;
    return;
  }
  const progress = flags & FLAG.ACKED ? (ack - words[p + D.UNA]!) | 0 : 1;
  words[p + D.FLAGS] = flags | FLAG.ACKED;
  if (progress > 0) {
    advance(columns, d, p, pt, segment);
  } else {
    if (segment.payload === 0) words[p + D.FLAGS] = words[p + D.FLAGS]! | FLAG.ECHOED;
    if (words[p + D.RUN_COUNT]! > 0) words[p + D.RUN_LIFE] = words[p + D.RUN_LIFE]! + 1;
  }
  if (segment.sackCount > 0) noteSack(words, d, p, segment);
  const zero = segment.window === 0;
  const mine = words[d + D.FLAGS]!;
  words[d + D.FLAGS] = zero ? mine | FLAG.ZERO_WINDOW | FLAG.WAS_SHUT : mine & ~FLAG.ZERO_WINDOW;
}

function advance(columns: Columns, d: number, p: number, pt: number, segment: Segment): void {
  const { words } = columns;
  const { ack } = segment;
  words[p + D.UNA] = ack;
  if (((ack - words[p + D.NEXT]!) | 0) > 0) {
    // Acknowledged before it is seen: it may still come, one queue behind, and is then no repetition.
    words[p + D.UNSEEN_FROM] = words[p + D.NEXT]!;
    words[p + D.UNSEEN_TO] = ack;
    words[p + D.NEXT] = ack;
  }
  const flags = words[p + D.FLAGS]! & ~FLAG.ECHOED;
  words[p + D.FLAGS] = flags;
  if (flags & FLAG.RUN && ((ack - words[p + D.RUN_SEQ]!) | 0) > 0) endRun(columns, p, pt, segment);
  if (flags & FLAG.PEND && ((ack - words[p + D.PEND_END]!) | 0) >= 0) delivered(words, p);
  if (flags & FLAG.PREVIOUS && ((ack - words[p + D.PREVIOUS_END]!) | 0) >= 0) {
    words[p + D.FLAGS] = words[p + D.FLAGS]! & ~FLAG.PREVIOUS;
    if (words[p + D.PREVIOUS_IP]! > words[p + D.DELIVERED_IP]!) words[p + D.DELIVERED_IP] = words[p + D.PREVIOUS_IP]!;
  }
  if (flags & FLAG.GAP) closeGaps(words, p, ack);
  if (
    words[p + D.ABOVE_MSS]! > 0 &&
    ((ack - words[p + D.ABOVE_SEQ]!) | 0) > 0 &&
    ((words[p + D.ABOVE_END]! - ack) | 0) > 0
  ) {
    words[p + D.ABOVE_SPLIT] = words[p + D.ABOVE_SPLIT]! + 1;
  }
  if (words[d + D.SACK_BLOCKS] !== 0) {
    words[d + D.SACK_BLOCKS] = 0;
    words[d + D.SACK_LONGEST] = 0;
    words[d + D.SACK_HOLE] = 0;
  }
}

function delivered(words: Int32Array, p: number): void {
  if (words[p + D.PEND_IP]! > words[p + D.DELIVERED_IP]!) words[p + D.DELIVERED_IP] = words[p + D.PEND_IP]!;
  words[p + D.FLAGS] = words[p + D.FLAGS]! & ~FLAG.PEND;
}

/** RFC 2018 blocks: how long the received pieces are, and how large the smallest hole before or between them. */
function noteSack(words: Int32Array, d: number, p: number, segment: Segment): void {
  const { sack, sackCount, ack } = segment;
  let longest = 0;
  let hole = 0;
  let blocks = 0;
  let short = 1;
  for (let index = 0; index < sackCount; index++) {
    const left = sack[index * 2]!;
    const right = sack[index * 2 + 1]!;
    const length = (right - left) | 0;
    // At or below the acknowledgement: a duplicate report (RFC 2883), no hole.
    if (((left - ack) | 0) <= 0 || length <= 0) continue;
    blocks++;
    if (length > longest) longest = length;
    if (((left - words[p + D.SHORT_FROM]!) | 0) < 0 || ((words[p + D.SHORT_TO]! - right) | 0) < 0) short = 0;
    let before = (left - ack) | 0;
    for (let other = 0; other < sackCount; other++) {
      const gap = (left - sack[other * 2 + 1]!) | 0;
      if (gap > 0 && gap < before) before = gap;
    }
    if (hole === 0 || before < hole) hole = before;
    const flags = words[p + D.FLAGS]!;
    if (
      flags & FLAG.PEND &&
      ((words[p + D.PEND_SEQ]! - left) | 0) >= 0 &&
      ((right - words[p + D.PEND_END]!) | 0) >= 0
    ) {
      delivered(words, p);
    }
  }
  if (blocks === 0) return;
  words[d + D.SACKS] = words[d + D.SACKS]! + 1;
  words[d + D.SACK_BLOCKS] = blocks;
  words[d + D.SACK_LONGEST] = longest;
  words[d + D.SACK_HOLE] = hole;
  words[d + D.SACK_SHORT] = short;
  words[d + D.SACK_FRAME] = segment.frame;
}
