import type { Finding } from '../finding.js';
import type { Assumption, CalcRequest, Calculation } from '../mtu/calculation.js';
import type { Mss } from '../mtu/mss.js';
import type { SchemaVersion } from '../schema-version.js';
import type { MeasuredPath, Measurement } from './measurement.js';
import type { Payload, PrintedMtu, SaMode, Understood } from './reading.js';

/** One SA or proposal, or several that are alike; all lengths in octets. No field holds key material. */
export interface ImportedRow {
  readonly kind: 'sa' | 'proposal' | 'wireguard' | 'tunnel';
  readonly name: string;
  readonly protocol: 'esp' | 'ah' | 'wireguard' | 'none';
  /** Outer addresses as `A > B` for each SA of the row. */
  readonly between: readonly string[];
  readonly directions: readonly ('in' | 'out')[];
  readonly spis: readonly string[];
  readonly count: number;
  /** The suite in the field's words; as printed where the calculator does not know it. */
  readonly suite: string;
  /** As printed, given or taken; null without IPsec. */
  readonly mode: SaMode | null;
  /** Null where it is open, and the smaller value of both counts. */
  readonly natT: boolean | null;
  readonly outer: 4 | 6 | null;
  readonly payload: Payload;
  readonly icvOctets: number | null;
  /** The device interface that is this tunnel, where the output says which. */
  readonly interface: string | null;
  readonly ifId: string | null;
  readonly flags: readonly string[];
  readonly linkMtu: number | null;
  /** Null where the transform is missing or not known. */
  readonly tunnelMtu: number | null;
  readonly mss: Mss | null;
  /** What the device itself says about this SA. */
  readonly printed: readonly PrintedMtu[];
  readonly line: number;
  /** Why there is no figure. */
  readonly missing: string | null;
}

/** A paste that describes tunnels. */
export interface Imported {
  readonly schemaVersion: SchemaVersion;
  readonly formats: readonly string[];
  readonly linkMtu: number;
  readonly tunnelMtu: number;
  readonly mss: Mss;
  /** Where the link MTU came from. */
  readonly link: string;
  readonly rows: readonly ImportedRow[];
  /** Index of the row that gives the smallest tunnel MTU. */
  readonly limiting: number;
  /** The limiting row in the calculator's terms: what `mtucalc calc` would be asked. */
  readonly request: CalcRequest;
  readonly calculation: Calculation;
  /** What the input did not say and had to be taken, and what was left aside. */
  readonly assumptions: readonly Assumption[];
  readonly findings: readonly Finding[];
  readonly understood: readonly Understood[];
  /** What the paste measured on paths. */
  readonly measurements: readonly Measurement[];
}

/** A paste of measurements alone: what it proves of each path. */
export interface MeasuredPaste {
  readonly schemaVersion: SchemaVersion;
  readonly formats: readonly string[];
  readonly measurements: readonly Measurement[];
  /** The same, one a host, with the MSS of what is known to pass. */
  readonly paths: readonly (MeasuredPath & { readonly mss: Mss | null })[];
  /** What was described beside it: its tunnel MTU, and how it is called. */
  readonly expected: { readonly tunnelMtu: number; readonly says: string } | null;
  readonly assumptions: readonly Assumption[];
  readonly findings: readonly Finding[];
  readonly understood: readonly Understood[];
}

/** The value of `mtucalc import`; `--json` prints exactly this. */
export type ImportAnswer = Imported | MeasuredPaste;
