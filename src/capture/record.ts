import { decodeFrame } from '../frame/decode.js';
import type { Capture } from './container.js';

/**
 * Hands one record to the visitor. The caller has set nothing but what is passed; times are UTC.
 * `start` and `end` bound the captured octets in `bytes`.
 */
export function deliver(
  capture: Capture,
  bytes: Uint8Array,
  start: number,
  end: number,
  record: number,
  capturedLength: number,
  originalLength: number,
  seconds: number,
  nanoseconds: number,
): void {
  const frame = capture.frame;
  if (capture.frames === 0) begin(capture, seconds, nanoseconds);
  capture.frames += 1;
  frame.bytes = bytes;
  frame.start = start;
  frame.end = end;
  frame.number = capture.frames;
  frame.octet = capture.base + record;
  frame.seconds = seconds;
  frame.nanoseconds = nanoseconds;
  frame.at = (seconds - capture.firstSeconds) * 1000 + (nanoseconds - capture.firstNanoseconds) / 1e6;
  frame.capturedLength = capturedLength;
  frame.originalLength = originalLength;
  if (capturedLength < originalLength) noteSnapped(capture, capturedLength);
  decodeFrame(frame);
  capture.visit(frame);
}

/** Hands over the frames of the batch in order: some to the shortcut, the others to the visitor. */
export function deliverBatch(capture: Capture): void {
  const { batch, shortcut } = capture;
  const { bytes, count, start, end, original, seconds, nanoseconds, record } = batch;
  capture.frame.interface = batch.interface;
  capture.frame.linkType = batch.linkType;
  if (capture.frames === 0) begin(capture, seconds[0]!, nanoseconds[0]!);
  shortcut?.lookAhead(capture.firstSeconds, capture.firstNanoseconds, capture.frames);
  for (let index = 0; index < count; index++) {
    const next = shortcut?.take(index) ?? index;
    capture.frames += next - index;
    for (; batch.isCut && index < next; index++) {
      const captured = end[index]! - start[index]!;
      if (captured < original[index]!) noteSnapped(capture, captured);
    }
    index = next;
    if (index === count) break;
    const from = start[index]!;
    const to = end[index]!;
    const wire = original[index]!;
    deliver(capture, bytes, from, to, record[index]!, to - from, wire, seconds[index]!, nanoseconds[index]!);
  }
  capture.frame.seconds = seconds[count - 1]!;
}

function begin(capture: Capture, seconds: number, nanoseconds: number): void {
  capture.firstSeconds = seconds;
  capture.firstNanoseconds = nanoseconds;
}

function noteSnapped(capture: Capture, captured: number): void {
  capture.snapped += 1;
  if (captured > capture.snappedAt) capture.snappedAt = captured;
}
