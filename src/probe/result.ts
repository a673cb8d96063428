import type { ErrorValue } from '../error.js';
import type { Finding } from '../finding.js';
import type { Mss } from '../mtu/mss.js';
import type { SchemaVersion } from '../schema-version.js';
import type { EngineId, ProbeProtocol } from './engine.js';
import type { HopSeen } from './plan/locate.js';

export const verdicts = [
  'fits',
  'pmtud-works',
  'black-hole',
  'df-cleared',
  'local-limit',
  'lossy',
  'target-silent',
  'reply-path-suspect',
  'lying-ptb',
  'ptb-without-mtu',
  /** Echoes above a size are filtered; packets of other protocols arrive. */
  'icmp-limited',
  /** Answers come at a limited rate, and what silence is left proves nothing. */
  'answers-rationed',
  /** Flows between the same hosts take paths of different MTU. */
  'flows-differ',
  /** The path changed while it was measured. */
  'unsteady',
  /** The packets allowed ran out; nothing was lost. */
  'budget',
  /** A router, the target or this host refuses in so many words. */
  'refused',
  /** Evidence against every other verdict. */
  'inconclusive',
  /** Stopped by the user before there was an answer. */
  'unfinished',
] as const;
export type Verdict = (typeof verdicts)[number];

/** A place on the path; hop 0 is this host, `address` is null where the hop keeps silent. */
export interface HopPlace {
  readonly hop: number | null;
  readonly address: string | null;
}

/** What fits into a packet of this path when a tunnel runs over it. */
export interface TunnelFit {
  readonly tunnel: string;
  readonly tunnelMtu: number;
  readonly mss: Mss;
}

/** What became of the MSS of a SYN on its way, and the MSS that came back. Octets. */
export interface MssSeen {
  /** In our SYN; null where the kernel made it. */
  readonly sent: number | null;
  /** In the last quote of our SYN; null where no router quotes that far, or this engine sees no quotes. */
  readonly arrives: number | null;
  /** Between which two hops it was rewritten; null where it was not, or nobody showed it. */
  readonly rewritten: { readonly after: HopPlace; readonly before: HopPlace } | null;
  /** In the SYN/ACK as it came in; null where the port is not open. */
  readonly answer: number | null;
}

/** One flow of several: the source port or identifier is the first one's plus `flow`. */
export interface FlowResult {
  readonly flow: number;
  readonly verdict: Verdict;
  readonly pathMtu?: number;
  readonly interval?: { readonly low: number; readonly high: number };
}

/** One measured path. Sizes in octets of whole IP packets. */
export interface ProbeResult {
  readonly host: string;
  readonly address: string;
  readonly family: 4 | 6;
  readonly protocol: ProbeProtocol;
  /** Present where it is certain; otherwise `interval` is. */
  readonly pathMtu?: number;
  /** The path MTU lies between these two, both included. */
  readonly interval?: { readonly low: number; readonly high: number };
  readonly verdict: Verdict;
  /** Which way the number holds. */
  readonly direction: 'forward' | 'forward, and back for answers of the same size' | 'unknown';
  /** For `pathMtu`, or for the low end of the interval; null where nothing arrived. */
  readonly mss: Mss | null;
  /** Where it was asked for: the MSS of a SYN on its way, and of the answer. */
  readonly mssSeen?: MssSeen;
  /** Where several flows were measured: all of them, the result being the narrowest one's. */
  readonly flows?: readonly FlowResult[];
  readonly tunnels: readonly TunnelFit[];
  readonly engine: EngineId;
  readonly blindTo: readonly string[];
  readonly probes: number;
  readonly elapsedMs: number;
  readonly rttMs: number | null;
  /** Share of round trips lost among sizes that fit. */
  readonly loss: number;
  readonly hops: readonly HopSeen[];
  readonly bottleneck: { readonly after: HopPlace; readonly before: HopPlace } | null;
  readonly findings: readonly Finding[];
}

/** A host that could not be measured, and why. */
export interface RefusedHost {
  readonly host: string;
  readonly error: ErrorValue;
}

/** The value of `mtucalc probe`, hosts in the order they were named; `--json` prints exactly this. */
export interface ProbeAnswer {
  readonly schemaVersion: SchemaVersion;
  readonly results: readonly (ProbeResult | RefusedHost)[];
}
