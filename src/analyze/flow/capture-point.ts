import type { Frame } from '../../frame/frame.js';

const LINUX_SLL = 113;
const LINUX_SLL2 = 276;
const SENT_BY_US = 4;
/** More devices than this share the last number. */
const MOST = 1023;

/**
 * Numbers the places where one file looks at the network: interfaces of a pcapng file, devices of an `any` capture.
 * The same packet seen at two places is two observations, not a retransmission. `direction` is the flow direction
 * (0 or 1) of the packet: an SLL capture names no device, but "received on this side, sent on that" tells two sides
 * of a forwarding host apart.
 *
 * A tap has an interface for each direction of one line: such two are one place, once they are known to be (`join`).
 */
export class CapturePoints {
  private readonly numbers = new Map<number, number>();
  private lastName = -1;
  private lastPlace = 0;
  /** The number of the last packet's own device, whatever place it belongs to. */
  own = 0;
  /** Of each number, the one that stands for its place. */
  private readonly places: number[] = [];
  /** Pairs of numbers at which the same packets were seen: two places. */
  private readonly apart = new Set<number>();

  of(frame: Frame, direction: number): number {
    let device = 0;
    if (frame.linkType === LINUX_SLL2) {
      device = frame.end - frame.start >= 8 ? frame.bytes[frame.start + 7]! | (frame.bytes[frame.start + 6]! << 8) : 0;
    } else if (frame.linkType === LINUX_SLL && frame.end - frame.start >= 2) {
      device = direction ^ (frame.bytes[frame.start + 1] === SENT_BY_US ? 1 : 0);
    }
    const name = frame.interface * 65536 + device;
    if (name === this.lastName) return this.lastPlace;
    let number = this.numbers.get(name);
    if (number === undefined) {
      if (this.numbers.size >= MOST) {
        this.own = MOST;
        return MOST;
      }
      number = this.numbers.size;
      this.numbers.set(name, number);
      this.places.push(number);
    }
    this.lastName = name;
    this.own = number;
    this.lastPlace = this.places[number]!;
    return this.lastPlace;
  }

  /** The number of an interface whose link type names no devices; -1 where nothing of it has been numbered. */
  known(index: number): number {
    const number = this.numbers.get(index * 65536);
    return number === undefined ? -1 : this.places[number]!;
  }

  /** Two devices, each with one direction of the same flow: one place from now on, unless a packet was at both before. */
  join(one: number, other: number): boolean {
    if (one === other || one >= MOST || other >= MOST || this.apart.has(pair(one, other))) return false;
    const [place, gone] = [this.places[one]!, this.places[other]!];
    for (let number = 0; number < this.places.length; number++) {
      if (this.places[number] === gone) this.places[number] = place;
    }
    this.lastName = -1;
    return true;
  }

  /** The same direction of a flow comes by both: they are two places, also where they were taken for one. */
  separate(one: number, other: number): void {
    if (one === other || one >= MOST || other >= MOST) return;
    this.apart.add(pair(one, other));
    if (this.places[one] === this.places[other]) this.places[Math.max(one, other)] = Math.max(one, other);
    this.lastName = -1;
  }

  /** Devices numbered so far. */
  get numbered(): number {
    return Math.max(1, this.numbers.size);
  }

  /** Places: those that were joined count once. */
  get count(): number {
    return Math.max(1, new Set(this.places).size);
  }
}

const pair = (one: number, other: number): number => Math.min(one, other) * 1024 + Math.max(one, other);
