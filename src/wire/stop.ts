import { type Frame, Stop } from './frame.js';

/** The header at `at` is not whole: the capture was snapped there, or, if it was not, the packet itself is too short. */
export function cut(frame: Frame, at: number): void {
  frame.stop = frame.capturedLength < frame.originalLength ? Stop.cut : Stop.malformed;
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
