import { BATCH } from '../frame/frame-batch.js';
import { ENHANCED_PACKET, FRAMING } from './block.js';
import type { Clock } from './clock.js';
import { type Capture, LARGEST_FRAME, LARGEST_MESSAGE } from './container.js';
import { u32In } from './order.js';
import { deliverBatch } from './record.js';

/** Octets before the packet data of an enhanced packet block. */
const HEADER = 28;
const TRAILER = FRAMING - 8;

/** What a section says for all its blocks. */
export interface Section {
  little: boolean;
  /** Index of its first interface in `capture.interfaces`. */
  first: number;
  /** One of each of its interfaces. */
  clocks: Clock[];
}

/** Hands over the whole and ordinary packet blocks from `from` on; answers where the first other block begins. */
export function takePackets(
  capture: Capture,
  section: Section,
  bytes: Uint8Array,
  from: number,
  length: number,
): number {
  let at = from;
  for (let behind = gather(capture, section, bytes, at, length); behind > at; ) {
    deliverBatch(capture);
    at = behind;
    behind = gather(capture, section, bytes, at, length);
  }
  return at;
}

/**
 * Fills the batch with whole and ordinary packet blocks of one interface, from `from` on; answers where the first other
 * block begins.
 */
function gather(capture: Capture, section: Section, bytes: Uint8Array, from: number, length: number): number {
  const { batch, shortcut } = capture;
  const { little, first, clocks } = section;
  const index = from + HEADER <= length ? u32In(bytes, from + 8, little) : -1;
  const clock = clocks[index];
  if (clock === undefined) return from;
  batch.bytes = bytes;
  batch.linkType = clock.interface.linkType;
  batch.interface = first + index;
  if (little && shortcut?.sees(bytes)) return shortcut.gatherPackets(from, length, index, clock.units, clock.offset);
  let at = from;
  let count = 0;
  while (count < BATCH && at + HEADER <= length && u32In(bytes, at, little) === ENHANCED_PACKET) {
    const block = u32In(bytes, at + 4, little);
    const captured = u32In(bytes, at + 20, little);
    const wire = u32In(bytes, at + 24, little);
    const behind = at + block;
    const whole = behind <= length && (block & 3) === 0 && captured > 0 && captured <= block - HEADER - TRAILER;
    if (!whole || captured > LARGEST_FRAME || wire < captured || wire > LARGEST_MESSAGE) break;
    if (u32In(bytes, behind - TRAILER, little) !== block || u32In(bytes, at + 8, little) !== index) break;
    clock.set(u32In(bytes, at + 12, little), u32In(bytes, at + 16, little));
    batch.start[count] = at + HEADER;
    batch.end[count] = at + HEADER + captured;
    batch.original[count] = wire;
    batch.seconds[count] = clock.seconds;
    batch.nanoseconds[count] = clock.nanoseconds;
    batch.record[count] = at;
    count += 1;
    at = behind;
  }
  batch.count = count;
  return at;
}
