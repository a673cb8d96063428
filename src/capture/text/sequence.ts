import { Generations } from './generations.js';

const WRAP = 4_294_967_296;
/** Directions remembered; a hostile text could open millions. */
const MOST = 16_384;

interface Direction {
  /** What relative numbers count from. */
  base: number;
  /** The last number, absolute. */
  last: number;
}

/**
 * Absolute sequence numbers from what programs print: tcpdump shows the first packet of each direction as it is and the
 * others relative to it (all as they are with -S), Wireshark all relative. Each number is read as what lies nearer to
 * the last one of its direction.
 */
export class Sequences {
  readonly #directions = new Generations<Direction>(MOST);

  /** `own` and `peer` name the two directions of the connection. A SYN begins anew. */
  resolve(own: string, peer: string, flags: number, seq: number | null, ack: number | null): [number, number] {
    const syn = (flags & 2) !== 0;
    if (syn && seq !== null) {
      if (!(flags & 16)) this.#directions.delete(peer);
      this.#directions.set(own, { base: seq, last: seq });
    }
    const sequence = seq === null ? (this.#directions.get(own)?.last ?? 0) : syn ? seq : this.#number(own, seq, 0);
    // Relative numbers count the acknowledged octets from 1: the SYN before them is number 0.
    const acknowledged = ack === null ? 0 : this.#number(peer, ack, 1);
    return [sequence >>> 0, acknowledged >>> 0];
  }

  /** A number of a direction that is not moved by it: an edge of a SACK block, the number in a quoted packet. */
  near(direction: string, printed: number): number {
    const known = this.#directions.get(direction);
    return known ? nearer(known, printed) >>> 0 : printed >>> 0;
  }

  #number(direction: string, printed: number, first: number): number {
    const known = this.#directions.get(direction);
    if (!known) {
      // Small: the text began before, and this is relative already; large: the first packet, printed as it is.
      const relative = printed < 0x10_0000;
      this.#directions.set(direction, { base: relative ? 0 : (printed - first + WRAP) % WRAP, last: printed });
      return printed;
    }
    const number = nearer(known, printed);
    if (distance(number, known.last) < 0x4000_0000) known.last = number;
    return number;
  }
}

function nearer({ base, last }: Direction, printed: number): number {
  const relative = (base + printed) % WRAP;
  return distance(relative, last) <= distance(printed, last) ? relative : printed;
}

const distance = (a: number, b: number): number => Math.abs((a - b) | 0);
