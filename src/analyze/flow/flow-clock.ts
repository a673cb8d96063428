/** Seconds backwards that are a step of the clock, and no disorder of frames. */
export const STEP = 1;
/** A file with more of them is not in order at all. */
const MOST_STEPS = 16;

/**
 * Seconds since the first frame, for each interface by itself: where its clock was set back, time goes on from the
 * frame before, so that the waits around the step stay what they are.
 */
export class FlowClock {
  /** Where the time of the frame before is kept, for compiled code too. */
  readonly #held: Float64Array;
  readonly #at: number;
  readonly #offsets: number[] = [];
  readonly #previous: number[] = [];
  #current = 0;
  steps = 0;

  constructor(held: Float64Array, at: number) {
    this.#held = held;
    this.#at = at;
    held[at] = Number.NEGATIVE_INFINITY;
  }

  /** Frames of interface `index` come now; answers what is added to their times. */
  turn(index: number): number {
    if (index !== this.#current) {
      this.#previous[this.#current] = this.#held[this.#at]!;
      this.#held[this.#at] = this.#previous[index] ?? Number.NEGATIVE_INFINITY;
      this.#current = index;
    }
    return this.#offsets[index] ?? 0;
  }

  /** `milliseconds` since the first frame of the file, as the record says. */
  time(index: number, milliseconds: number): number {
    const offset = this.turn(index);
    const held = this.#held;
    const previous = held[this.#at]!;
    let time = Number.isFinite(milliseconds) ? milliseconds / 1000 + offset : 0;
    if (time < previous - STEP && this.steps < MOST_STEPS) {
      this.steps++;
      this.#offsets[index] = offset + (previous - time);
      time = previous;
    }
    held[this.#at] = time;
    return time;
  }
}
