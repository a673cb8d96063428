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
 */
export class CapturePoints {
  private readonly numbers = new Map<number, number>();
  private lastName = -1;
  private lastNumber = 0;

  of(frame: Frame, direction: number): number {
    let device = 0;
    if (frame.linkType === LINUX_SLL2) {
      device = frame.end - frame.start >= 8 ? frame.bytes[frame.start + 7]! | (frame.bytes[frame.start + 6]! << 8) : 0;
    } else if (frame.linkType === LINUX_SLL && frame.end - frame.start >= 2) {
      device = direction ^ (frame.bytes[frame.start + 1] === SENT_BY_US ? 1 : 0);
    }
    const name = frame.interface * 65536 + device;
    if (name === this.lastName) return this.lastNumber;
    let number = this.numbers.get(name);
    if (number === undefined) {
      if (this.numbers.size >= MOST) return MOST;
      number = this.numbers.size;
      this.numbers.set(name, number);
    }
    this.lastName = name;
    this.lastNumber = number;
    return number;
  }

  /** The number of an interface whose link type names no devices; -1 where nothing of it has been numbered. */
  known(index: number): number {
    return this.numbers.get(index * 65536) ?? -1;
  }

  get count(): number {
    return Math.max(1, this.numbers.size);
  }
}
