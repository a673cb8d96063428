import type { ProbeProtocol } from '../engine.js';
import type { MssSeen } from '../result.js';
import type { BySize } from './alternating.js';
import type { Control } from './control.js';
import type { Crossed } from './crossing.js';
import type { Cleared } from './fragmenting.js';
import type { Followed } from './ptb.js';

/** What the search may assume; sizes are octets of whole IP packets. */
export interface SearchOptions {
  readonly family: 4 | 6;
  readonly controlSize: number;
  /** Largest size of interest. */
  readonly max: number;
  /** Link MTU of the interface the packets leave by; null where unknown. */
  readonly localMtu: number | null;
  readonly protocols: readonly ProbeProtocol[];
  /** The protocol the user asked for; null where the choice is ours. */
  readonly explicit: ProbeProtocol | null;
  /** The engine hands over quoted headers. */
  readonly quotes: boolean;
  /** Ask every hop, for a complete table. */
  readonly everyHop: boolean;
  /** Try the usual sizes below the largest as well. */
  readonly sweep: boolean;
  /** Look at the MSS of SYNs on their way, and of the answer. */
  readonly mss: boolean;
}

/** The path as far as routers answer, where the target does not. */
export interface UpTo {
  readonly hop: number;
  readonly address: string;
  /** Largest size known to reach that hop, octets. */
  readonly arrives: number;
}

/** What the search came to know besides the ledger; filled as it goes, so that an interrupted search still tells. */
export interface Found {
  control: Control | null;
  /** The protocol that was asked for, where another one had to be measured. */
  exchanged: ProbeProtocol | null;
  /** Largest size our own host lets out, where that was the limit; octets. */
  localLimit: number | null;
  /** The other end of a TCP connection announced no more: MSS, and the size of its packets; octets. */
  peerLimit: { readonly mss: number; readonly size: number } | null;
  followed: Followed | null;
  /** Size at which a sender hangs that follows every PTB; `firm` once it was asked again at leisure. */
  hangs: { readonly at: number; readonly firm: boolean } | null;
  /** Answers come at a limited rate: pairs at this pace (milliseconds between them) were answered. */
  rationed: { readonly pauseMs: number } | null;
  /** The limit was confirmed by pairs at the end. */
  firm: boolean;
  /**
   * What fitted no longer arrives: the path has changed, or large packets are lost by chance; null where they arrive.
   */
  moved: 'surely' | 'perhaps' | null;
  /** It had surely changed once, and was measured anew. */
  changed: boolean;
  crossed: readonly Crossed[];
  /** Packets of this protocol above this size do not come back although others' do; octets. */
  limited: { readonly protocol: ProbeProtocol; readonly size: number } | null;
  /** Other flows between the same hosts lose what one flow carries. */
  flowsDiffer: boolean;
  cleared: Cleared | 'kept' | 'unseen' | null;
  upTo: UpTo | null;
  /** Whether large packets are lost that small ones are not; null where nothing called for a look. */
  bySize: BySize | null;
  mssSeen: MssSeen | null;
  /** Sizes below the largest that was tried one by one; empty where they were not. */
  swept: readonly number[];
  done: boolean;
}

export const nothingYet = (): Found => ({
  control: null,
  exchanged: null,
  localLimit: null,
  peerLimit: null,
  followed: null,
  hangs: null,
  rationed: null,
  firm: false,
  moved: null,
  changed: false,
  crossed: [],
  limited: null,
  flowsDiffer: false,
  cleared: null,
  upTo: null,
  bySize: null,
  mssSeen: null,
  swept: [],
  done: false,
});
