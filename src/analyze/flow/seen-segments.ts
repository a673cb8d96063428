import type { Arena } from '../../frame/arena.js';
import { D, FLAG } from './flow-columns.js';
import { CLOCK, type Segment } from './segment.js';

/** Data segments remembered, of all flows together: a burst, and its copies behind it. A power of two. */
export const SEEN = 4096;

/** Hash and checksum of the last data segments, each pair at the place its hash gives it. */
export type SeenSegments = Int32Array;

export const newSeenSegments = (arena: Arena): SeenSegments => arena.int32(SEEN * 2);

/**
 * Two frames that nothing tells apart are one, so soon after each other: a repetition takes a round trip at least,
 * seconds.
 */
const AT_ONCE = 0.001;

/**
 * A copy with another checksum (translated on the way) comes within this many seconds of silence; a retransmission
 * after a timeout does not (RFC 6298 has 1 s, Linux 0.2 s).
 */
const COPY = 0.1;

/**
 * A mirror port, both sides of a router or several devices can show one frame twice. A retransmission is a packet of
 * its own: another IP identification, or, where there is none, another timestamp and so another checksum.
 */
export function isCopy(words: Int32Array, d: number, segment: Segment, seen: SeenSegments): boolean {
  const { seq, ipId, checksum, clock, payload } = segment;
  const hash = (seq ^ Math.imul(d, 0x9e3779b1) ^ Math.imul(ipId === 0 ? checksum + 65_536 : ipId, 0x85ebca6b)) | 0;
  const at = ((hash ^ (hash >>> 15)) & (SEEN - 1)) * 2;
  const late = words[d + D.FLAGS]! & FLAG.SEQ && ((seq - words[d + D.NEXT]!) | 0) < 0;
  // Without an identification (IPv6, or DF with 0) a retransmission without timestamps looks the same.
  const known = ipId !== 0 || segment.options > 0;
  if (late && seen[at] === hash) {
    const same = seen[at + 1] === checksum;
    if (known ? same || clock[CLOCK.PAUSE]! < COPY : same && isAtOnce(words, d, seq + payload, clock)) return true;
  }
  seen[at] = hash;
  seen[at + 1] = checksum;
  return false;
}

/** The last segment of its direction once more, with nothing in between to ask for it. */
const isAtOnce = (words: Int32Array, d: number, end: number, clock: Float64Array): boolean =>
  clock[CLOCK.PAUSE]! < AT_ONCE && clock[CLOCK.PAUSE]! < clock[CLOCK.RTT]! / 2 && (end | 0) === words[d + D.NEXT];
