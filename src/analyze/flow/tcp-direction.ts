import { type Columns, D, FLAG, LONG_PAUSE, SHORTER, T } from './flow-columns.js';
import { isCopy, type SeenSegments } from './seen-segments.js';
import { CLOCK, type Segment, TCP } from './segment.js';
import { fillGap, openGap } from './sequence-gaps.js';
import { noteSize } from './size-watch.js';
import { SMALL_PACKET } from './sizes.js';
import { acknowledge } from './tcp-acknowledge.js';
import { endRun, noteRetransmission } from './tcp-run.js';

/** A gap this soon behind a long pause: what is missing was sent during the pause, seconds. */
const SOON = 0.5;
/** What fills a gap sooner was out of order, seconds. */
const LEAST_LATE = 0.003;

/**
 * Accounts one TCP segment. `d`/`dt` are where the words and times of the sender's direction start, `p`/`pt` the
 * peer's (RFC 9293 sequence arithmetic throughout).
 * Returns false where the frame is a second copy of one already counted.
 */
export function accountTcp(
  columns: Columns,
  seen: SeenSegments,
  d: number,
  dt: number,
  p: number,
  pt: number,
  segment: Segment,
): boolean {
  const { words } = columns;
  const { seq, payload, flags } = segment;
  let mine = words[d + D.FLAGS]!;
  words[p + D.FLAGS] = words[p + D.FLAGS]! & ~FLAG.PROBED;
  if (flags & TCP.SYN) {
    mine = noteSyn(columns, d, dt, segment, mine);
  } else if (isKeepAlive(words, d, segment, mine)) {
    words[d + D.KEEPALIVES] = mine & FLAG.PROBED ? words[d + D.KEEPALIVES]! + 1 : 1;
    mine |= FLAG.PROBED;
  } else if (payload > 0) {
    if (isCopy(words, d, segment, seen)) {
      words[d + D.DUPLICATES] = words[d + D.DUPLICATES]! + 1;
      return false;
    }
    noteData(columns, d, dt, p, segment, mine);
    mine = words[d + D.FLAGS]!;
  } else if (!(mine & FLAG.SEQ)) {
    mine |= FLAG.SEQ;
    words[d + D.NEXT] = seq;
    words[d + D.UNA] = seq;
  } else if (!(flags & TCP.RST) && ((seq - words[d + D.NEXT]!) | 0) > (mine & FLAG.FIN ? 1 : 0)) {
    // A bare acknowledgement names the next octet of its sender as well: what lies before it was sent, and is not here.
    noteGap(columns, d, dt, segment);
    words[d + D.NEXT] = seq;
    mine = words[d + D.FLAGS]!;
  }
  if (flags & TCP.FIN) {
    mine |= FLAG.FIN;
    if (segment.ipLength <= SMALL_PACKET) {
      mine = (mine | FLAG.SMALL) & ~FLAG.ECHOED;
      words[d + D.SMALL_END] = (seq + payload + 1) | 0;
    }
  }
  if (flags & TCP.RST) mine |= FLAG.RST;
  words[d + D.FLAGS] = mine;
  words[d + D.PACKETS] = words[d + D.PACKETS]! + 1;
  if (flags & TCP.ACK && !(flags & TCP.RST)) acknowledge(columns, d, p, pt, segment);
  return true;
}

/** One below the next sequence number, with one octet of garbage or none, and nothing awaited (RFC 9293 3.8.4). */
function isKeepAlive(words: Int32Array, d: number, { seq, payload, flags }: Segment, mine: number): boolean {
  if (payload > 1 || !(mine & FLAG.SEQ) || flags & (TCP.FIN | TCP.RST) || ((seq + 1) | 0) !== words[d + D.NEXT]) {
    return false;
  }
  return !(mine & FLAG.ACKED) || ((words[d + D.NEXT]! - words[d + D.UNA]!) | 0) <= 0;
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
  const { seq, payload, clock } = segment;
  const end = (seq + payload) | 0;
  words[d + D.SEGMENTS] = words[d + D.SEGMENTS]! + 1;
  times[dt + T.OCTETS] = times[dt + T.OCTETS]! + payload;
  if (clock[CLOCK.PAUSE]! >= LONG_PAUSE) {
    times[dt + T.RESUMED] = clock[CLOCK.NOW]!;
    times[dt + T.PAUSE] = clock[CLOCK.PAUSE]!;
  }
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
    if (ahead > 0) noteGap(columns, d, dt, segment);
    noteNew(columns, d, dt, segment, end);
  } else if (held & FLAG.GAP && fillGap(words, d, seq, end)) {
    // A place or two out of order is no loss.
    if (clock[CLOCK.NOW]! - times[dt + T.GAP]! > Math.max(LEAST_LATE, clock[CLOCK.RTT]! / 2)) {
      words[d + D.FILLED] = words[d + D.FILLED]! + 1;
      words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.RARE;
    }
    if (segment.ipLength > words[d + D.LATE_IP]!) words[d + D.LATE_IP] = segment.ipLength;
  } else {
    again = !isUnseen(words, d, seq);
    if (((end - words[d + D.NEXT]!) | 0) > 0) words[d + D.NEXT] = end;
    if (again) noteRetransmission(columns, d, dt, p, segment);
  }
  if (words[d + D.FLAGS]! & FLAG.GAP && ahead >= 0) {
    words[d + D.BEHIND] = words[d + D.BEHIND]! + 1;
    if (segment.ipLength > words[d + D.BEHIND_IP]!) words[d + D.BEHIND_IP] = segment.ipLength;
  }
  noteSize(columns, d, dt, p, segment, again);
}

/** New data, next in sequence or behind a gap. */
function noteNew(columns: Columns, d: number, dt: number, segment: Segment, end: number): void {
  const { words } = columns;
  const flags = words[d + D.FLAGS]!;
  words[d + D.NEXT] = end;
  // Without an acknowledgement in view, a sender that goes on has had one.
  if (flags & FLAG.RUN && !(flags & FLAG.ACKED)) endRun(columns, d, dt, segment);
  if (segment.ipLength + SHORTER < words[d + D.LARGEST_IP]!) {
    if (segment.seq !== words[d + D.SHORT_TO]) words[d + D.SHORT_FROM] = segment.seq;
    words[d + D.SHORT_TO] = end;
  }
  if (segment.ipLength <= SMALL_PACKET) {
    words[d + D.FLAGS] = (words[d + D.FLAGS]! | FLAG.SMALL) & ~FLAG.ECHOED;
    words[d + D.SMALL_END] = end;
  }
  if (words[d + D.RUN_COUNT]! > 0 && segment.ipLength * 2 < words[d + D.RUN_IP]!) {
    words[d + D.RUN_SMALL] = words[d + D.RUN_SMALL]! + 1;
  }
}

/** Data that was skipped before this segment; right behind a long pause it was sent, and lost, during the pause. */
function noteGap({ words, times }: Columns, d: number, dt: number, segment: Segment): void {
  const { seq, frame, clock } = segment;
  const start = words[d + D.NEXT]!;
  const now = clock[CLOCK.NOW]!;
  if (!(words[d + D.FLAGS]! & FLAG.GAP)) times[dt + T.GAP] = now;
  openGap(words, d, start, seq, frame);
  if (times[dt + T.RESUMED] === 0 || now - times[dt + T.RESUMED]! > SOON) return;
  if (times[dt + T.PAUSE]! <= times[dt + T.LATE]!) return;
  times[dt + T.LATE] = times[dt + T.PAUSE]!;
  words[d + D.LATE_OCTETS] = (seq - start) | 0;
  words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.RARE;
  words[d + D.LATE_FRAME] = frame;
  words[d + D.LATE_IP] = 0;
}

/** Whether this segment begins in octets that were acknowledged before any of them was seen. */
function isUnseen(words: Int32Array, d: number, seq: number): boolean {
  const from = words[d + D.UNSEEN_FROM]!;
  const to = words[d + D.UNSEEN_TO]!;
  return from !== to && ((seq - from) | 0) >= 0 && ((to - seq) | 0) > 0;
}
