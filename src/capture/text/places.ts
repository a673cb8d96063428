import { own } from './own.js';

/**
 * Places told apart, fewer than the analysis numbers (1023): those beyond are one, where what comes twice is a copy.
 */
const MOST = 1000;
/** Seconds by which a clock may run back within one capture. */
const JITTER = 0.1;

export interface Place {
  readonly name: string;
  readonly section: number;
}

/**
 * Where the packets of a text were seen. A device is a place. Where a text holds several captures one after the other
 * (numbers or the clock begin anew behind a heading), each is a section with places of its own.
 */
export class Places {
  readonly list: Place[] = [];
  readonly #numbers = new Map<string, number>();
  section = 0;
  #lastTime: number | null = null;
  #lastOrdinal: number | null = null;

  /** The number of the place, from 0. */
  of(device: string | null, time: number | null, ordinal: number | null, afterWords: boolean): number {
    const back = time !== null && this.#lastTime !== null ? this.#lastTime - time : 0;
    const anew = ordinal === 1 && this.#lastOrdinal !== null && this.#lastOrdinal > 1;
    // Past midnight a clock without a date begins anew as well: the same capture.
    const midnight = back > 43_200;
    if (anew || (afterWords && back > JITTER && !midnight)) this.section++;
    if (time !== null) this.#lastTime = time;
    if (ordinal !== null) this.#lastOrdinal = ordinal;
    const name = own(device ?? '');
    const key = `${this.section} ${name}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.list.length >= MOST) return MOST - 1;
    const number = this.list.length;
    this.list.push({ name, section: this.section });
    this.#numbers.set(key, number);
    return number;
  }

  /** pktmon shows a packet once for each component of the stack that it passes. */
  isComponent(place: number): boolean {
    return this.list[place]?.name.startsWith('component ') === true;
  }
}
