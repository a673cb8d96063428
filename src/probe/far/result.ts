import type { Finding } from '../../finding.js';
import type { SchemaVersion } from '../../schema-version.js';
import type { HopPlace, Verdict } from '../result.js';

/** What became of the MSS of a SYN (there) or SYN/ACK (back). Octets; null where it could not be known. */
export interface MssOnWay {
  readonly sent: number | null;
  readonly arrives: number | null;
  /** Who says how it arrived: the kernel that received it, or routers and the answer that a raw socket saw. */
  readonly shownBy: 'receiver' | 'raw socket' | null;
  /** Between which two hops it was rewritten, where a router quoted it. */
  readonly rewritten: { readonly after: HopPlace; readonly before: HopPlace } | null;
}

/** What TCP did with a few full segments one way. */
export interface TcpOnWay {
  readonly fate: 'passes' | 'hangs' | 'no-connection';
  /** Largest segment with its headers, octets; null where the kernel does not tell. */
  readonly largest: number | null;
}

/** One direction, by what the end that receives says. Sizes in octets of whole IP packets. */
export interface WayResult {
  readonly way: 'there' | 'back';
  /**
   * Largest UDP datagram with DF that arrives in one piece; otherwise `interval`, or neither where nothing was sent.
   */
  readonly pathMtu?: number;
  readonly interval?: { readonly low: number; readonly high: number };
  /** Null where UDP could not be measured this way. */
  readonly verdict: Verdict | null;
  readonly bottleneck: { readonly after: HopPlace; readonly before: HopPlace } | null;
  /** PTBs that the sender of this direction heard. */
  readonly ptb: readonly { readonly from: string; readonly mtu: number | null }[];
  /** Whether a datagram that its sender cut arrives whole again; null: not tried. */
  readonly fragments: 'arrive' | 'lost' | null;
  /** DF as it arrived: on the SYN, or cleared on a datagram that came in pieces; null: not seen. */
  readonly df: 'kept' | 'cleared' | null;
  readonly mss: MssOnWay;
  readonly tcp: TcpOnWay;
  readonly probes: number;
  readonly loss: number;
}

/** Where a middle box lowers the MSS: on the SYN, the SYN/ACK, both alike, or both to different numbers. */
export type Clamp = 'none' | 'there' | 'back' | 'both' | 'different' | 'unknown';

/** The value of `mtucalc probe HOST --peer`; `--json` prints exactly this. */
export interface FarAnswer {
  readonly schemaVersion: SchemaVersion;
  readonly host: string;
  readonly address: string;
  readonly family: 4 | 6;
  /** How the far end was spoken to. */
  readonly peer: string;
  readonly port: number;
  readonly there: WayResult;
  readonly back: WayResult;
  readonly clamp: Clamp;
  readonly findings: readonly Finding[];
  /** What could not be known here, and why. */
  readonly unknown: readonly string[];
  readonly elapsedMs: number;
}

/** The value of `mtucalc listen`, once it is over. */
export interface Listened {
  readonly schemaVersion: SchemaVersion;
  readonly address: string;
  readonly port: number;
  readonly sessions: number;
  /** Connections that proved nothing. */
  readonly refused: number;
  readonly ended: 'time' | 'signal' | 'once' | 'peer';
  readonly seconds: number;
}
