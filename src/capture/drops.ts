import { STATISTICS_HEADER } from './block.js';
import { MOST_INTERFACES } from './limits.js';
import { u16In, u32In } from './order.js';

/**
 * isb_ifdrop, isb_osdrop (draft-ietf-opsawg-pcapng 4.6): lost by the interface, and by the system before the recorder
 * got them.
 */
const LOST: readonly number[] = [5, 7];
const END = 0;

/** Packets that the recorder says it lost. Counters of an interface grow: the highest of its blocks counts. */
export class Drops {
  private readonly byInterface = new Map<number, number>();
  /** What a recorder printed below its lines. */
  printed = 0;

  /** A statistics block at `at`; `first` is what its section's interfaces are counted from. */
  block(bytes: Uint8Array, at: number, blockLength: number, first: number, little: boolean): void {
    const index = first + u32In(bytes, at + 8, little);
    const end = Math.min(at + blockLength - 4, bytes.length);
    let lost = 0;
    for (let option = at + STATISTICS_HEADER; option + 4 <= end; ) {
      const code = u16In(bytes, option, little);
      const length = u16In(bytes, option + 2, little);
      if (code === END || option + 4 + length > end) break;
      if (LOST.includes(code) && length === 8) lost += unsigned64(bytes, option + 4, little);
      option += 4 + length + (-length & 3);
    }
    const held = this.byInterface.get(index) ?? 0;
    if (lost > held && (held > 0 || this.byInterface.size < MOST_INTERFACES)) this.byInterface.set(index, lost);
  }

  get total(): number {
    return [...this.byInterface.values()].reduce((sum, one) => sum + one, this.printed);
  }
}

/** 0 where it is larger than any capture: a counter that is not kept is all ones. */
function unsigned64(bytes: Uint8Array, at: number, little: boolean): number {
  const count = u32In(bytes, little ? at + 4 : at, little) * 4_294_967_296 + u32In(bytes, little ? at : at + 4, little);
  return count <= Number.MAX_SAFE_INTEGER ? count : 0;
}
