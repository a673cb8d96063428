import type { Frame } from '../../frame/frame.js';
import { LinkType } from '../../frame/link-type.js';
import { COOKED_FIELD, COOKED2_FIELD, SENT_BY_US } from '../../packet/linux-cooked.js';
import { u16 } from '../../packet/octets.js';

/** The lower half of SLL2's interface index, and of SLL's packet type. */
export const DEVICE_AT = COOKED2_FIELD.interface + 2;
export const SENT_AT = COOKED_FIELD.packetType + 1;
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

  /** Counts whenever a device is numbered, or a place changes. */
  changes = 0;

  /** What a packet's device is called here: interface and device. */
  name({ bytes, start, end, linkType, interface: index }: Frame, direction: number): number {
    let device = 0;
    if (linkType === LinkType.linuxCooked2) {
      device = end - start >= DEVICE_AT + 2 ? u16(bytes, start + DEVICE_AT) : 0;
    } else if (linkType === LinkType.linuxCooked && end - start >= 2) {
      device = direction ^ (bytes[start + SENT_AT] === SENT_BY_US ? 1 : 0);
    }
    return index * 65536 + device;
  }

  of(frame: Frame, direction: number): number {
    const name = this.name(frame, direction);
    if (name === this.lastName) return this.lastPlace;
    let number = this.numbers.get(name);
    if (number === undefined) {
      if (this.numbers.size >= MOST) {
        this.own = MOST;
        return MOST;
      }
      number = this.numbers.size;
      this.changes += 1;
      this.numbers.set(name, number);
      this.places.push(number);
    }
    this.lastName = name;
    this.own = number;
    this.lastPlace = this.places[number]!;
    return this.lastPlace;
  }

  /** The number of a device by its name, and its place; undefined where it has not been numbered. */
  known(name: number): { readonly own: number; readonly place: number } | undefined {
    const own = this.numbers.get(name);
    return own === undefined ? undefined : { own, place: this.places[own]! };
  }

  /**
   * Two devices, each with one direction of the same flow: one place from now on, unless a packet was at both before.
   */
  join(one: number, other: number): boolean {
    if (one === other || one >= MOST || other >= MOST || this.apart.has(pair(one, other))) return false;
    const [place, gone] = [this.places[one]!, this.places[other]!];
    for (let number = 0; number < this.places.length; number++) {
      if (this.places[number] === gone) this.places[number] = place;
    }
    this.changes += 1;
    this.lastName = -1;
    return true;
  }

  /** The same direction of a flow comes by both: they are two places, also where they were taken for one. */
  separate(one: number, other: number): void {
    if (one === other || one >= MOST || other >= MOST) return;
    this.apart.add(pair(one, other));
    if (this.places[one] === this.places[other]) {
      this.places[Math.max(one, other)] = Math.max(one, other);
      this.changes += 1;
    }
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
