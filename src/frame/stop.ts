import { type Frame, Stop } from './frame.js';

/** The header at `at` is not whole: the capture was snapped there, or, if it was not, the packet itself is too short. */
export function cut(frame: Frame, at: number): void {
  const snapped = frame.capturedLength < frame.originalLength && frame.limit >= frame.end;
  frame.stop = snapped ? Stop.cut : Stop.malformed;
  frame.stopAt = at;
}

/** A link type, EtherType or protocol that is not read. */
export function unknown(frame: Frame, at: number): void {
  frame.stop = Stop.unknown;
  frame.stopAt = at;
}

/** A header that contradicts itself. */
export function malformed(frame: Frame, at: number): void {
  frame.stop = Stop.malformed;
  frame.stopAt = at;
}
