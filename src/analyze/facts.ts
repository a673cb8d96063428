import type { TextSource } from '../capture/text/source.js';
import type { FlowFacts } from './flow/flow-facts.js';
import type { PackedFlows } from './flow/packed-flows.js';
import type { PackedBounds } from './flow/path-bounds.js';
import type { EchoPath } from './log/echo-log.js';
import type { FragmentGroup } from './log/fragment-log.js';
import type { IkeMessage } from './log/ike-log.js';
import type { Prohibition } from './log/prohibited-log.js';
import type { PtbRecord } from './log/ptb-log.js';
import type { Bucket } from './log/timeline.js';
import type { TunnelFlow } from './log/tunnel-log.js';

/** What one capture holds, as far as MTU and MSS are concerned. Lengths in octets, times in seconds. */
export interface CaptureFacts {
  readonly frames: number;
  /** When its first frame was recorded, seconds since 1970 (UTC); null: it has times of the day, or none. */
  readonly began: number | null;
  readonly seconds: number;
  /** Frames of which the file holds less than was on the wire. */
  readonly snapped: number;
  readonly capturePoints: number;
  /** The flows worth a row: those with something to say, then the largest. */
  readonly flows: readonly FlowFacts[];
  /** Where all are asked for: each of them, 100,000 at most. */
  readonly everyFlow?: PackedFlows;
  /** Flows with something to say that found no place among them. */
  readonly unheard: number;
  readonly tcpFlows: number;
  readonly udpFlows: number;
  /** Flows that gave way to others because the table was full. */
  readonly evicted: number;
  readonly tcpPackets: number;
  readonly udpPackets: number;
  /** Encrypted packets: ESP, native or in UDP 4500. */
  readonly espPackets: number;
  readonly wireguardPackets: number;
  /** Largest TCP packet known to have arrived, largest seen, and largest UDP packet that was answered. */
  readonly largestDelivered: number;
  readonly largestTcp: number;
  readonly largestUdp: number;
  readonly retransmitted: number;
  /** Segments that came late into a gap: what was lost before it got here. */
  readonly filled: number;
  readonly lossEpisodes: number;
  readonly tcpSegments: number;
  /** Full-size segments that went without DF. */
  readonly withoutDf: number;
  /** What flows prove to have arrived, by pair of hosts and direction. */
  readonly paths: PackedBounds;
  /** Steps of the clock backwards that were bridged. */
  readonly clockSteps: number;
  readonly ptbs: readonly PtbRecord[];
  readonly ptbTotal: number;
  /** What filters refused in so many words; 256 kinds at most. */
  readonly prohibitions: readonly Prohibition[];
  readonly echoes: readonly EchoPath[];
  readonly ike: readonly IkeMessage[];
  readonly fragments: readonly FragmentGroup[];
  readonly tunnels: readonly TunnelFlow[];
  /** Packets by outermost IP length; index 65535 is the last. */
  readonly sizes: Uint32Array;
  readonly timeline: { readonly width: number; readonly buckets: readonly Bucket[] };
  /** Packets that the recorder says it lost; not there: none, or it does not say. */
  readonly dropped?: number;
  /** Where the capture is a text: what it leaves out. */
  readonly text?: TextSource;
}
