import type { CapturePoints } from './capture-point.js';
import { wordsAt } from './direction-place.js';
import { D, F, FT, LONG_PAUSE, ROW_TIMES, ROW_WORDS } from './flow-columns.js';
import { otherSide } from './flow-facts.js';
import { atPoint, MOST_DEVICES } from './flow-key.js';
import type { FlowTable } from './flow-table.js';
import { CLOCK, type Segment } from './segment.js';

/** The two directions of a flow that comes by two devices follow each other within this many seconds. */
const ANSWER = 3;

/**
 * The row of `table.key` in a file with several capture devices. A new flow of which another device shows nothing but
 * the other direction belongs to that one: a tap has an interface for each direction, asymmetric paths have a device
 * for each.
 */
export function rowAt(table: FlowTable, points: CapturePoints, direction: 0 | 1, place: number, time: number): number {
  const { key, words } = table;
  const { own } = points;
  let row = table.find(false);
  if (row >= 0) {
    const seen = deviceAt(words, row, direction, own);
    if (seen < 0 || seen === own) {
      noteDevice(words, row, direction, own);
      return row;
    }
    // One direction by two devices that were taken for one place: the same packets at two places.
    points.separate(seen, own);
    key[0] = atPoint(key[0]!, own);
    row = table.find(true);
    noteDevice(words, row, direction, own);
    return row;
  }
  for (let other = 0; other < Math.min(points.numbered, MOST_DEVICES); other++) {
    if (other === place) continue;
    key[0] = atPoint(key[0]!, other);
    row = table.find(false);
    if (row < 0) continue;
    const mine = deviceAt(words, row, direction, other);
    const theirs = deviceAt(words, row, otherSide(direction), other);
    if (mine >= 0) points.separate(mine, own);
    else if (theirs >= 0 && isOpen(table, row, direction, time) && points.join(theirs, own)) {
      noteDevice(words, row, direction, own);
      return row;
    }
  }
  key[0] = atPoint(key[0]!, place);
  row = table.find(true);
  noteDevice(words, row, direction, own);
  return row;
}

/** Nothing of this direction so far, and the other was here a moment ago. */
function isOpen({ words, last }: FlowTable, row: number, direction: number, time: number): boolean {
  const mine = wordsAt(row, direction);
  return words[mine + D.PACKETS] === 0 && time - last[row]! <= ANSWER;
}

/** The device of a direction; a flow that began while there was but one device has it by its place. */
function deviceAt(words: Int32Array, row: number, direction: 0 | 1, place: number): number {
  const device = deviceOf(words[row * ROW_WORDS + F.DEVICES]!, direction);
  const packets = words[wordsAt(row, direction) + D.PACKETS]!;
  return device < 0 && packets > 0 ? place : device;
}

const deviceOf = (devices: number, direction: number): number => ((devices >>> (direction * 16)) & 0xffff) - 1;

function noteDevice(words: Int32Array, row: number, direction: number, device: number): void {
  const at = row * ROW_WORDS + F.DEVICES;
  words[at] = (words[at]! & (direction === 0 ? ~0xffff : 0xffff)) | ((device + 1) << (direction * 16));
}

/** The longest silence of a flow, and what broke it. */
export function notePause({ words, times, last }: FlowTable, row: number, segment: Segment, frame: number): void {
  const pause = segment.clock[CLOCK.NOW]! - last[row]!;
  segment.clock[CLOCK.PAUSE] = pause;
  if (pause < LONG_PAUSE || pause <= times[row * ROW_TIMES + FT.QUIET]!) return;
  times[row * ROW_TIMES + FT.QUIET] = pause;
  words[row * ROW_WORDS + F.QUIET_FRAME] = frame;
}
