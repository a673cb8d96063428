/** A whole number from 0 to below its argument. */
export type Random = (below: number) => number;

/** One kind of thing that comes from outside. */
export interface Family {
  readonly id: string;
  /** One input, made of the fixtures and chance. */
  input(random: Random): Uint8Array | string;
  /** Reads it and writes out what it came to. @throws what the program would: MtucalcError alone is right. */
  run(input: Uint8Array | string): Promise<readonly Printed[]>;
}

/** What came out, and the format it is in. */
export interface Printed {
  readonly format: string;
  readonly text: string;
}
