import { BATCH } from '../frame/frame-batch.js';
import { BLOCK_FIELD, ENHANCED_PACKET, PACKET_FIELD, PACKET_HEADER, TRAILER } from './block.js';
import type { Capture } from './container.js';
import { LARGEST_FRAME, LARGEST_MESSAGE } from './limits.js';
import { u32In } from './order.js';
import { deliverBatch } from './record.js';
import type { Section } from './section.js';

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
  const index = from + PACKET_HEADER <= length ? u32In(bytes, from + PACKET_FIELD.interfaceId, little) : -1;
  const clock = clocks[index];
  if (clock === undefined) return from;
  batch.bytes = bytes;
  batch.linkType = clock.interface.linkType;
  batch.interface = first + index;
  if (little && shortcut?.sees(bytes)) return shortcut.gatherPackets(from, length, index, clock.units, clock.offset);
  let at = from;
  let count = 0;
  let isCut = false;
  while (
    count < BATCH &&
    at + PACKET_HEADER <= length &&
    u32In(bytes, at + BLOCK_FIELD.type, little) === ENHANCED_PACKET
  ) {
    const block = u32In(bytes, at + BLOCK_FIELD.length, little);
    const captured = u32In(bytes, at + PACKET_FIELD.captured, little);
    const wire = u32In(bytes, at + PACKET_FIELD.original, little);
    const behind = at + block;
    const whole = behind <= length && (block & 3) === 0 && captured > 0 && captured <= block - PACKET_HEADER - TRAILER;
    if (!whole || captured > LARGEST_FRAME || wire < captured || wire > LARGEST_MESSAGE) break;
    if (
      u32In(bytes, behind - TRAILER, little) !== block ||
      u32In(bytes, at + PACKET_FIELD.interfaceId, little) !== index
    )
      break;
    clock.set(u32In(bytes, at + PACKET_FIELD.timeHigh, little), u32In(bytes, at + PACKET_FIELD.timeLow, little));
    batch.start[count] = at + PACKET_HEADER;
    batch.end[count] = at + PACKET_HEADER + captured;
    batch.original[count] = wire;
    batch.seconds[count] = clock.seconds;
    batch.nanoseconds[count] = clock.nanoseconds;
    batch.record[count] = at;
    isCut ||= captured < wire;
    count += 1;
    at = behind;
  }
  batch.count = count;
  batch.isCut = isCut;
  return at;
}
