import { Generations } from './generations.js';
import type { PrintedPacket } from './printed.js';

/**
 * Seconds within which the second view of a packet follows the first: a path, not a timeout (RFC 6298: 1 s, Linux 0.2
 * s).
 */
const SOON = 0.15;
/** Of the segments of one direction, so many come twice where two places were recorded into one text. */
const NEARLY_ALL = 0.75;
const FEWEST = 4;
/** Directions that are counted. */
const MOST = 8192;
/** Segments that may be seen again: so many places, of which each segment can stand in `WAYS`. */
const PLACES = 65_536;
const WAYS = 4;

interface Direction {
  readonly number: number;
  segments: number;
  again: number;
}

/** The direction of a packet that was seen just before. */
export type SecondView = Readonly<Direction>;

/**
 * Second views of packets in a text that does not say where each was seen. One packet may be sent again; where nearly
 * all of a direction come twice, two devices were recorded.
 */
export class Copies {
  readonly #directions = new Generations<Direction>(MOST);
  readonly #segments = new JustSeen();
  #number = 0;

  /** Counts the packet; its direction where it was seen just before. */
  note(packet: PrintedPacket, place: number): SecondView | null {
    const { id, tcp, time, source, sourcePort, destination, destinationPort } = packet;
    // With an identification the packet shows by itself whether it is one; a datagram has no numbers.
    if (id !== null || tcp === null || time === null) return null;
    const ends = `${place} ${source} ${sourcePort} ${destination} ${destinationPort}`;
    const direction = this.#directions.get(ends) ?? { number: ++this.#number, segments: 0, again: 0 };
    if (direction.segments++ === 0) this.#directions.set(ends, direction);
    const { seq, ack, flags, payload, timestamps } = tcp;
    const numbers = [direction.number, seq ?? -1, ack ?? -1, flags, payload, timestamps?.[0] ?? -1];
    if (!this.#segments.again(numbers, time)) return null;
    direction.again++;
    return direction;
  }
}

/** Whether second views of that direction are copies, by what has been read of it. */
export const areCopies = ({ segments, again }: SecondView): boolean =>
  segments >= FEWEST && again * 2 >= segments * NEARLY_ALL;

/**
 * Segments by two hashes of their numbers, and when each was seen: an object for each would outlive the collector's
 * quick runs.
 */
class JustSeen {
  readonly #hashes = new Uint32Array(PLACES);
  readonly #others = new Uint32Array(PLACES);
  readonly #times = new Float64Array(PLACES).fill(Number.NEGATIVE_INFINITY);

  /** Whether it was seen within `SOON`: then it is forgotten, else it is kept. */
  again(numbers: readonly number[], time: number): boolean {
    let hash = 0x811c_9dc5;
    let other = 0;
    for (const number of numbers) {
      hash = Math.imul(hash ^ number, 0x0100_0193);
      hash ^= hash >>> 15;
      other = Math.imul(other + number, 0x9e37_79b1) ^ (other >>> 13);
    }
    hash >>>= 0;
    other >>>= 0;
    const first = (hash % (PLACES / WAYS)) * WAYS;
    let oldest = first;
    for (let at = first; at < first + WAYS; at++) {
      if (this.#hashes[at] === hash && this.#others[at] === other && time - this.#times[at]! <= SOON) {
        this.#times[at] = Number.NEGATIVE_INFINITY;
        return true;
      }
      if (this.#times[at]! < this.#times[oldest]!) oldest = at;
    }
    this.#hashes[oldest] = hash;
    this.#others[oldest] = other;
    this.#times[oldest] = time;
    return false;
  }
}
