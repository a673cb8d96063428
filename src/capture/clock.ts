import { EXACT_TIME } from './block.js';
import type { CaptureInterface } from './container.js';

/** Turns an interface's 64-bit timestamps into seconds and nanoseconds, exactly and without BigInt. */
export class Clock {
  readonly interface: CaptureInterface;
  seconds = Number.NaN;
  nanoseconds = 0;
  /** Fractions to a second, and seconds to add. */
  readonly units: number;
  readonly offset: number;

  constructor({ of, offsetSeconds }: { of: CaptureInterface; offsetSeconds: number }) {
    this.interface = of;
    this.units = of.unitsPerSecond;
    this.offset = offsetSeconds;
  }

  /** High and low 32 bits of the timestamp. */
  set(high: number, low: number): void {
    const { units } = this;
    let whole: number;
    let rest: number;
    if (high < EXACT_TIME) {
      const ticks = high * 4_294_967_296 + low;
      whole = Math.floor(ticks / units);
      rest = ticks - whole * units;
    } else {
      // Long division by 16 bits at a time: each partial remainder stays below 2^53 for units up to 2^37.
      whole = Math.floor(high / units);
      rest = high - whole * units;
      const upper = rest * 65_536 + (low >>> 16);
      const q2 = Math.floor(upper / units);
      const lower = (upper - q2 * units) * 65_536 + (low & 0xffff);
      const q3 = Math.floor(lower / units);
      whole = (whole * 65_536 + q2) * 65_536 + q3;
      rest = lower - q3 * units;
    }
    this.seconds = whole + this.offset;
    this.nanoseconds = Math.min(999_999_999, Math.floor(rest * (1e9 / units)));
  }
}
