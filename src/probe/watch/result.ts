import type { SchemaVersion } from '../../schema-version.js';
import type { Change } from './change.js';
import type { WatchedPath } from './path.js';

/** The value of `mtucalc watch`; `--json` prints exactly this. */
export interface Watched {
  readonly schemaVersion: SchemaVersion;
  /** Unix seconds. */
  readonly at: number;
  readonly paths: readonly WatchedPath[];
  /** What changed while it was watched, the newest last; 1000 at most. */
  readonly changes: readonly Change[];
  /** Paths whose last turn was left out for want of packets: what is shown of them is an older measurement. */
  readonly skipped: readonly Pick<WatchedPath, 'target' | 'family'>[];
}

/** A path just measured, and what that changed. */
export interface WatchedTurn {
  readonly path: WatchedPath;
  readonly change: Change | null;
}
