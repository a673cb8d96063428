import type { Look } from './look.js';
import type { Kind, Values } from './values.js';

/** Writes one value in one format. Pure: the same value and look, the same text. */
export type Reporter<K extends Kind> = (value: Values[K], look: Look) => string;

/** One output format: a file of this shape, and a line in `index.ts`. */
export interface ReportFormat {
  /** What `--format` calls it. */
  readonly id: string;
  /** What it is for, a few words. */
  readonly says: string;
  /** What writes each value; loaded when it is used. A value that is not named has no such form. */
  readonly reporters: { readonly [K in Kind]?: () => Promise<Reporter<K>> };
}
