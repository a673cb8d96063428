import { OctetsOut } from './octets-out.js';

/** Frames that one text may hold; a text of 100 MB has fewer. */
export const MOST_FRAMES = 1_000_000;
/** Octets of all of them. */
export const MOST_OCTETS = 512 * 1024 * 1024;

/** Where one rebuilt frame lies, and what is known of it beside its octets. */
export interface FrameRecord {
  readonly start: number;
  readonly end: number;
  /** Octets on the wire. */
  readonly original: number;
  readonly linkType: number;
  /** Seconds of the form's clock; null without one. */
  readonly time: number | null;
  readonly place: number;
  /** Equal for two views of the same packet; null where the packet shows by itself whether it is one. */
  readonly same: { readonly direction: string; readonly numbers: string } | null;
  readonly line: number;
}

/** The frames of a text, rebuilt, until the whole of it has been seen. */
export class FrameStore {
  readonly out = new OctetsOut();
  readonly records: FrameRecord[] = [];

  get full(): boolean {
    return this.records.length >= MOST_FRAMES || this.out.length >= MOST_OCTETS;
  }
}
