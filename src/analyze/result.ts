import type { TextSource } from '../capture/text/source.js';
import type { Finding } from '../finding.js';
import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import type { EspInference } from './esp/esp-only.js';
import type { CaptureFacts } from './facts.js';
import type { FlowFacts } from './flow/flow-facts.js';
import type { PtbRecord } from './log/ptb-log.js';
import type { Fate } from './signs/fate.js';
import type { PathEvidence } from './verdict/paths.js';
import type { Verdict } from './verdict/verdict.js';

/** What one capture shows; the part of `analyze --json` that judges. Lengths in octets, times in seconds. */
export interface AnalyzeResult {
  readonly verdict: Verdict;
  /** The verdict in one sentence. */
  readonly says: string;
  readonly findings: readonly Finding[];
  readonly seconds: number;
  /**
   * All connections and UDP flows, and how many gave way because the table was full or had something to say and no
   * place.
   */
  readonly flowCounts: {
    readonly tcp: number;
    readonly udp: number;
    readonly evicted: number;
    readonly unheard: number;
  };
  /**
   * What the file proves of one host's packets to another: a row for each pair and direction with evidence, 512 at
   * most.
   */
  readonly paths: readonly PathEvidence[];
  /** Those with something to say first, then the largest; 512 at most. */
  readonly flows: readonly JudgedFlow[];
  /** PTBs by sender, receiver, MTU and quoted ends; 256 kinds at most. */
  readonly ptbs: readonly PtbRecord[];
  /** What the lengths of encrypted packets tell, for each pair of gateways. */
  readonly esp: readonly EspInference[];
  /** Packets by outermost IP length. */
  readonly sizes: readonly { readonly octets: number; readonly count: number }[];
  readonly timeline: CaptureFacts['timeline'];
  /** Where the capture is a text: its forms, and what they leave out. */
  readonly text?: TextSource;
}

/** A flow, and what became of it. */
export interface JudgedFlow extends FlowFacts {
  readonly fate: Fate;
}

/** What is known beside the capture. */
export interface Beside {
  /** Without it no suite is named. */
  readonly catalogue?: Catalogue | undefined;
  /** The description of the tunnel, where there is one: expected against seen. */
  readonly request?: CalcRequest | undefined;
}
