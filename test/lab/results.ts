import type { Scenario, Step } from './scenario.js';

/** What became of one packet of a given size. */
export interface Fate {
  readonly size: number;
  /** `whole`: arrived in one piece, and left as one outer packet. */
  readonly fate: 'whole' | 'outer-fragments' | 'inner-fragments' | 'ptb' | 'refused' | 'lost';
  /** Total length of each outer packet seen to leave on the WAN. */
  readonly outer: readonly number[];
  /** MTU in the Packet Too Big, or the one the sender's own kernel gives. */
  readonly ptbMtu: number | null;
}

export interface MeasureResult {
  /** Largest size that passes whole. */
  readonly largest: number;
  readonly atLargest: Fate;
  readonly oneMore: Fate;
  /** MTU in the first Packet Too Big for a packet as large as the WAN takes. */
  readonly reported: number | null;
}

/** What a watcher saw at one device while a step ran. Sizes are IP packets in octets. */
export interface Seen {
  readonly packets: number;
  readonly largest: number;
  /** Pieces of fragmented packets. */
  readonly fragments: number;
  readonly ptb: readonly { readonly from: string; readonly mtu: number }[];
}

export interface TcpResult {
  readonly complete: boolean;
  readonly received: number;
  readonly ms: number;
  /** MSS option as sent and as it arrives; null: not seen there. */
  readonly syn: { readonly sent: number | null; readonly arrives: number | null };
  readonly synAck: { readonly sent: number | null; readonly arrives: number | null };
  /** TCP_INFO of the sending side. */
  readonly sender: { readonly sndMss: number; readonly pathMtu: number; readonly retransmits: number };
  readonly seen: { readonly client: Seen; readonly server: Seen; readonly wan: Seen };
  readonly error?: string;
}

export interface UdpResult {
  readonly sent: number;
  readonly arrived: number;
  readonly seen: { readonly client: Seen; readonly server: Seen; readonly wan: Seen };
}

export interface RunResult {
  /** null: ended by its time limit. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export type ResultOf<S extends Step> = S extends { do: 'measure' }
  ? MeasureResult
  : S extends { do: 'tcp' }
    ? TcpResult
    : S extends { do: 'udp' }
      ? UdpResult
      : S extends { do: 'run' | 'stop' }
        ? RunResult
        : null;

export interface ScenarioResult {
  readonly id: string;
  /** Which guest ran it, and its kernel release. */
  readonly kernel: string;
  readonly ms: number;
  /** One per step. Shorter than `run` when the scenario broke. */
  readonly steps: readonly unknown[];
  /** Set when the scenario could not be built or a step broke. */
  readonly error?: string;
}

/** The plan that a guest executes. */
export interface Plan {
  readonly repo: string;
  readonly work: string;
  /** How long a packet may take before it counts as lost, beyond the netem delay. */
  readonly patienceMs: number;
  readonly scenarios: readonly Scenario[];
}
