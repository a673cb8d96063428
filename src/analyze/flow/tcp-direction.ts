import { type Columns, D, FLAG, T } from './flow-columns.js';
import { CLOCK, type Segment, TCP } from './segment.js';
import { fillGap, openGap } from './sequence-gaps.js';
import { noteSize } from './size-watch.js';
import { SMALL_PACKET } from './sizes.js';
import { acknowledge } from './tcp-acknowledge.js';
import { noteRetransmission } from './tcp-run.js';

/**
 * Accounts one TCP segment. `d`/`dt` are where the words and times of the sender's direction start, `p`/`pt` the
 * peer's (RFC 9293 sequence arithmetic throughout).
 * Returns false where the frame is a second copy of one already counted.
 */
export function accountTcp(columns: Columns, d: number, dt: number, p: number, pt: number, segment: Segment): boolean {
  const { words } = columns;
  const { seq, payload, flags } = segment;
  let mine = words[d + D.FLAGS]!;
  if (flags & TCP.SYN) {
    mine = noteSyn(columns, d, dt, segment, mine);
  } else if (payload > 0) {
    if (isCopy(words, d, segment)) {
      words[d + D.DUPLICATES] = words[d + D.DUPLICATES]! + 1;
      return false;
    }
    noteData(columns, d, dt, p, segment, mine);
    mine = words[d + D.FLAGS]!;
  } else if (!(mine & FLAG.SEQ)) {
    mine |= FLAG.SEQ;
    words[d + D.NEXT] = seq;
    words[d + D.UNA] = seq;
  }
  if (flags & TCP.FIN) mine |= FLAG.FIN;
  if (flags & TCP.RST) mine |= FLAG.RST;
  words[d + D.FLAGS] = mine;
  words[d + D.PACKETS] = words[d + D.PACKETS]! + 1;
  if (flags & TCP.ACK && !(flags & TCP.RST)) acknowledge(columns, d, p, pt, segment);
  return true;
}

function noteSyn({ words, times }: Columns, d: number, dt: number, segment: Segment, held: number): number {
  let mine = held | (segment.flags & TCP.ACK ? FLAG.SYN_ACK : FLAG.SYN);
  const { mss, seq } = segment;
  if (mss > 0 && (words[d + D.MSS] === 0 || mss < words[d + D.MSS]!)) {
    words[d + D.MSS] = mss;
    words[d + D.MSS_FRAME] = segment.frame;
  }
  if (mss === 0) mine |= FLAG.NO_MSS;
  if (segment.sackPermitted) mine |= FLAG.SACK_PERMITTED;
  words[d + D.SYN_TTL] = segment.ttl;
  if (!(mine & FLAG.SEQ)) {
    mine |= FLAG.SEQ;
    words[d + D.ISN] = seq;
    words[d + D.NEXT] = (seq + 1) | 0;
    words[d + D.UNA] = (seq + 1) | 0;
    times[dt + T.SYN] = segment.clock[CLOCK.NOW]!;
  }
  return mine;
}

function noteData(columns: Columns, d: number, dt: number, p: number, segment: Segment, held: number): void {
  const { words, times } = columns;
  const { seq, payload, frame } = segment;
  const end = (seq + payload) | 0;
  words[d + D.SEGMENTS] = words[d + D.SEGMENTS]! + 1;
  times[dt + T.OCTETS] = times[dt + T.OCTETS]! + payload;
  if (!(held & FLAG.SEQ)) {
    words[d + D.FLAGS] = held | FLAG.SEQ;
    words[d + D.NEXT] = end;
    words[d + D.UNA] = seq;
    noteSize(columns, d, dt, p, segment, false);
    return;
  }
  const ahead = (seq - words[d + D.NEXT]!) | 0;
  let again = false;
  if (ahead >= 0) {
    if (ahead > 0) openGap(words, d, words[d + D.NEXT]!, seq, frame);
    words[d + D.NEXT] = end;
    if (segment.ipLength <= SMALL_PACKET) {
      words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.SMALL;
      words[d + D.SMALL_END] = end;
    }
    if (words[d + D.RUN_COUNT]! > 0 && segment.ipLength * 2 < words[d + D.RUN_IP]!) {
      words[d + D.RUN_SMALL] = words[d + D.RUN_SMALL]! + 1;
    }
  } else if (held & FLAG.GAP && fillGap(words, d, seq, end)) {
    words[d + D.FILLED] = words[d + D.FILLED]! + 1;
  } else {
    again = true;
    if (((end - words[d + D.NEXT]!) | 0) > 0) words[d + D.NEXT] = end;
    noteRetransmission(columns, d, dt, segment);
  }
  noteSize(columns, d, dt, p, segment, again);
}

const RING_WORDS = D.RING_AT - D.RING;

/** A mirror port or several devices can show one frame twice: same sequence, IP identification and checksum. */
function isCopy(words: Int32Array, d: number, segment: Segment): boolean {
  const hash =
    (segment.seq ^ Math.imul(segment.ipId + 1, 0x9e3779b1) ^ Math.imul(segment.checksum + 1, 0x85ebca6b)) | 0;
  const late = words[d + D.FLAGS]! & FLAG.SEQ && ((segment.seq - words[d + D.NEXT]!) | 0) < 0;
  // Without an identification (IPv6, or DF with 0) a retransmission without timestamps looks the same.
  const known = segment.ipId !== 0 || segment.options > 0;
  if (late && known) {
    for (let index = 0; index < RING_WORDS; index++) if (words[d + D.RING + index] === hash) return true;
  }
  const at = words[d + D.RING_AT]!;
  words[d + D.RING + at] = hash;
  words[d + D.RING_AT] = (at + 1) % RING_WORDS;
  return false;
}
