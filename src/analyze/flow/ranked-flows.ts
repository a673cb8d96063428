import type { FlowFacts } from './flow-facts.js';

/** The flows of highest rank, as many as fit. */
export class RankedFlows {
  readonly #most: number;
  #kept: { facts: FlowFacts | (() => FlowFacts); rank: number }[] = [];
  /** The rank above which there may be a place. */
  floor = -1;
  left = 0;

  constructor(most: number) {
    this.#most = most;
  }

  takes(rank: number): boolean {
    return rank > this.floor;
  }

  /** Of a rank that it takes. */
  add(rank: number, facts: FlowFacts | (() => FlowFacts)): void {
    this.#kept.push({ facts, rank });
    if (this.#kept.length >= this.#most * 2) this.#trim();
  }

  flows(): FlowFacts[] {
    this.#trim();
    return this.#kept.map(({ facts }) => (typeof facts === 'function' ? facts() : facts));
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
