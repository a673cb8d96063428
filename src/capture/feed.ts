import { LARGEST_RECORD } from './limits.js';
import type { CaptureReader, CaptureReport } from './reader.js';

const BUFFER = 1024 * 1024;

/** Brings a capture that comes in pieces of any length to a reader, through one buffer. */
export class Feed {
  private readonly reader: CaptureReader;
  private readonly buffer: Uint8Array;
  private have = 0;

  constructor(reader: CaptureReader) {
    this.reader = reader;
    this.buffer = reader.buffer(BUFFER + LARGEST_RECORD);
  }

  /** Where the next piece goes on: octets read and octets that wait. */
  get position(): number {
    return this.reader.capture.base + this.have;
  }

  take(piece: Uint8Array): void {
    const { reader, buffer } = this;
    let taken = 0;
    while (taken < piece.length && !reader.stopped) {
      const room = Math.min(piece.length - taken, buffer.length - this.have);
      buffer.set(piece.subarray(taken, taken + room), this.have);
      taken += room;
      this.have += room;
      const used = reader.consume(buffer, this.have);
      buffer.copyWithin(0, used, this.have);
      this.have -= used;
    }
  }

  /** The capture ended. */
  finish(): CaptureReport {
    return this.reader.finish(this.buffer, this.have);
  }
}
