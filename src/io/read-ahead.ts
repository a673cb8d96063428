import { read } from 'node:fs';

/**
 * Reads a file from its beginning, stretch by stretch, into a few buffers that are used in turn: while one is looked
 * at, the others are on their way. A reader that asks for the next stretch only when the last has come loses half its
 * time to the waking of threads.
 */
export class ReadAhead {
  readonly #file: number;
  readonly #octets: number;
  /** Each with room in front for what the stretch before left over. */
  readonly #margin: number;
  /** In the order of the file. */
  readonly #asked: { buffer: Uint8Array; got: Promise<number> }[] = [];
  #position = 0;
  #current: Uint8Array | undefined;
  #ended = false;

  /** `octets` a stretch, behind a margin of `margin` octets in each buffer; two buffers at least. */
  constructor(file: number, octets: number, margin: number, buffers: readonly Uint8Array[]) {
    // One thread of the system's pool, which never sleeps while there is something to read: with the usual four, each
    // question wakes another one. Heard only before the pool is first used.
    process.env.UV_THREADPOOL_SIZE ??= '1';
    this.#file = file;
    this.#octets = octets;
    this.#margin = margin;
    for (const buffer of buffers) this.#ask(buffer);
  }

  /** What the last stretch left over, and behind it the next octets of the file; nothing new at its end. */
  async next(left: Uint8Array): Promise<Uint8Array> {
    if (this.#ended) return left;
    const { buffer, got } = this.#asked.shift()!;
    const octets = await got;
    // Short is the end, also of a file that grows: what comes behind has been asked for at a place further on.
    this.#ended = octets < this.#octets;
    const start = this.#margin - left.length;
    buffer.set(left, start);
    if (this.#current && !this.#ended) this.#ask(this.#current);
    this.#current = buffer;
    return buffer.subarray(start, this.#margin + octets);
  }

  /** Waits for what is still on its way. */
  async end(): Promise<void> {
    await Promise.allSettled(this.#asked.map(({ got }) => got));
  }

  #ask(buffer: Uint8Array): void {
    const got = fill(this.#file, buffer, this.#margin, this.#margin + this.#octets, this.#position);
    // Whoever waits for it hears of a failure; where nobody waits any more it must not end the process.
    got.catch(() => {});
    this.#asked.push({ buffer, got });
    this.#position += this.#octets;
  }
}

/** Fills `buffer` from `from` to `to` with what stands at `position` of the file; answers the octets there were. */
function fill(file: number, buffer: Uint8Array, from: number, to: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let at = from;
    const more = (): void => {
      read(file, buffer, at, to - at, position + at - from, (error, got) => {
        if (error) reject(error);
        else {
          at += got;
          if (got > 0 && at < to) more();
          else resolve(at - from);
        }
      });
    };
    more();
  });
}
