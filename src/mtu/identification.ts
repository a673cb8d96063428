import type { SchemaVersion } from '../schema-version.js';
import type { NumberRow } from './catalogue.js';
import type { Observed } from './observed.js';

/** A stack that gives exactly the number, with every suite of the same lengths. */
export interface Match {
  readonly wan: string;
  readonly linkMtu: number;
  readonly tunnel: string;
  readonly suites: readonly string[];
  /** Set where ESP is in transport mode with nothing inside, host to host. */
  readonly mode: 'transport' | null;
  readonly natT: boolean | null;
  readonly outer: 4 | 6 | null;
  readonly tunnelMtu: number;
  /** How often a person meets it, 0 to 30: link, tunnel and suite; for the order only. */
  readonly usual: number;
}

/** How a number can be meant. */
export type ReadingKind = 'mtu' | 'mss4' | 'mss6' | 'ping4' | 'ping6' | 'overhead';

/** One way to read the number. */
export interface Reading {
  readonly kind: ReadingKind;
  readonly as: string;
  /** True where a usual stack or a plain link gives exactly this. */
  readonly exact: boolean;
  readonly tunnelMtu: number | null;
  /** The most often met first. */
  readonly matches: readonly Match[];
}

export interface Identification {
  readonly schemaVersion: SchemaVersion;
  readonly observed: Observed;
  /** True where a usual stack or a plain link gives exactly this number; false for a number known to be a round one. */
  readonly exact: boolean;
  /** The likeliest first. */
  readonly readings: readonly Reading[];
  /** What the number is known for, whatever stacks give it. */
  readonly known: readonly NumberRow[];
  readonly notes: readonly string[];
}
