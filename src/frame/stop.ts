import { type Frame, Stop } from './frame.js';
import { HEADER, type Header } from './header.js';

/** What begins at `next`. */
export function goOn(frame: Frame, next: number, header: Header): Header {
  frame.next = next;
  return header;
}

/** Decoding ends here: each of these answers that nothing further begins. */
function stop(frame: Frame, at: number, why: Stop): Header {
  frame.stop = why;
  frame.stopAt = at;
  return HEADER.end;
}

/**
 * The header at `at` is not whole: the capture was snapped there, or, if it was not, the packet itself is too short.
 */
export const cut = (frame: Frame, at: number): Header =>
  stop(frame, at, frame.wire > frame.end && frame.limit >= frame.end ? Stop.cut : Stop.malformed);

/** An EtherType or protocol that is not read. */
export const unknown = (frame: Frame, at: number): Header => stop(frame, at, Stop.unknown);

/** A header that contradicts itself. */
export const malformed = (frame: Frame, at: number): Header => stop(frame, at, Stop.malformed);

/** More inside one another than is followed. */
export const deep = (frame: Frame, at: number): Header => stop(frame, at, Stop.deep);

/** A link type of which nothing is read. */
export const unreadLink = (frame: Frame, at: number): Header => stop(frame, at, Stop.link);

/** A frame whose content the link itself encrypts. */
export const encrypted = (frame: Frame, at: number): Header => stop(frame, at, Stop.encrypted);
