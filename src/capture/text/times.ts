import { midnights } from './stamp.js';

/** Seconds between packets whose time is not printed: they stand in order, and nothing is said of pauses. */
const NEXT = 1e-6;
/** With `-ttt` the clock runs back as often as forward. */
const OFTEN = 0.2;

/**
 * Seconds of each frame on one clock: past midnight, deltas (`-ttt`), sections with clocks of their own, none at all.
 */
export class SteadyTimes {
  #first: number | null = null;
  #before = 0;
  #known = 0;
  #falls = 0;
  #deltas: boolean | undefined;
  #shift = 0;
  #last = 0;
  #printed = 0;
  #section = -1;

  /** A frame was read: what its clock is, shows in those that follow. */
  note(time: number | null): void {
    if (time === null) return;
    if (this.#first === null) this.#first = time;
    else if (time < this.#before) this.#falls++;
    this.#before = time;
    this.#known++;
  }

  /** The next frame's; what has been noted by the first call decides whether the clock prints deltas. */
  next(time: number | null, section: number): number {
    const start = this.#first ?? 0;
    if (this.#deltas === undefined) {
      this.#deltas = start === 0 && this.#falls > this.#known * OFTEN;
      this.#last = start;
      this.#printed = start;
    }
    if (time === null) this.#last += NEXT;
    else if (this.#deltas) this.#last += time;
    else {
      if (section !== this.#section) {
        this.#section = section;
        // A clock that begins before the first one: the two are not compared.
        this.#shift = Math.max(0, start - time);
        this.#printed = time;
      }
      this.#shift += midnights(this.#printed, time);
      this.#printed = time;
      this.#last = time + this.#shift;
    }
    return this.#last;
  }
}
