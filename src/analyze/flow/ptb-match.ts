import type { Frame } from '../../frame/frame.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { isOddMtu, type PtbMatch } from '../log/ptb-log.js';
import type { CapturePoints } from './capture-point.js';
import { timesAt, wordsAt } from './direction-place.js';
import { D, F, FLAG, ROW_WORDS, T } from './flow-columns.js';
import { fillKey, metaOf } from './flow-key.js';
import type { FlowTable } from './flow-table.js';
import { TRY_AGAIN_SECONDS } from './size-watch.js';

/** A PTB may come this late: the acknowledgement of octets behind the quoted ones overtook it. */
const LATE_OCTETS = 1 << 18;

/**
 * Finds the flow that a PTB quotes, at this capture point first, then at any other, and notes the PTB on the
 * direction it is about.
 */
export function noteOnFlow(table: FlowTable, points: CapturePoints, frame: Frame, time: number): PtbMatch {
  const { quote } = frame;
  const direction = fillKey(table.key, frame.bytes, quote.ip, quote.sourcePort, quote.destinationPort);
  // The PTB travels back towards the sender: for an SLL capture it counts as the reverse direction.
  const here = points.of(frame, 1 - direction);
  let match: PtbMatch = 'none';
  for (let attempt = 0; attempt < points.numbered * 2; attempt++) {
    const point = (here + (attempt >> 1)) % points.numbered;
    table.key[0] = metaOf(quote.ip.family, quote.ip.protocol, (attempt & 1) === 1, point);
    const row = table.find(false);
    if (row < 0) continue;
    const d = wordsAt(row, direction);
    if (quote.ip.protocol === PROTOCOL_NUMBER.tcp && !sequenceFits(table.words, d, quote.seq)) {
      match = 'other-sequence';
      continue;
    }
    table.last[row] = time;
    table.words[row * ROW_WORDS + F.LONG_ROAD] = 1;
    note(table, d, timesAt(row, direction), frame, time);
    return 'flow';
  }
  return match;
}

/** RFC 5927 7.2: a genuine PTB quotes octets that were sent. */
function sequenceFits(words: Int32Array, d: number, seq: number): boolean {
  if (seq < 0 || !(words[d + D.FLAGS]! & FLAG.SEQ)) return true;
  const behind = (words[d + D.NEXT]! - (seq | 0)) | 0;
  const acknowledged = (words[d + D.UNA]! - (seq | 0)) | 0;
  return behind >= 0 && acknowledged <= LATE_OCTETS;
}

function note({ words, times }: FlowTable, d: number, dt: number, frame: Frame, time: number): void {
  const { mtu, quote } = frame;
  const sent = words[d + D.LARGEST_IP]!;
  const quoted = quote.ip.totalLength;
  if (sent > 0 && quoted > sent && mtu >= sent && words[d + D.MERGED] === 0) {
    words[d + D.PTB_BEHIND] = words[d + D.PTB_BEHIND]! + 1;
    words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.RARE;
    if (words[d + D.PTB_ODD] === 0) {
      words[d + D.PTB_ODD_MTU] = mtu;
      words[d + D.PTB_ODD_FRAME] = frame.number;
      words[d + D.PTB_QUOTED] = Math.max(words[d + D.PTB_QUOTED]!, quoted);
    }
    return;
  }
  words[d + D.PTB] = words[d + D.PTB]! + 1;
  if (isOddMtu(quote.ip.family === 6 ? 6 : 4, mtu, quote.ip.totalLength)) {
    if (words[d + D.PTB_ODD] === 0) {
      words[d + D.PTB_ODD_MTU] = mtu;
      words[d + D.PTB_ODD_FRAME] = frame.number;
      times[dt + T.ODD] = time;
    }
    words[d + D.PTB_ODD] = words[d + D.PTB_ODD]! + 1;
    words[d + D.PTB_QUOTED] = Math.max(words[d + D.PTB_QUOTED]!, quote.ip.totalLength);
    return;
  }
  if (words[d + D.PTB_MTU] === 0) words[d + D.PTB_FRAME] = frame.number;
  if (mtu > words[d + D.PTB_HIGHEST]!) words[d + D.PTB_HIGHEST] = mtu;
  if (words[d + D.PTB_MTU] !== 0 && mtu >= words[d + D.PTB_MTU]!) {
    // The answer to a new try: from here on its sender knows again.
    if (time - times[dt + T.PTB]! >= TRY_AGAIN_SECONDS && words[d + D.OVER_AFTER] === 0) times[dt + T.PTB] = time;
    return;
  }
  words[d + D.PTB_MTU] = mtu;
  words[d + D.PTB_LOW_FRAME] = frame.number;
  words[d + D.OVER_AFTER] = 0;
  words[d + D.SHRUNK_TO] = 0;
  times[dt + T.PTB] = time;
}
