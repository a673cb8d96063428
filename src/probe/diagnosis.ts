import type { SchemaVersion } from '../schema-version.js';
import type { EngineId } from './engine.js';

/** Whether an engine works here, and what would make it. */
export interface EngineState {
  readonly id: EngineId;
  readonly available: boolean;
  /** What it can do here, or what is missing. */
  readonly says: string;
  /** What to paste to unlock more, several lines at most, and what it grants. */
  readonly unlock: { readonly command: string; readonly grants: string } | null;
}

/** What of a two-ended measurement works here, at either end. */
export interface FarEndState {
  /** Datagrams with DF, and what ICMP says of them. */
  readonly udp: boolean;
  /** The SYN of a connection as it arrived (TCP_SAVED_SYN). */
  readonly savedSyn: boolean;
  /** The ssh program, for --peer ssh://. */
  readonly ssh: boolean;
  readonly says: string;
}

/** What of `mtucalc watch` works here with nobody at the terminal, as this user. */
export interface WatchingState {
  /** What measures by ICMP or UDP; null where nothing does. */
  readonly engine: EngineId | null;
  /** Folders of node_exporter's textfile collector that are here; whether it runs and reads them was not looked at. */
  readonly textfile: readonly { readonly folder: string; readonly writable: boolean }[];
  readonly says: string;
}

/** The value of `mtucalc doctor`; `--json` prints exactly this. */
export interface Diagnosis {
  readonly schemaVersion: SchemaVersion;
  readonly node: string;
  readonly platform: string;
  readonly user: number | null;
  /** Whom root becomes once its sockets are open, and why that user; null for everybody else. */
  readonly becomes: { readonly uid: number; readonly gid: number; readonly why: 'sudo' | 'nobody' } | null;
  readonly engines: readonly EngineState[];
  readonly farEnd: FarEndState;
  readonly watching: WatchingState;
  /** The one that runs unless --engine names another. */
  readonly chosen: EngineId;
}
