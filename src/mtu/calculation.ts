import type { Finding } from '../finding.js';
import type { SchemaVersion } from '../schema-version.js';
import type { MtuBudget } from './budget.js';
import type { EspMode } from './esp.js';
import type { Part } from './layer.js';
import type { Mss } from './mss.js';
import type { Suite } from './suite.js';

/** What can be said about a path; everything is optional, and what is left out is never guessed in silence. */
export interface CalcRequest {
  /** A suite or a comma-separated list, in any spelling; or a suite as it was read elsewhere. */
  readonly cipher?: string | Suite | undefined;
  /** Integrity algorithm where it is given apart from the cipher. */
  readonly auth?: string | undefined;
  readonly wan?: string | undefined;
  /** Overrides the WAN's value, octets. */
  readonly linkMtu?: number | undefined;
  /** Undefined: both are computed and the smaller counts. */
  readonly natT?: boolean | undefined;
  readonly mode?: EspMode | undefined;
  readonly outer?: 4 | 6 | undefined;
  readonly inner?: 4 | 6 | undefined;
  readonly ah?: boolean | undefined;
  readonly esn?: boolean | undefined;
  /** Traffic flow confidentiality padding: packets are padded up to this size, octets. */
  readonly tfc?: number | undefined;
  readonly tunnel?: string | undefined;
  /** A free stack, outermost first; excludes tunnel, mode, natT and cipher. */
  readonly stack?: string | undefined;
  readonly impl?: string | undefined;
}

/** Something that was not said and had to be taken, and how much it matters. */
export interface Assumption {
  readonly what: 'nat-t' | 'integrity' | 'wan' | 'outer' | 'tunnel' | 'header' | 'tfc' | 'remark' | 'input';
  readonly says: string;
}

/** The result under another choice. */
export interface Alternative {
  readonly what: 'nat-t' | 'integrity' | 'outer' | 'suite';
  readonly choice: string;
  readonly tunnelMtu: number;
  readonly mss: Mss;
}

/** The value of `mtucalc calc`; `--json` prints exactly this. All lengths in octets. */
export interface Calculation extends MtuBudget {
  readonly schemaVersion: SchemaVersion;
  /** What was computed, in words and in the terms of the options. */
  readonly described: {
    readonly wan: string;
    /** RFC section or manual that gives the link MTU. */
    readonly wanSource: string;
    readonly tunnel: string;
    /** The stack as `--stack` would take it, outermost first; the link is not part of it. */
    readonly layers: readonly string[];
    /** The same by the names of `--stack`, for code: `['ipv4', 'natt', 'esp:transport', 'gre']`. */
    readonly headers: readonly string[];
    readonly suite: string | null;
    readonly natT: boolean | null;
    readonly outer: 4 | 6 | null;
    readonly implementation: string | null;
  };
  /** The full-size packet from outside in; adds up to `linkMtu - slack`. */
  readonly packet: readonly Part[];
  /** Least and most a packet of any size grows. */
  readonly overhead: { readonly least: number; readonly most: number };
  /** Of several proposals, the one that gives the smallest tunnel MTU. */
  readonly limiting: string | null;
  readonly assumptions: readonly Assumption[];
  readonly alternatives: readonly Alternative[];
  readonly warnings: readonly Finding[];
}

/** True where a request says anything at all of a tunnel or its link. */
export const isDescribed = (request: CalcRequest): boolean =>
  Object.values(request).some((value) => value !== undefined);
