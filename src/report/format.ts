import type { Look } from './look.js';
import type { Kind, PieceKind, Pieces, Values } from './values.js';

/** Writes one value in one format. Pure: the same value and look, the same text. */
export type Reporter<K extends Kind> = (value: Values[K], look: Look) => string;

/** Writes a value piece by piece: together the same text as that of the whole value, where the format has one. */
export interface PieceReporter<K extends PieceKind> {
  /** `written`: how many pieces with a text stand before it. A piece without a text is empty. */
  piece(piece: Pieces[K], look: Look, written: number): string;
  /** What stands behind the last of them. */
  end(written: number): string;
}

/** One output format: a file of this shape, and a line in `index.ts`. */
export interface ReportFormat {
  /** What `--format` calls it. */
  readonly id: string;
  /** What it is for, a few words. */
  readonly says: string;
  /** What writes each value; loaded when it is used. A value that is not named has no such form. */
  readonly reporters: { readonly [K in Kind]?: () => Promise<Reporter<K>> };
  /** The same for values that come piece by piece. */
  readonly pieces?: { readonly [K in PieceKind]?: () => Promise<PieceReporter<K>> };
}
