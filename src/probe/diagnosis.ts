import type { SchemaVersion } from '../schema-version.js';
import type { EngineId } from './engine.js';

/** Whether an engine works here, and what would make it. */
export interface EngineState {
  readonly id: EngineId;
  readonly available: boolean;
  /** What it can do here, or what is missing. */
  readonly says: string;
  /** The one command that would unlock more, and what it grants. */
  readonly unlock: { readonly command: string; readonly grants: string } | null;
}

/** The value of `mtucalc doctor`; `--json` prints exactly this. */
export interface Diagnosis {
  readonly schemaVersion: SchemaVersion;
  readonly node: string;
  readonly platform: string;
  readonly user: number | null;
  readonly engines: readonly EngineState[];
  /** The one that runs unless --engine names another. */
  readonly chosen: EngineId;
}
