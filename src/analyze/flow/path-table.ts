import { Arena } from '../../frame/arena.js';
import { BOUND, BOUND_WORDS, type PackedBounds } from './path-bounds.js';

/** Pairs of hosts, each direction by itself; further ones are not followed. */
export const MOST_PATHS = 4096;
/** Where a pair is looked for. A power of two. */
export const PATH_SLOTS = MOST_PATHS * 2;

/**
 * Bounds by pair of hosts and direction, gathered as flows end; compiled code (assembly/path-table.ts) does the same.
 */
export class PathTable {
  /** Octets that a table takes of an arena. */
  static readonly octets = PATH_SLOTS * 4 + MOST_PATHS * (BOUND_WORDS * 4 + 16) + 4;
  /** The number of a bound + 1; 0: free. */
  readonly slots: Int32Array;
  /** The bounds in the order in which their pairs were met, and their times. */
  readonly words: Int32Array;
  readonly times: Float64Array;
  /** How many there are. */
  readonly count: Int32Array;

  constructor(arena = new Arena()) {
    this.slots = arena.int32(PATH_SLOTS);
    this.words = arena.int32(MOST_PATHS * BOUND_WORDS);
    this.times = arena.float64(MOST_PATHS * 2);
    this.count = arena.int32(1);
  }

  /**
   * A flow that began with frame `flow` and ended at `last` brought `arrived` octets from one address of `from` to the
   * other.
   */
  note(words: Int32Array, from: number, to: number, family: 4 | 6, arrived: number, flow: number, last: number): void {
    const bound = this.#find(words, from, to, family);
    if (bound < 0) return;
    const held = this.words;
    const times = this.times;
    const at = bound * BOUND_WORDS;
    if (arrived > held[at + BOUND.ARRIVED]! || (arrived === held[at + BOUND.ARRIVED] && last > times[bound * 2]!)) {
      if (held[at + BOUND.FLOW] !== flow) {
        held[at + BOUND.ELSEWHERE] = held[at + BOUND.ARRIVED]!;
        times[bound * 2 + 1] = times[bound * 2]!;
      }
      held[at + BOUND.ARRIVED] = arrived;
      held[at + BOUND.FLOW] = flow;
      times[bound * 2] = last;
    } else if (arrived >= held[at + BOUND.ELSEWHERE]!) {
      times[bound * 2 + 1] = arrived > held[at + BOUND.ELSEWHERE]! ? last : Math.max(last, times[bound * 2 + 1]!);
      held[at + BOUND.ELSEWHERE] = arrived;
    }
  }

  bounds(): PackedBounds {
    const count = this.count[0]!;
    return { words: this.words.slice(0, count * BOUND_WORDS), times: this.times.slice(0, count * 2) };
  }

  #find(words: Int32Array, from: number, to: number, family: number): number {
    const held = this.words;
    const slots = this.slots;
    let hash = family;
    for (let index = 0; index < 4; index++) {
      hash = Math.imul(hash ^ words[from + index]!, 0x9e3779b1) ^ (hash >>> 15);
      hash = Math.imul(hash ^ words[to + index]!, 0x85ebca6b) ^ (hash >>> 13);
    }
    let slot = (hash ^ (hash >>> 16)) & (PATH_SLOTS - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (PATH_SLOTS - 1)) {
      const at = (slots[slot]! - 1) * BOUND_WORDS;
      let same = held[at + BOUND.FAMILY] === family;
      for (let index = 0; same && index < 4; index++) {
        same =
          held[at + BOUND.FROM + index] === words[from + index] && held[at + BOUND.TO + index] === words[to + index];
      }
      if (same) return slots[slot]! - 1;
    }
    const bound = this.count[0]!;
    if (bound >= MOST_PATHS) return -1;
    this.count[0] = bound + 1;
    slots[slot] = bound + 1;
    const at = bound * BOUND_WORDS;
    held[at + BOUND.FAMILY] = family;
    for (let index = 0; index < 4; index++) {
      held[at + BOUND.FROM + index] = words[from + index]!;
      held[at + BOUND.TO + index] = words[to + index]!;
    }
    return bound;
  }
}
