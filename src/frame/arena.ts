/** Octets of a cache line. */
const LINE = 64;
/** The AssemblyScript compiler takes it that nothing lies below, and computes addresses that only then are right. */
const LOWEST = 1024;

/**
 * Hands out typed arrays of zeros, each from a cache line of its own: out of one memory, which compiled code then sees
 * too, or without one each out of its own. Nothing is given back.
 */
export class Arena {
  readonly #memory: ArrayBuffer | undefined;
  #used = LOWEST;

  constructor(memory?: ArrayBuffer) {
    this.#memory = memory;
  }

  /** Octets that are left of the memory. */
  get left(): number {
    return this.#memory === undefined ? Number.POSITIVE_INFINITY : this.#memory.byteLength - this.#used;
  }

  int32(count: number): Int32Array {
    const { buffer, at } = this.#cut(count * 4);
    return new Int32Array(buffer, at, count);
  }

  uint32(count: number): Uint32Array {
    const { buffer, at } = this.#cut(count * 4);
    return new Uint32Array(buffer, at, count);
  }

  float64(count: number): Float64Array {
    const { buffer, at } = this.#cut(count * 8);
    return new Float64Array(buffer, at, count);
  }

  octets(count: number): Uint8Array {
    const { buffer, at } = this.#cut(count);
    return new Uint8Array(buffer, at, count);
  }

  #cut(octets: number): { buffer: ArrayBuffer; at: number } {
    if (this.#memory === undefined) return { buffer: new ArrayBuffer(octets), at: 0 };
    const at = this.#used;
    if (octets > this.left) throw new RangeError(`arena: ${octets} octets wanted, ${this.left} left`);
    this.#used = Math.ceil((at + octets) / LINE) * LINE;
    return { buffer: this.#memory, at };
  }
}
