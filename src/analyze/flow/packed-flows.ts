import { F, ROW_WORDS } from './flow-columns.js';
import type { FlowFacts } from './flow-facts.js';
import { factsOf } from './flow-row.js';
import type { FlowTable } from './flow-table.js';

/**
 * Flows as the table held them when they ended. Most words of a flow are those of the flow that stands first in its
 * block: only the others are kept, behind bits that say which, 0.2 kB where facts would take 4. A worker thread can
 * hand it over.
 */
export interface PackedFlows {
  readonly count: number;
  /** `BLOCK` flows in each but the last. */
  readonly blocks: readonly PackedBlock[];
  /** When each was seen last, and when it ended; seconds. */
  readonly last: Float64Array<ArrayBuffer>;
  readonly ended: Float64Array<ArrayBuffer>;
}

interface PackedBlock {
  readonly words: Int32Array<ArrayBuffer>;
  /** Where each of its flows begins in `words`. */
  readonly starts: Uint32Array<ArrayBuffer>;
}

/** Flows kept of one capture. */
const MOST = 100_000;
const BLOCK = 256;
/** Words of bits in front of each flow. */
const BITS = Math.ceil(ROW_WORDS / 32);

/** Keeps a copy of rows that end. */
export class FlowPacker {
  readonly #blocks: PackedBlock[] = [];
  readonly #last: number[] = [];
  readonly #ended: number[] = [];
  /** The block that is being filled. */
  #words = new Int32Array(BLOCK * (BITS + ROW_WORDS));
  #starts = new Uint32Array(BLOCK);
  #used = 0;

  /** `now` in seconds; beyond the limit nothing is kept. */
  add({ words, last }: Pick<FlowTable, 'words' | 'last'>, row: number, now: number): void {
    const at = this.#last.length;
    if (at >= MOST) return;
    this.#starts[at % BLOCK] = this.#used;
    this.#pack(words, row * ROW_WORDS, at % BLOCK === 0);
    this.#last.push(last[row]!);
    this.#ended.push(now);
    if (this.#last.length % BLOCK === 0) this.#close(BLOCK);
  }

  finish(): PackedFlows {
    const count = this.#last.length;
    this.#close(count % BLOCK);
    return {
      count,
      blocks: this.#blocks,
      last: Float64Array.from(this.#last),
      ended: Float64Array.from(this.#ended),
    };
  }

  #pack(from: Int32Array, start: number, first: boolean): void {
    const words = this.#words;
    const bits = this.#used;
    let at = bits + BITS;
    words.fill(0, bits, at);
    for (let word = 0; word < ROW_WORDS; word++) {
      const value = from[start + word]!;
      // The first stands whole behind its bits.
      if (!first && value === words[BITS + word]) continue;
      words[bits + (word >> 5)]! |= 1 << (word & 31);
      words[at++] = value;
    }
    this.#used = at;
  }

  #close(count: number): void {
    if (count === 0) return;
    this.#blocks.push({ words: this.#words.slice(0, this.#used), starts: this.#starts.slice(0, count) });
    this.#used = 0;
  }
}

/** The flows in the order they began, each made as it is taken. */
export function* unpacked({ count, blocks, last, ended }: PackedFlows): Generator<FlowFacts, void, undefined> {
  const words = new Int32Array(ROW_WORDS);
  const row = { words, times: new Float64Array(words.buffer), last: new Float64Array(1) };
  const unpack = (index: number): void => {
    const { words: packed, starts } = blocks[Math.floor(index / BLOCK)]!;
    const bits = starts[index % BLOCK]!;
    let at = bits + BITS;
    for (let word = 0; word < ROW_WORDS; word++) {
      const own = (packed[bits + (word >> 5)]! >> (word & 31)) & 1;
      words[word] = own ? packed[at++]! : packed[BITS + word]!;
    }
  };
  const began = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    unpack(index);
    began[index] = words[F.FIRST_FRAME]!;
  }
  const order = Uint32Array.from(began, (_, index) => index).sort((one, other) => began[one]! - began[other]!);
  for (const index of order) {
    unpack(index);
    row.last[0] = last[index]!;
    yield factsOf(row, 0, ended[index]!);
  }
}
