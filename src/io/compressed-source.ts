/** What is wrong with compressed data; what came out before still stands. */
export class CompressedDamage extends Error {}

export const endsEarly = (): CompressedDamage => new CompressedDamage('the compressed file ends early');

/** What a decompression error means for a reader; undefined where it is no such error. */
export function damageSaid(error: unknown): string | undefined {
  if (error instanceof CompressedDamage) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ZSTD_error_frameParameter_windowTooLarge') {
    return 'the compressed data needs more than 128 MB to unpack (zstd -dc --long=31 FILE | mtucalc analyze -)';
  }
  if (code?.startsWith('Z_') || code?.startsWith('ZSTD_')) {
    return `the compressed data is damaged (${(error as Error).message})`;
  }
  return undefined;
}

const NOTHING: Buffer = Buffer.alloc(0);

/**
 * Compressed octets, taken in the lengths that their form asks for. Never holds more than a piece and what was asked.
 */
export class CompressedSource {
  private held: Buffer = NOTHING;
  private readonly input: AsyncIterator<Buffer>;

  constructor(input: AsyncIterable<Buffer>) {
    this.input = input[Symbol.asyncIterator]();
  }

  /** Whether `octets` are there without waiting for more. */
  holds(octets: number): boolean {
    return this.held.length >= octets;
  }

  /** The next `octets`, left where they are; fewer at the end. */
  async peek(octets: number): Promise<Buffer> {
    const pieces = [this.held];
    let have = this.held.length;
    while (have < octets) {
      const next = await this.input.next();
      if (next.done) break;
      pieces.push(next.value);
      have += next.value.length;
    }
    if (pieces.length > 1) this.held = Buffer.concat(pieces);
    return this.held.subarray(0, octets);
  }

  /** The next `octets`, all of them. */
  async take(octets: number): Promise<Buffer> {
    const taken = await this.peek(octets);
    if (taken.length < octets) throw endsEarly();
    this.held = this.held.subarray(octets);
    return taken;
  }

  /** Some octets, `most` at most; undefined at the end. */
  async some(most: number): Promise<Buffer | undefined> {
    if ((await this.peek(1)).length === 0) return undefined;
    return this.take(Math.min(most, this.held.length));
  }

  /** Passes over `octets` without holding them. */
  async skip(octets: number): Promise<void> {
    for (let left = octets; left > 0; ) {
      const piece = await this.some(left);
      if (piece === undefined) throw endsEarly();
      left -= piece.length;
    }
  }

  /** Passes over a text and the zero octet that ends it; false where none comes within `most` octets. */
  async skipText(most: number): Promise<boolean> {
    for (let passed = 0; passed < most; ) {
      const piece = await this.some(most - passed);
      if (piece === undefined) throw endsEarly();
      const end = piece.indexOf(0);
      if (end >= 0) {
        this.unread(piece.subarray(end + 1));
        return true;
      }
      passed += piece.length;
    }
    return false;
  }

  /** Gives back what was taken too much. */
  unread(octets: Buffer): void {
    this.held = this.held.length === 0 ? octets : Buffer.concat([octets, this.held]);
  }

  async close(): Promise<void> {
    await this.input.return?.();
  }
}
