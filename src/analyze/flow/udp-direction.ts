import { type Columns, D } from './flow-columns.js';
import { CLOCK, type Segment } from './segment.js';
import { SMALL_PACKET } from './sizes.js';
import { U, UT } from './udp-columns.js';
import { UDP } from './udp-times.js';

/** RFC 6298 5.5: the timer doubles; what the network adds and takes is within this. */
const LEAST_RATIO = 1.6;
const MOST_RATIO = 2.6;

/**
 * What one UDP packet of direction `d` says: it answers what the peer (`p`) asked, or asks, alone or again. An answer
 * belongs to the smallest packet that waits for one: that one arrived for certain. `begun`: this direction's packet was
 * the first of the flow.
 */
export function noteUdp(
  columns: Columns,
  d: number,
  dt: number,
  p: number,
  pt: number,
  segment: Segment,
  begun: boolean,
): void {
  noteAnswer(columns, p, pt, segment.clock[CLOCK.NOW]!, begun);
  noteQuestion(columns, d, dt, segment);
  noteWait(columns, d, dt, segment);
  // Whoever is answered is not timing out.
  columns.words[p + U.WAITS] = 0;
}

/** `begun`: the one who answers began the flow, so that the packets of `p` are answers themselves. */
function noteAnswer({ words, times }: Columns, p: number, pt: number, now: number, begun: boolean): void {
  if (words[p + U.OPEN] === 0) return;
  const delay = now - times[pt + UT.SENT]!;
  if (delay > (begun ? UDP.PROMPT : UDP.ANSWER)) {
    closeQuestion(words, p);
    return;
  }
  if (words[p + U.OPEN]! > UDP.MOST_OPEN) {
    words[p + U.OPEN] = 0;
    return;
  }
  const size = words[p + U.OPEN_IP]!;
  const column = size > SMALL_PACKET ? U.ANSWERED_LARGE : U.ANSWERED_SMALL;
  words[p + column] = words[p + column]! + 1;
  words[p + U.OPEN] = 0;
  if (begun && words[p + column]! < UDP.LEAST_PROMPT) return;
  if (size > words[p + D.DELIVERED_IP]!) words[p + D.DELIVERED_IP] = size;
}

function noteQuestion(columns: Columns, d: number, dt: number, { ipLength, frame, clock }: Segment): void {
  const { words, times } = columns;
  const now = clock[CLOCK.NOW]!;
  if (words[d + U.OPEN]! > 0 && now - times[dt + UT.SENT]! >= UDP.UNANSWERED) closeQuestion(words, d);
  times[dt + UT.SENT] = now;
  const open = words[d + U.OPEN]!;
  if (open === 0) words[d + U.OPEN_FRAME] = frame;
  if (open === 0 || ipLength < words[d + U.OPEN_IP]!) words[d + U.OPEN_IP] = ipLength;
  words[d + U.OPEN] = open + 1;
}

/** What was asked last found no answer. */
export function closeQuestion(words: Int32Array, d: number): void {
  if (words[d + U.OPEN] === 0) return;
  const size = words[d + U.OPEN_IP]!;
  words[d + U.OPEN] = 0;
  if (size <= SMALL_PACKET) {
    words[d + U.UNANSWERED_SMALL] = words[d + U.UNANSWERED_SMALL]! + 1;
    return;
  }
  if (words[d + U.UNANSWERED_LARGE] === 0) words[d + U.UNANSWERED_FIRST] = words[d + U.OPEN_FRAME]!;
  words[d + U.UNANSWERED_LAST] = words[d + U.OPEN_FRAME]!;
  words[d + U.UNANSWERED_LARGE] = words[d + U.UNANSWERED_LARGE]! + 1;
  if (words[d + U.UNANSWERED_SIZE] === size) words[d + U.UNANSWERED_AGAIN] = words[d + U.UNANSWERED_AGAIN]! + 1;
  words[d + U.UNANSWERED_SIZE] = size;
  const least = words[d + U.UNANSWERED_IP]!;
  if (least === 0 || size < least) words[d + U.UNANSWERED_IP] = size;
}

/**
 * One large size after waits that double: a sender that times out, in the datagram or in a connection inside a tunnel.
 */
function noteWait({ words, times }: Columns, d: number, dt: number, { ipLength, frame, clock }: Segment): void {
  if (ipLength <= SMALL_PACKET) return;
  const now = clock[CLOCK.NOW]!;
  const wait = now - times[dt + UT.WAIT]!;
  const before = times[dt + UT.WAITED]!;
  const same = ipLength === words[d + U.WAIT_IP];
  times[dt + UT.WAIT] = now;
  words[d + U.WAIT_IP] = ipLength;
  if (!same || wait < UDP.LEAST_WAIT) {
    words[d + U.WAITS] = 0;
    times[dt + UT.WAITED] = 0;
    return;
  }
  const ratio = before > 0 ? wait / before : 0;
  if (words[d + U.WAITS]! > 0 && ratio > LEAST_RATIO && ratio < MOST_RATIO)
    words[d + U.WAITS] = words[d + U.WAITS]! + 1;
  else {
    words[d + U.WAITS] = 1;
    words[d + U.WAIT_FRAME] = frame;
  }
  times[dt + UT.WAITED] = wait;
  if (words[d + U.WAITS]! <= words[d + U.MOST_WAITS]!) return;
  words[d + U.MOST_WAITS] = words[d + U.WAITS]!;
  words[d + U.MOST_WAITS_IP] = ipLength;
  words[d + U.MOST_WAITS_FIRST] = words[d + U.WAIT_FRAME]!;
  words[d + U.MOST_WAITS_LAST] = frame;
}
