import { F, ROW_WORDS } from './flow-columns.js';
import type { FlowFacts } from './flow-facts.js';
import { factsOf } from './flow-row.js';
import type { FlowTable } from './flow-table.js';

/** Flows as the table held them when they ended: a quarter of what they take as facts. A worker thread can hand it over. */
export interface PackedFlows {
  readonly count: number;
  /** Rows of the table, `BLOCK` in each but the last. */
  readonly blocks: readonly Int32Array<ArrayBuffer>[];
  /** When each was seen last, and when it ended; seconds. */
  readonly last: Float64Array;
  readonly ended: Float64Array;
}

/** Flows kept of one capture: 1.1 kB each. */
const MOST = 100_000;
const BLOCK = 256;

/** Keeps a copy of rows that end. */
export class FlowPacker {
  readonly #blocks: Int32Array<ArrayBuffer>[] = [];
  readonly #last: number[] = [];
  readonly #ended: number[] = [];

  /** `now` in seconds; beyond the limit nothing is kept. */
  add({ words, last }: FlowTable, row: number, now: number): void {
    const at = this.#last.length;
    if (at >= MOST) return;
    if (at % BLOCK === 0) this.#blocks.push(new Int32Array(BLOCK * ROW_WORDS));
    this.#blocks.at(-1)!.set(words.subarray(row * ROW_WORDS, (row + 1) * ROW_WORDS), (at % BLOCK) * ROW_WORDS);
    this.#last.push(last[row]!);
    this.#ended.push(now);
  }

  finish(): PackedFlows {
    const count = this.#last.length;
    const blocks = this.#blocks.map((block, index) => {
      const used = Math.min(BLOCK, count - index * BLOCK);
      return used < BLOCK ? block.slice(0, used * ROW_WORDS) : block;
    });
    return { count, blocks, last: Float64Array.from(this.#last), ended: Float64Array.from(this.#ended) };
  }
}

/** The flows in the order they began, each made as it is taken. */
export function* unpacked({ count, blocks, last, ended }: PackedFlows): Generator<FlowFacts, void, undefined> {
  const began = (index: number): number =>
    blocks[Math.floor(index / BLOCK)]![(index % BLOCK) * ROW_WORDS + F.FIRST_FRAME]!;
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort(
    (one, other) => began(one) - began(other),
  );
  for (const index of order) {
    const words = blocks[Math.floor(index / BLOCK)]!;
    const first = index - (index % BLOCK);
    const rows = { words, times: new Float64Array(words.buffer), last: last.subarray(first, first + BLOCK) };
    yield factsOf(rows, index - first, ended[index]!);
  }
}
