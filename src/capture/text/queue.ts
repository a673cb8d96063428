import { LinkType } from '../../frame/link-type.js';
import type { Capture } from '../container.js';
import { deliver } from '../record.js';
import { areCopies, type SecondView } from './copies.js';
import { OctetsOut } from './octets-out.js';
import type { Places } from './places.js';
import { SteadyTimes } from './times.js';

/** Frames that wait at most. */
export const MOST_WAITING = 16_384;
/** Octets of all of them; a frame has 64 kB at most. */
const MOST_OCTETS = 4 * 1024 * 1024 - 2 * 65_536;

/** What is known of a rebuilt frame beside its octets, which are the last ones of `out`. */
export interface RebuiltFrame {
  /** Octets on the wire. */
  readonly original: number;
  readonly linkType: number;
  /** Seconds of the form's clock; null without one. */
  readonly time: number | null;
  readonly place: number;
  /** Where it was seen just before: its direction, which shows later whether it is a copy. */
  readonly second: SecondView | null;
}

/**
 * The frames of a text, rebuilt, until enough of what follows has been read: whether a packet is the copy of another,
 * what its clock counts, which component shows most, all shows in those behind it. A text of some thousand packets is
 * seen whole.
 */
export class FrameQueue {
  readonly out = new OctetsOut();
  /** Frames that were put in, and those left aside as copies. */
  frames = 0;
  copies = 0;
  /** Second views were left aside: the text does not say where each was seen. */
  withoutDevice = false;
  readonly #capture: Capture;
  readonly #places: Places;
  readonly #times = new SteadyTimes();
  /** Frames of each component. */
  readonly #shown = new Map<number, number>();
  /** The component that shows most packets: each of the others shows the same ones again. */
  #kept: number | null = null;
  /** Of the frames that wait, one behind the other: an object for each would outlive the collector's quick runs. */
  readonly #ends = new Uint32Array(MOST_WAITING);
  readonly #originals = new Uint32Array(MOST_WAITING);
  readonly #linkTypes = new Uint16Array(MOST_WAITING);
  readonly #clocks = new Float64Array(MOST_WAITING);
  readonly #seenAt = new Uint16Array(MOST_WAITING);
  readonly #seconds: (SecondView | null)[] = [];
  #waiting = 0;

  constructor(capture: Capture, places: Places) {
    this.#capture = capture;
    this.#places = places;
  }

  push({ original, linkType, time, place, second }: RebuiltFrame): void {
    const at = this.#waiting++;
    this.frames++;
    this.#times.note(time);
    if (this.#places.isComponent(place)) this.#shown.set(place, (this.#shown.get(place) ?? 0) + 1);
    this.#ends[at] = this.out.length;
    this.#originals[at] = original;
    this.#linkTypes[at] = linkType;
    this.#clocks[at] = time ?? Number.NaN;
    this.#seenAt[at] = place;
    this.#seconds[at] = second;
    if (this.#waiting === MOST_WAITING || this.out.length >= MOST_OCTETS) this.#handOver(Math.ceil(this.#waiting / 2));
  }

  /** The text ended. */
  end(): void {
    this.#handOver(this.#waiting);
  }

  #handOver(count: number): void {
    this.#kept ??= mostShown(this.#shown);
    if (this.#kept === null) this.#addInterfaces();
    let start = 0;
    for (let at = 0; at < count; at++) {
      const end = this.#ends[at]!;
      this.#hand(at, start, end);
      start = end;
    }
    this.out.drop(start);
    for (const column of [this.#ends, this.#originals, this.#linkTypes, this.#clocks, this.#seenAt, this.#seconds])
      column.copyWithin(0, count, this.#waiting);
    this.#waiting -= count;
    for (let at = 0; at < this.#waiting; at++) this.#ends[at]! -= start;
    // Frames of a text are not cut by a snap length; what is missing is said in words.
    this.#capture.snapped = 0;
    this.#capture.snappedAt = 0;
  }

  #hand(at: number, start: number, end: number): void {
    const place = this.#seenAt[at]!;
    const second = this.#seconds[at]!;
    const clock = this.#clocks[at]!;
    const time = this.#times.next(Number.isNaN(clock) ? null : clock, this.#places.list[place]?.section ?? 0);
    const kept = this.#kept;
    const copy = kept === null && second !== null && areCopies(second);
    if (copy || (kept !== null && place !== kept && this.#places.isComponent(place))) {
      this.copies++;
      this.withoutDevice ||= copy;
      return;
    }
    const capture = this.#capture;
    const seconds = Math.floor(time);
    capture.frame.interface = kept === null ? place : 0;
    capture.frame.linkType = this.#linkTypes[at]!;
    const nanoseconds = Math.round((time - seconds) * 1e9);
    deliver(capture, this.out.bytes, start, end, 0, end - start, this.#originals[at]!, seconds, nanoseconds);
  }

  #addInterfaces(): void {
    const { interfaces } = this.#capture;
    for (const { name } of this.#places.list.slice(interfaces.length))
      interfaces.push({
        linkType: LinkType.raw,
        snapLength: 0,
        unitsPerSecond: 1e9,
        ...(name === '' ? {} : { name }),
      });
  }
}

function mostShown(shown: ReadonlyMap<number, number>): number | null {
  let most: number | null = null;
  for (const [place, count] of shown) if (most === null || count > (shown.get(most) ?? 0)) most = place;
  return most;
}
