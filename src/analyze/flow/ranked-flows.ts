import type { FlowFacts } from './flow-facts.js';

/** The flows of highest rank, as many as fit. */
export class RankedFlows {
  readonly #most: number;
  #kept: { facts: FlowFacts | number; rank: number }[] = [];
  /** The rank above which there may be a place. */
  floor = -1;
  left = 0;

  constructor(most: number) {
    this.#most = most;
  }

  takes(rank: number): boolean {
    return rank > this.floor;
  }

  /** A flow of a rank that it takes; its row, where that is no other flow's before `flows` is asked. */
  add(rank: number, facts: FlowFacts | number): void {
    this.#kept.push({ facts, rank });
    if (this.#kept.length >= this.#most * 2) this.#trim();
  }

  flows(of: (row: number) => FlowFacts): FlowFacts[] {
    this.#trim();
    return this.#kept.map(({ facts }) => (typeof facts === 'number' ? of(facts) : facts));
  }

  #trim(): void {
    // Of equals, those that came first.
    this.#kept.sort((left, right) => right.rank - left.rank);
    if (this.#kept.length <= this.#most) return;
    this.left += this.#kept.length - this.#most;
    this.#kept.length = this.#most;
    this.floor = this.#kept[this.#most - 1]!.rank;
  }
}
