/** A list that keeps at most `most` of what is added: each, then every second, every fourth … from the first on. */
export class Thinned<T> {
  /** What is kept, in the order it came. */
  items: T[] = [];
  /** What was added. */
  total = 0;
  readonly #most: number;
  #step = 1;

  constructor(most: number) {
    this.#most = most;
  }

  add(item: T): void {
    if (this.total++ % this.#step !== 0) return;
    if (this.items.length === this.#most) {
      this.items = this.items.filter((_, index) => index % 2 === 0);
      this.#step *= 2;
      if ((this.total - 1) % this.#step !== 0) return;
    }
    this.items.push(item);
  }
}
