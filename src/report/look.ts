import type { Traced } from '../analyze/trace.js';
import type { Palette } from './palette.js';

/** How an answer is to look. A format leaves aside what it has no use for. */
export interface Look {
  readonly colour: Palette;
  /** Columns to lay text out in. */
  readonly columns: number;
  /** What of the value is shown; all of it where nothing is said. */
  readonly shows?: Shows;
}

/** Choices of single commands that change the text and never the value. */
export interface Shows {
  /** import: the lines that were understood as well. */
  readonly verbose?: boolean;
  /** identify: stacks for each reading, at most. */
  readonly most?: number;
  /** compare: what stands in the cells. */
  readonly cells?: 'mtu' | 'mss4' | 'mss6';
  /** ciphers: these tables; none: the transforms. */
  readonly tables?: readonly CatalogueTable[];
  /** ciphers: every spelling of each row. */
  readonly aliases?: boolean;
  /** snippet: the text went into files. */
  readonly saved?: boolean;
  /** analyze as a page: the worst flow of each capture, in the order of the captures. */
  readonly traces?: readonly (Traced | undefined)[];
}

export const catalogueTables = ['wan', 'headers', 'tunnels', 'implementations'] as const;
export type CatalogueTable = (typeof catalogueTables)[number];
