import type { FileAtHand } from '../../file-at-hand.js';
import type { Row, Table } from './columns.js';

/** Rows to octets, as they come. What was taken is forgotten: memory does not grow with the rows. */
export interface RowEncoder<R> {
  add(row: R): void;
  /** The octets that are ready, possibly none. */
  take(): Uint8Array;
  /** Those that are left, and what stands behind the last row; nothing may be added afterwards. */
  end(): Uint8Array;
}

/** One form of table file: a file of this shape, and a line in `index.ts`. */
export interface RowFormat {
  /** What file names of it end in. */
  readonly id: string;
  encoder<R extends Row<R>>(table: Table<R>): RowEncoder<R>;
  /** Whether mtucalc wrote this file. */
  isOurs(file: FileAtHand): Promise<boolean>;
}

/** Texts to octets, a piece at a time. */
export class TextPieces {
  readonly #encoder = new TextEncoder();
  #text = '';

  add(text: string): void {
    this.#text += text;
  }

  take(): Uint8Array {
    const text = this.#text;
    this.#text = '';
    return this.#encoder.encode(text);
  }
}

/** The longest first line that is looked at: a row of ours is shorter unless its file has a very long name. */
const FIRST_LINE = 65_536;

/** The first line of a text, or all that is there of it. */
export async function firstLine(file: FileAtHand): Promise<string> {
  const start = new TextDecoder().decode(await file.read(0, FIRST_LINE));
  return start.split('\n', 1)[0]!;
}
