import { MtucalcError } from '../error.js';
import type { FrameVisitor } from '../frame/frame.js';
import { Capture, type CaptureInterface, type ContainerReader, type Options } from './container.js';
import type { Damage } from './damage.js';
import { MAGIC, readerFor } from './detect.js';
import type { TextSource } from './text/source.js';

/** What is known of a capture file apart from its frames. */
export interface CaptureReport {
  readonly format: string;
  readonly byteOrder: 'little' | 'big';
  /** Numbered as Wireshark does, custom blocks included. */
  readonly frames: number;
  /** Octets of the (decompressed) file that were read. */
  readonly octets: number;
  readonly interfaces: readonly CaptureInterface[];
  /** Frames that are not whole, and the longest of them as captured (the snap length in force). */
  readonly snapped: { readonly frames: number; readonly at: number };
  readonly damage: readonly Damage[];
  /** Damage beyond what is listed. */
  readonly moreDamage: number;
  /** Packets that the recorder itself says it lost. */
  readonly dropped: number;
  /** Where the capture is a text: what it leaves out. */
  readonly text?: TextSource;
}

/**
 * Reads a capture handed over in stretches, pure of any file. Feed with `consume`, end with `finish`.
 * The buffer must hold at least `LARGEST_RECORD` octets beside what was left over.
 */
export class CaptureReader {
  readonly capture: Capture;
  private reader: ContainerReader | undefined;

  constructor(visit: FrameVisitor, options: Options = {}) {
    this.capture = new Capture(visit, options);
  }

  /** Nothing further can be read; the rest of the file need not be fetched. */
  get stopped(): boolean {
    return this.reader?.stopped ?? false;
  }

  /** A buffer to bring octets in. */
  buffer(octets: number): Uint8Array {
    return this.capture.shortcut?.buffer(octets) ?? new Uint8Array(octets);
  }

  /** Octets of `bytes[0..length)` that are done with; the rest must come again, in front of what follows. */
  consume(bytes: Uint8Array, length: number): number {
    if (this.reader === undefined) {
      if (length < MAGIC) return 0;
      this.reader = readerFor(this.capture, bytes, length);
    }
    let done = 0;
    let taken: number;
    do {
      taken = this.reader.consume(done === 0 ? bytes : bytes.subarray(done), length - done);
      done += taken;
      this.capture.base += taken;
    } while (taken > 0 && done < length && !this.reader.stopped);
    return done;
  }

  /** The file ended, `length` octets are left over. */
  finish(bytes: Uint8Array, length: number): CaptureReport {
    const { capture } = this;
    if (this.reader === undefined) readerFor(capture, bytes, length);
    else this.reader.finish(bytes, length);
    if (capture.frames === 0 && capture.interfaces.length === 0 && capture.damage.entries.length > 0) {
      const first = capture.damage.entries[0]!;
      throw new MtucalcError('unreadable', `no frame can be read: ${first.says} (octet ${first.octet})`);
    }
    return this.report();
  }

  /** What is known so far; for a reading that was broken off. */
  report(): CaptureReport {
    this.reader?.leave?.();
    return reportOf(this.capture);
  }
}

/** What a capture came to, as plain values. */
export function reportOf(capture: Capture): CaptureReport {
  return {
    format: capture.format,
    byteOrder: capture.byteOrder,
    frames: capture.frames,
    octets: capture.base,
    interfaces: capture.interfaces,
    snapped: { frames: capture.snapped, at: capture.snappedAt },
    damage: capture.damage.entries,
    moreDamage: capture.damage.dropped,
    dropped: capture.drops.total,
    ...(capture.text === undefined ? {} : { text: capture.text }),
  };
}
