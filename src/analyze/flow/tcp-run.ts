import { type Columns, D, FLAG, T } from './flow-columns.js';
import { CLOCK, type Segment } from './segment.js';
import { ETHERNET_MTU } from './sizes.js';

/** Two copies of the first unacknowledged segment closer than this are no timeouts (RFC 6298 has 1 s, Linux 0.2 s). */
const TIMEOUT_SECONDS = 0.1;
/** Retransmissions closer together belong to one loss, where the round trip is not known to be longer. */
const LEAST_APART_SECONDS = 0.03;

/**
 * A retransmission by this direction. The first unacknowledged segment sent again after each timeout is a run: the
 * evidence for a black hole, and for a sender that then tries something smaller (RFC 4821).
 */
export function noteRetransmission(
  { words, times }: Columns,
  d: number,
  dt: number,
  p: number,
  segment: Segment,
): void {
  const { seq, payload, ipLength, frame, clock } = segment;
  const time = clock[CLOCK.NOW]!;
  const episode = time - times[dt + T.RETRANSMITTED]! > Math.max(clock[CLOCK.RTT]!, LEAST_APART_SECONDS);
  if (episode || words[d + D.RETRANSMITTED] === 0) {
    words[d + D.EPISODES] = words[d + D.EPISODES]! + 1;
    times[dt + T.RETRANSMITTED] = time;
  }
  words[d + D.RETRANSMITTED] = words[d + D.RETRANSMITTED]! + 1;
  if (ipLength * 10 >= words[d + D.LARGEST_IP]! * 9) {
    words[d + D.RETRANSMITTED_FULL] = words[d + D.RETRANSMITTED_FULL]! + 1;
  }
  const flags = words[d + D.FLAGS]!;
  // Where no acknowledgement is seen at all, whatever is sent again may be the first that is missing.
  if (seq !== words[d + D.UNA] && flags & FLAG.ACKED) return;
  if (flags & FLAG.RUN && words[d + D.RUN_SEQ] === seq) {
    if (isMergedRun(words, d, p)) {
      // Several segments that offload had put together: what goes out now is the first of them.
      words[d + D.RUN_PAYLOAD] = payload;
      words[d + D.RUN_IP] = ipLength;
    }
    if (payload * 10 < words[d + D.RUN_PAYLOAD]! * 9) {
      if (words[d + D.RUN_SHRUNK] === 0) words[d + D.RUN_SHRUNK] = ipLength;
    } else if (time - times[dt + T.RUN_LAST]! >= TIMEOUT_SECONDS) {
      words[d + D.RUN_COUNT] = words[d + D.RUN_COUNT]! + 1;
      words[d + D.RUN_LAST_FRAME] = frame;
      times[dt + T.RUN_LAST] = time;
    }
    return;
  }
  words[d + D.FLAGS] = flags | FLAG.RUN;
  words[d + D.RUN_SEQ] = seq;
  words[d + D.RUN_COUNT] = 1;
  words[d + D.RUN_PAYLOAD] = payload;
  words[d + D.RUN_IP] = ipLength;
  words[d + D.RUN_FIRST_FRAME] = frame;
  words[d + D.RUN_LAST_FRAME] = frame;
  words[d + D.RUN_SHRUNK] = 0;
  words[d + D.RUN_LIFE] = 0;
  words[d + D.RUN_SMALL] = 0;
  times[dt + T.RUN_FIRST] = time;
  times[dt + T.RUN_LAST] = time;
}

/** Whether the run is of more than its sender's own link carries, which the peer's MSS, if known, forbids as well. */
function isMergedRun(words: Int32Array, d: number, p: number): boolean {
  const whole = words[d + D.RUN_IP]!;
  const payload = words[d + D.RUN_PAYLOAD]!;
  const mss = words[p + D.MSS]!;
  const own = words[d + D.MSS]!;
  return (mss > 0 ? payload > mss : own > 0) && whole > Math.max(ETHERNET_MTU, own + whole - payload);
}

/** The run's segment got through, or the sender went on: what did it, the same size or a smaller one? The longest is kept. */
export function endRun({ words, times }: Columns, d: number, dt: number, segment: Segment): void {
  const count = words[d + D.RUN_COUNT]!;
  const shrunk = words[d + D.RUN_SHRUNK]!;
  words[d + D.FLAGS] = words[d + D.FLAGS]! & ~FLAG.RUN;
  words[d + D.RUN_COUNT] = 0;
  if (shrunk === 0 && count < 2) return;
  const held = words[d + D.STALL_COUNT]!;
  const heldShrunk = words[d + D.STALL_TO]! < words[d + D.STALL_IP]!;
  // A stall that only smaller pieces ended says more than one that the same size ended.
  if (held > 0 && (heldShrunk !== shrunk > 0 ? heldShrunk : count <= held)) return;
  words[d + D.STALL_COUNT] = count;
  words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.RARE;
  words[d + D.STALL_IP] = words[d + D.RUN_IP]!;
  words[d + D.STALL_TO] = shrunk || words[d + D.RUN_IP]!;
  words[d + D.STALL_FRAME] = words[d + D.RUN_FIRST_FRAME]!;
  words[d + D.STALL_END_FRAME] = segment.frame;
  words[d + D.STALL_LIFE] = words[d + D.RUN_LIFE]!;
  times[dt + T.STALL] = times[dt + T.RUN_FIRST]!;
  times[dt + T.STALL_SECONDS] = segment.clock[CLOCK.NOW]! - times[dt + T.RUN_FIRST]!;
}
