import { Frame, type FrameVisitor } from '../frame/frame.js';
import { FrameBatch, type Shortcut } from '../frame/frame-batch.js';
import { DamageList } from './damage.js';
import { Drops } from './drops.js';
import type { TextSource } from './text/source.js';

/** What a capture file says about one interface. */
export interface CaptureInterface {
  readonly linkType: number;
  /** Octets of each frame that are kept at most; 0: no limit. */
  readonly snapLength: number;
  /** Fractions of a second a timestamp counts: 1e6, 1e9, or a power of two. */
  readonly unitsPerSecond: number;
  readonly name?: string;
}

export interface Options {
  /** Look for the next plausible record behind damage and go on, instead of stopping there as other readers do. */
  readonly resync?: boolean;
  /** Spares frames that need no decoding. */
  readonly shortcut?: Shortcut | undefined;
  /** Called where the capture turns out to be a text, which takes other memory than packets do. */
  readonly onText?: (() => void) | undefined;
}

/**
 * A container format. `consume` is given a stretch of the file that begins where the last call's answer ended and
 * answers how many octets it is done with; what remains comes again at the front of the next stretch, with more behind
 * it. A reader never asks for more than `LARGEST_RECORD` octets at once.
 */
export interface ContainerReader {
  consume(bytes: Uint8Array, length: number): number;
  /** The file ends here; the rest is what `consume` left. */
  finish(bytes: Uint8Array, length: number): void;
  /** Reading is broken off: what waits is handed over. */
  leave?(): void;
  /** Nothing further can be read from this file. */
  readonly stopped: boolean;
}

/** State shared by the formats: the frame, its visitor, damage, interfaces, and what was counted. */
export class Capture {
  readonly frame: Frame;
  readonly visit: FrameVisitor;
  readonly shortcut: Shortcut | undefined;
  readonly batch: FrameBatch;
  readonly damage = new DamageList();
  readonly drops = new Drops();
  readonly interfaces: CaptureInterface[] = [];
  readonly resync: boolean;
  readonly onText: (() => void) | undefined;
  /** What a text leaves out; only where the capture is one. */
  text: TextSource | undefined;
  /** 'pcap', 'pcap modified', 'pcapng', 'text'; '' until the first octets are seen. */
  format = '';
  byteOrder: 'little' | 'big' = 'little';
  frames = 0;
  /** Frames of which fewer octets were kept than were on the wire. */
  snapped = 0;
  /** The longest captured length among the snapped frames: the snap length in force. */
  snappedAt = 0;
  /** File position of `bytes[0]`. */
  base = Number.NaN;
  firstSeconds = Number.NaN;
  firstNanoseconds = 0;

  constructor(visit: FrameVisitor, options: Options = {}, frame: Frame = new Frame()) {
    this.visit = visit;
    this.shortcut = options.shortcut;
    this.batch = options.shortcut?.batch ?? new FrameBatch();
    this.frame = frame;
    this.resync = options.resync ?? false;
    this.onText = options.onText;
    this.base = 0;
  }
}
