/** What happens, one after the other, for who reads it when there is time. */
export class Turns<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = [];
  #wake: () => void = () => {};
  #over = false;
  #failed: unknown;

  push(one: T): void {
    this.#waiting.push(one);
    this.#wake();
  }

  /** No more will come; `failed` is thrown to who reads. */
  end(failed?: unknown): void {
    this.#over = true;
    this.#failed = failed;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      while (this.#waiting.length > 0) yield this.#waiting.shift() as T;
      if (this.#over) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failed !== undefined) throw this.#failed;
  }
}
