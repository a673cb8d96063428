import { Arena } from '../../frame/arena.js';
import { DIRECTION_WORDS, F, FLOW_WORDS, HOT_WORDS, ROW_TIMES, ROW_WORDS } from './flow-columns.js';
import { hashOf } from './key-hash.js';

/** Words of a key: what it is, ports, lower address, higher address (IPv4 uses the first word of each). */
export const KEY_WORDS = 10;
/** Rows of which the longest idle gives way, and how many such are looked for at a time. */
export const NEIGHBOURS = 16;
export const AHEAD = 8;
/** Words of a cache line. */
export const LINE = 16;
/**
 * Words of what else the table knows: rows in use, flows that gave way, where to look on; the rows that give way next,
 * and how many.
 */
export const TABLE = { SIZE: 0, EVICTED: 1, HAND: 2, CHOSEN: 3, VICTIMS: 4 } as const;
const TABLE_WORDS = TABLE.VICTIMS + AHEAD;

/**
 * A bounded open-addressing table of flows in typed arrays: nothing is allocated after construction, and pages that no
 * flow has touched cost no memory. When it is full, the longest idle of a few neighbours gives way and is handed to
 * `onEvict` first. Compiled code (assembly/rows.ts) makes rows and takes them back in the same way.
 */
export class FlowTable {
  readonly capacity: number;
  /** Rows of `ROW_WORDS`: key, flow, two directions; and the same octets as doubles. */
  readonly words: Int32Array;
  readonly times: Float64Array;
  /**
   * When a row's flow was seen last, seconds: side by side, since all that are looked at for an eviction are not in the
   * cache.
   */
  readonly last: Float64Array;
  /** The key to look up: fill it, then call `find`. */
  readonly key: Int32Array = new Int32Array(KEY_WORDS);
  /** Whether the last `find` made a new row. */
  fresh = false;
  /** Pairs: row + 1 (0: empty), hash; and the number of pairs less one. */
  readonly slots: Int32Array;
  readonly mask: number;
  /** See TABLE; and when each of the victims was seen last as it was chosen. */
  readonly state: Int32Array;
  readonly idleSince: Float64Array;
  private readonly onEvict: (row: number) => void;
  /** Keeps the reading of memory from being left out as useless. */
  touched = 0;
  /** The row of the last answer; an unused row matches no key. */
  private latest = 0;

  /** Octets that a table for so many flows takes. */
  static octets(capacity: number): number {
    return powerOfTwo(capacity) * (ROW_WORDS + 6) * 4;
  }

  /** `capacity` in flows, rounded up to a power of two. */
  constructor(capacity: number, onEvict: (row: number) => void, arena = new Arena()) {
    this.capacity = powerOfTwo(capacity);
    this.mask = this.capacity * 2 - 1;
    this.words = arena.int32(this.capacity * ROW_WORDS);
    this.times = new Float64Array(this.words.buffer, this.words.byteOffset, this.capacity * ROW_TIMES);
    this.slots = arena.int32(this.capacity * 4);
    this.last = arena.float64(this.capacity);
    this.state = arena.int32(TABLE_WORDS);
    this.idleSince = arena.float64(AHEAD);
    this.onEvict = onEvict;
  }

  get size(): number {
    return this.state[TABLE.SIZE]!;
  }

  get evicted(): number {
    return this.state[TABLE.EVICTED]!;
  }

  /** The row of `key`, or -1. With `make`, an unknown key gets a fresh row of zeros. */
  find(make: boolean): number {
    const key = this.key;
    const words = this.words;
    this.fresh = false;
    // A segment and its acknowledgement, or a burst: most often it is the flow of the packet before.
    if (sameKey(words, this.latest * ROW_WORDS, key)) return this.latest;
    const slots = this.slots;
    const hash = hashOf(key, 0);
    let slot = hash & this.mask;
    for (let held = slots[slot * 2]!; held !== 0; held = slots[slot * 2]!) {
      if (slots[slot * 2 + 1] === hash && sameKey(words, (held - 1) * ROW_WORDS, key)) {
        this.latest = held - 1;
        return held - 1;
      }
      slot = (slot + 1) & this.mask;
    }
    if (!make) return -1;
    const full = this.size === this.capacity;
    const row = this.newRow();
    // The eviction may have moved entries of this very chain.
    if (full) for (slot = hash & this.mask; slots[slot * 2] !== 0; ) slot = (slot + 1) & this.mask;
    slots[slot * 2] = row + 1;
    slots[slot * 2 + 1] = hash;
    const at = row * ROW_WORDS;
    // `set` costs more than these ten words.
    for (let index = 0; index < KEY_WORDS; index++) words[at + index] = key[index]!;
    this.fresh = true;
    this.latest = row;
    return row;
  }

  /** A row for a new flow, all zero but for its key, in use from now on: the caller gives it a key and a slot. */
  private newRow(): number {
    if (this.size === this.capacity) return this.evict();
    return this.state[TABLE.SIZE]!++;
  }

  /** Forgets what the row holds, keeping its key. */
  clear(row: number): void {
    const { words } = this;
    const at = row * ROW_WORDS;
    if (words[at + F.LONG_ROAD]! !== 0) {
      words.fill(0, at + KEY_WORDS, at + ROW_WORDS);
      return;
    }
    // The rest is 0, and to write it would fetch ten more lines of each row that gives way.
    const back = at + FLOW_WORDS + DIRECTION_WORDS;
    words.fill(0, at + KEY_WORDS, at + FLOW_WORDS + HOT_WORDS);
    words.fill(0, back, back + HOT_WORDS);
  }

  private evict(): number {
    const { state, last, idleSince } = this;
    let row: number;
    let chosen: number;
    do {
      if (state[TABLE.CHOSEN] === 0) this.choose();
      chosen = --state[TABLE.CHOSEN]!;
      row = state[TABLE.VICTIMS + chosen]!;
      // What was heard of since is idle no more.
    } while (last[row] !== idleSince[chosen]);
    this.onEvict(row);
    this.unlink(row);
    this.clear(row);
    state[TABLE.EVICTED]!++;
    return row;
  }

  /**
   * Several at once, so that the waits for their memory overlap; settling the next eight took 1.7 times as long one by
   * one.
   */
  private choose(): void {
    const { capacity, last, words, state, idleSince } = this;
    const most = Math.min(AHEAD, Math.max(1, capacity / (4 * NEIGHBOURS)));
    for (let chosen = 0; chosen < most; chosen++) {
      let oldest = Number.POSITIVE_INFINITY;
      for (let step = 0; step < NEIGHBOURS; step++) {
        const row = (state[TABLE.HAND]! + step) & (capacity - 1);
        if (last[row]! >= oldest) continue;
        oldest = last[row]!;
        state[TABLE.VICTIMS + chosen] = row;
      }
      idleSince[chosen] = oldest;
      state[TABLE.HAND] = (state[TABLE.HAND]! + NEIGHBOURS) & (capacity - 1);
    }
    for (let chosen = 0; chosen < most; chosen++) {
      const at = state[TABLE.VICTIMS + chosen]! * ROW_WORDS;
      const [forth, back] = [at + FLOW_WORDS, at + FLOW_WORDS + DIRECTION_WORDS];
      for (let line = 0; line < HOT_WORDS; line += LINE) this.touched ^= words[forth + line]! ^ words[back + line]!;
      this.touched ^= words[at]!;
    }
    state[TABLE.CHOSEN] = most;
  }

  /** Takes a row out of the slots and closes the gap behind it (backward shift, no tombstones). */
  private unlink(row: number): void {
    const slots = this.slots;
    const mask = this.mask;
    let hole = hashOf(this.words, row * ROW_WORDS) & mask;
    while (slots[hole * 2] !== row + 1) hole = (hole + 1) & mask;
    for (let next = (hole + 1) & mask; slots[next * 2] !== 0; next = (next + 1) & mask) {
      const home = slots[next * 2 + 1]! & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        slots[hole * 2] = slots[next * 2]!;
        slots[hole * 2 + 1] = slots[next * 2 + 1]!;
        hole = next;
      }
    }
    slots[hole * 2] = 0;
  }
}

const powerOfTwo = (flows: number): number => 2 ** Math.ceil(Math.log2(Math.max(16, flows)));

function sameKey(keys: Int32Array, at: number, key: Int32Array): boolean {
  if (keys[at] !== key[0] || keys[at + 1] !== key[1] || keys[at + 2] !== key[2] || keys[at + 6] !== key[6])
    return false;
  for (let index = 3; index < KEY_WORDS; index++) if (keys[at + index] !== key[index]) return false;
  return true;
}
