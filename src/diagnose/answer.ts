import type { AnalyzeResult } from '../analyze/result.js';
import type { Verdict } from '../analyze/verdict/verdict.js';
import type { ImportAnswer } from '../device/imported.js';
import type { Measurement } from '../device/measurement.js';
import type { Finding } from '../finding.js';
import type { LintResult } from '../lint/lint.js';
import type { Mss } from '../mtu/mss.js';
import type { ProbeResult } from '../probe/result.js';
import type { SchemaVersion } from '../schema-version.js';

/** What a thing was recognised as; one text may be several. */
export type ThingKind = 'capture' | 'tunnels' | 'configuration' | 'measurement' | 'host';

/** All that one thing turned out to be. */
export interface ReadThing {
  readonly name: string;
  readonly capture: AnalyzeResult | null;
  readonly imported: ImportAnswer | null;
  readonly linted: LintResult | null;
  /** Of a host, the path to it. */
  readonly probed: ProbeResult | null;
}

/** What is known of one path. */
export interface Carried extends Pick<Measurement, 'to' | 'arrived' | 'refused' | 'ptb'> {
  readonly of: string;
  /** Of a path measured now, the verdict of `mtucalc probe`; null for what a text says. */
  readonly verdict: string | null;
  /** Where it leads: somewhere, to the tunnel's own far end (outside of it), or to this host itself. */
  readonly way: 'path' | 'peer' | 'self';
}

/** One thing that was given, and what it is. */
export interface Thing {
  /** As named; '-' for standard input. */
  readonly name: string;
  readonly kinds: readonly ThingKind[];
  /** Its formats, in words. */
  readonly formats: readonly string[];
}

/** A finding and the thing it was found in; null for what only all of them together show. */
export interface Placed extends Finding {
  readonly of: string | null;
  /** Of a configuration, the line. */
  readonly line?: number;
}

/** The value of `mtucalc diagnose`; `--json` prints exactly this. Sizes are whole IP packets, octets. */
export interface Diagnosed {
  readonly schemaVersion: SchemaVersion;
  readonly things: readonly Thing[];
  /** What fits by the SAs and the link; `of` is the thing, or 'the options'. */
  readonly fits: {
    readonly tunnelMtu: number;
    readonly mss: Mss;
    readonly linkMtu: number;
    readonly says: string;
    readonly of: string;
  } | null;
  /** What captures show. */
  readonly happens: readonly { readonly verdict: Verdict; readonly says: string; readonly of: string }[];
  /** What measurements prove of paths. */
  readonly carries: readonly Carried[];
  /** What to act on first; null where nothing is wrong by what was given. */
  readonly cause: Placed | null;
  /** All findings, gravest first. */
  readonly findings: readonly Placed[];
  /** The largest packet that all of it leaves room for, and its MSS; null where nothing says. */
  readonly target: { readonly mtu: number; readonly mss: Mss; readonly from: string } | null;
  /** Lines for the very box that was shown. */
  readonly paste: { readonly target: string; readonly title: string; readonly text: string } | null;
  /** Commands that show afterwards whether it holds. */
  readonly check: readonly string[];
}
