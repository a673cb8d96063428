import { Clock } from './clock.js';
import type { Capture } from './container.js';
import { readInterface } from './interface.js';
import { MOST_INTERFACES } from './limits.js';
import { u16In } from './order.js';

/** What a section says for all its blocks. */
export class Section {
  little = true;
  /** Index of its first interface in `capture.interfaces`. */
  first = 0;
  /** One of each of its interfaces. */
  clocks: Clock[] = [];
  /** Interfaces of the file that were not kept. */
  private beyond = 0;

  /** A Section Header Block begins it; answers what is wrong with its version. */
  open(capture: Capture, bytes: Uint8Array, at: number): string | undefined {
    capture.byteOrder = this.little ? 'little' : 'big';
    this.first = capture.interfaces.length;
    this.clocks = [];
    const major = u16In(bytes, at + 12, this.little);
    const minor = u16In(bytes, at + 14, this.little);
    return major === 1 ? undefined : `section version ${major}.${minor} is not known; 1.0 is`;
  }

  /** An Interface Description Block. A file could declare millions, each of which is kept: up to a limit they are. */
  declare(capture: Capture, bytes: Uint8Array, at: number, blockLength: number): void {
    if (capture.interfaces.length < MOST_INTERFACES) {
      this.clocks.push(new Clock(readInterface(capture, bytes, at, blockLength, this.little)));
      return;
    }
    this.beyond += 1;
    if (this.beyond > 1) return;
    const says = `the file declares more than ${MOST_INTERFACES} interfaces; those beyond are not kept`;
    capture.damage.add(capture.base + at, capture.frames + 1, says);
  }
}
