import { Arena } from '../../frame/arena.js';
import { DIRECTION_WORDS, FLOW_WORDS, ROW_TIMES, ROW_WORDS } from './flow-columns.js';
import { hashOf } from './key-hash.js';

/** Words of a key: what it is, ports, lower address, higher address (IPv4 uses the first word of each). */
export const KEY_WORDS = 10;
/** Rows of which the longest idle gives way, and how many such are looked for at a time. */
const NEIGHBOURS = 16;
const AHEAD = 8;
/** Words of a cache line. */
const LINE = 16;

/**
 * A bounded open-addressing table of flows in typed arrays: nothing is allocated after construction, and pages that no
 * flow has touched cost no memory. When it is full, the longest idle of a few neighbours gives way and is handed to
 * `onEvict` first.
 */
export class FlowTable {
  readonly capacity: number;
  /** Rows of `ROW_WORDS`: key, flow, two directions; and the same octets as doubles. */
  readonly words: Int32Array;
  readonly times: Float64Array;
  /** When a row's flow was seen last, seconds: side by side, since all that are looked at for an eviction are not in the cache. */
  readonly last: Float64Array;
  /** The key to look up: fill it, then call `find`. */
  readonly key: Int32Array = new Int32Array(KEY_WORDS);
  size = 0;
  evicted = 0;
  /** Whether the last `find` made a new row. */
  fresh = false;
  /** Pairs: row + 1 (0: empty), hash; and the number of pairs less one. */
  readonly slots: Int32Array;
  readonly mask: number;
  private readonly onEvict: (row: number) => void;
  private hand = 0;
  /** Rows that give way next, and when each was seen last as it was chosen. */
  private readonly victims = new Int32Array(AHEAD);
  private readonly idleSince = new Float64Array(AHEAD);
  private chosen = 0;
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
    this.onEvict = onEvict;
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
  newRow(): number {
    const row = this.size === this.capacity ? this.evict() : this.size;
    this.size++;
    return row;
  }

  /** Forgets what the row holds, keeping its key. */
  clear(row: number): void {
    this.words.fill(0, row * ROW_WORDS + KEY_WORDS, (row + 1) * ROW_WORDS);
  }

  private evict(): number {
    let row: number;
    do {
      if (this.chosen === 0) this.choose();
      row = this.victims[--this.chosen]!;
      // What was heard of since is idle no more.
    } while (this.last[row] !== this.idleSince[this.chosen]);
    this.onEvict(row);
    this.unlink(row);
    this.clear(row);
    this.evicted++;
    this.size--;
    return row;
  }

  /** Several at once, so that the waits for their memory overlap; settling the next eight took 1.7 times as long one by one. */
  private choose(): void {
    const { capacity, last, words, victims } = this;
    const most = Math.min(AHEAD, Math.max(1, capacity / (4 * NEIGHBOURS)));
    for (let chosen = 0; chosen < most; chosen++) {
      let oldest = Number.POSITIVE_INFINITY;
      for (let step = 0; step < NEIGHBOURS; step++) {
        const row = (this.hand + step) & (capacity - 1);
        if (last[row]! >= oldest) continue;
        oldest = last[row]!;
        victims[chosen] = row;
      }
      this.idleSince[chosen] = oldest;
      this.hand = (this.hand + NEIGHBOURS) & (capacity - 1);
    }
    for (let chosen = 0; chosen < most; chosen++) {
      const at = victims[chosen]! * ROW_WORDS;
      const [forth, back] = [at + FLOW_WORDS, at + FLOW_WORDS + DIRECTION_WORDS];
      this.touched ^= words[at]! ^ words[forth]! ^ words[forth + LINE]! ^ words[back]! ^ words[back + LINE]!;
    }
    this.chosen = most;
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
