import { decodeFrame } from '../../wire/decode-link.js';
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
  const number = capture.frames + 1;
  if (number === 1) {
    capture.firstSeconds = seconds;
    capture.firstNanoseconds = nanoseconds;
  }
  capture.frames = number;
  frame.bytes = bytes;
  frame.start = start;
  frame.end = end;
  frame.number = number;
  frame.octet = capture.base + record;
  frame.seconds = seconds;
  frame.nanoseconds = nanoseconds;
  frame.at = (seconds - capture.firstSeconds) * 1000 + (nanoseconds - capture.firstNanoseconds) / 1e6;
  frame.capturedLength = capturedLength;
  frame.originalLength = originalLength;
  if (capturedLength < originalLength) {
    capture.snapped += 1;
    if (capturedLength > capture.snappedAt) capture.snappedAt = capturedLength;
  }
  decodeFrame(frame);
  capture.visit(frame);
}
