import { type Columns, D, FLAG, T } from './flow-columns.js';
import { CLOCK, type Segment } from './segment.js';
import { ETHERNET_MTU } from './sizes.js';

const LEAST_GRACE_SECONDS = 0.1;
/** So long after a PTB a sender may try a larger size again (RFC 1191 6.3, RFC 8201 4: 5 minutes; Linux 10). */
export const TRY_AGAIN_SECONDS = 300;

/**
 * The size of one data packet against what is known by now: the peer's MSS, the Packet Too Big messages, what has
 * already arrived. `p` is -1 for a flow without a peer's MSS (UDP); `again` marks a retransmission.
 */
export function noteSize(columns: Columns, d: number, dt: number, p: number, segment: Segment, again: boolean): void {
  const { words } = columns;
  const { ipLength, payload, frame } = segment;
  if (ipLength > words[d + D.LARGEST_IP]!) {
    words[d + D.LARGEST_IP] = ipLength;
    words[d + D.LARGEST_PAYLOAD] = payload;
    words[d + D.LARGEST_FRAME] = frame;
    words[d + D.AT_LARGEST] = 1;
    words[d + D.OPTIONS] = segment.options;
  } else if (ipLength === words[d + D.LARGEST_IP]) {
    words[d + D.AT_LARGEST] = words[d + D.AT_LARGEST]! + 1;
  }
  if (segment.df) words[d + D.WITH_DF] = words[d + D.WITH_DF]! + 1;
  else words[d + D.WITHOUT_DF] = words[d + D.WITHOUT_DF]! + 1;

  const merged = isMerged(words, d, p, segment);
  if (merged) {
    words[d + D.MERGED] = words[d + D.MERGED]! + 1;
    words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.RARE;
    if (ipLength > words[d + D.MERGED_LARGEST]!) {
      words[d + D.MERGED_LARGEST] = ipLength;
      words[d + D.MERGED_FRAME] = frame;
    }
  }
  if (p >= 0) {
    const mss = words[p + D.MSS]!;
    if (mss > 0 && payload > mss && !merged) noteAboveMss(words, d, segment, again);
    if (!merged) notePending(words, d, segment, again);
  }
  if (words[d + D.PTB]! > 0 && !merged) noteAgainstPtb(columns, d, dt, segment);
}

/** Longer than the largest packet its sender's own link carries: put together by offload, never on a wire so. */
function isMerged(words: Int32Array, d: number, p: number, segment: Segment): boolean {
  if (p < 0 || segment.ipLength <= ETHERNET_MTU) return false;
  const own = words[d + D.MSS]!;
  const fixed = segment.ipLength - segment.payload - segment.options;
  const mss = words[p + D.MSS]!;
  return segment.ipLength > Math.max(ETHERNET_MTU, own + fixed) || (mss > 0 && segment.payload > mss * 2);
}

function noteAboveMss(words: Int32Array, d: number, segment: Segment, again: boolean): void {
  const { payload, seq, frame } = segment;
  if (words[d + D.ABOVE_MSS] === 0) words[d + D.ABOVE_FRAME] = frame;
  words[d + D.ABOVE_MSS] = words[d + D.ABOVE_MSS]! + 1;
  if (payload > words[d + D.ABOVE_LARGEST]!) words[d + D.ABOVE_LARGEST] = payload;
  if (segment.partial) words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.ABOVE_PARTIAL;
  if (again) words[d + D.ABOVE_AGAIN] = words[d + D.ABOVE_AGAIN]! + 1;
  words[d + D.ABOVE_SEQ] = seq;
  words[d + D.ABOVE_END] = (seq + payload) | 0;
}

/** One packet larger than all that arrived so far is watched until it is acknowledged, or cut into smaller pieces. */
function notePending(words: Int32Array, d: number, segment: Segment, again: boolean): void {
  const { seq, payload, ipLength } = segment;
  const flags = words[d + D.FLAGS]!;
  const end = (seq + payload) | 0;
  if (flags & FLAG.PEND) {
    const held = words[d + D.PEND_IP]!;
    const overlaps = ((words[d + D.PEND_END]! - seq) | 0) > 0 && ((end - words[d + D.PEND_SEQ]!) | 0) > 0;
    if (overlaps && ipLength < held) words[d + D.FLAGS] = flags & ~FLAG.PEND;
    if (ipLength <= held) return;
  }
  if (ipLength <= words[d + D.DELIVERED_IP]!) return;
  // Octets that were sent before in another cut would be acknowledged by either.
  if (again && !(flags & FLAG.PEND)) return;
  const now = words[d + D.FLAGS]!;
  words[d + D.FLAGS] = now | FLAG.PEND;
  if (now & FLAG.PEND && !(now & FLAG.PREVIOUS)) {
    words[d + D.FLAGS] = now | FLAG.PREVIOUS;
    words[d + D.PREVIOUS_END] = words[d + D.PEND_END]!;
    words[d + D.PREVIOUS_IP] = words[d + D.PEND_IP]!;
  }
  words[d + D.PEND_SEQ] = seq;
  words[d + D.PEND_END] = end;
  words[d + D.PEND_IP] = ipLength;
}

/** After a Packet Too Big: still above it once a round trip has passed, or at or below it, and since when? */
function noteAgainstPtb({ words, times }: Columns, d: number, dt: number, segment: Segment): void {
  const { ipLength, frame, clock } = segment;
  const time = clock[CLOCK.NOW]!;
  const rtt = clock[CLOCK.RTT]!;
  const mtu = words[d + D.PTB_MTU]!;
  if (words[d + D.PTB_ODD]! > 0 && ipLength > words[d + D.AFTER_ODD]!) {
    if (time - times[dt + T.ODD]! > Math.max(rtt, LEAST_GRACE_SECONDS)) words[d + D.AFTER_ODD] = ipLength;
  }
  if (mtu === 0) return;
  if (ipLength > mtu) {
    const since = time - times[dt + T.PTB]!;
    if (
      since <= Math.max(rtt * 1.5, LEAST_GRACE_SECONDS) ||
      (since >= TRY_AGAIN_SECONDS && words[d + D.SHRUNK_TO]! > 0)
    ) {
      words[d + D.OVER_GRACE] = words[d + D.OVER_GRACE]! + 1;
      return;
    }
    if (words[d + D.OVER_AFTER] === 0) words[d + D.OVER_FRAME] = frame;
    words[d + D.OVER_AFTER] = words[d + D.OVER_AFTER]! + 1;
    words[d + D.OVER_LAST_FRAME] = frame;
  } else if (ipLength > words[d + D.SHRUNK_TO]!) {
    if (words[d + D.SHRUNK_TO] === 0) {
      words[d + D.SHRUNK_FRAME] = frame;
      times[dt + T.SHRUNK] = time;
    }
    words[d + D.SHRUNK_TO] = ipLength;
  }
}
