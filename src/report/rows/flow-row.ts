import type { Fate } from '../../analyze/signs/fate.js';
import type { Verdict } from '../../analyze/verdict/verdict.js';
import type { Columns, ROW_VERSION, Table } from './columns.js';

/**
 * One direction of one flow of one capture; two rows a flow. Lengths in octets, whole IP packets unless it says
 * otherwise; times in seconds; frames are numbers of the file, as Wireshark counts them. null: not known, or there was
 * none.
 */
export interface FlowRow {
  /** Version of this row. */
  readonly schema_version: typeof ROW_VERSION;
  /** The capture, as it was named. */
  readonly file: string;
  /** Last name of the folder it lies in; null where it was named without one. */
  readonly folder: string | null;
  /** When the capture's first frame was recorded (UTC); null for a text that has no date. */
  readonly capture_start: string | null;
  /** The verdict of the whole capture. */
  readonly verdict: Verdict;
  /** Flows of the capture in all: more than stand here only where it has more than 100,000. */
  readonly capture_flows: number;
  /** First frame of the flow: with `file` its key, and the number that --flow takes. */
  readonly flow: number;
  /** What became of the flow: delivered, stuck, healed (it stood still and went on), unproven. */
  readonly fate: Fate;
  /** tcp or udp. */
  readonly protocol: 'tcp' | 'udp';
  /** IP version. */
  readonly ip_version: 4 | 6;
  /** Place of the capture where it was seen, from 0, of a file with several. */
  readonly point: number;
  /** Carried in a tunnel that can be read without a key. */
  readonly inner: boolean;
  /** When the flow's first packet was recorded (UTC). */
  readonly start_time: string | null;
  /** From the first packet of both directions to the last. */
  readonly duration_seconds: number;
  /** Round trip of the handshake. */
  readonly rtt_seconds: number | null;
  /** Whether this direction is that of the side that sent the SYN; null: no SYN seen. */
  readonly from_client: boolean | null;
  /** Who sends this direction. */
  readonly src_address: string;
  /** TCP or UDP port of it. */
  readonly src_port: number;
  /** Who is to receive it. */
  readonly dst_address: string;
  /** TCP or UDP port of it. */
  readonly dst_port: number;
  /** Packets of this direction, with data or without. */
  readonly packets: number;
  /** Packets with data. */
  readonly segments: number;
  /** Data, without headers. */
  readonly octets: number;
  /** MSS that this side announced in its SYN or SYN/ACK, the lowest. */
  readonly mss: number | null;
  /** MSS that the other side announced: what this direction has to keep to. */
  readonly mss_peer: number | null;
  /** Frame of `mss`. */
  readonly mss_frame: number | null;
  /** Largest packet sent in this direction; it may not have arrived. */
  readonly largest: number | null;
  /** Frame of the first of that size. */
  readonly largest_frame: number | null;
  /** Packets of exactly that size. */
  readonly at_largest: number;
  /** Largest packet that provably arrived: acknowledged or answered. */
  readonly arrived: number | null;
  /**
   * Size of the packet that did not come through: sent again after at least two timeouts, or in smaller pieces, or
   * never answered. Evidence; the verdict is `verdict`.
   */
  readonly lost: number | null;
  /** How often it was sent again. */
  readonly lost_again: number;
  /** Frame of the first time it was sent again, or of the question without an answer. */
  readonly lost_frame: number | null;
  /** IPv4 packets with data that had DF. */
  readonly with_df: number;
  /** The same without DF. */
  readonly without_df: number;
  /** Packets Too Big about this direction. */
  readonly ptb: number;
  /** The lowest next-hop MTU of them that a path can have. */
  readonly ptb_mtu: number | null;
  /** Frame of the first of them. */
  readonly ptb_frame: number | null;
  /** Packets larger than that, sent a round trip after it and later. */
  readonly over_ptb: number;
  /** Packets Too Big with an MTU that no path has. */
  readonly odd_ptb: number;
  /** Segments sent again. */
  readonly retransmitted: number;
  /** Of these, as large as the largest. */
  readonly retransmitted_full: number;
  /** Retransmissions more than a round trip apart. */
  readonly loss_episodes: number;
  /** Data sent and not acknowledged at the end. */
  readonly outstanding: number;
  /** Data that never showed up in front of what did. */
  readonly gap_octets: number;
  /** Frame in front of which it is missing. */
  readonly gap_frame: number | null;
  /** Packets above the MSS that the other side announced. */
  readonly above_mss: number;
  /** Packets larger than a link: merged by the network card of who recorded. */
  readonly merged: number;
  /** A FIN was seen. */
  readonly finished: boolean;
  /** An RST was seen. */
  readonly reset: boolean;
}

const columns: Columns<FlowRow> = {
  schema_version: 'int32',
  file: 'text',
  folder: 'text',
  capture_start: 'time',
  verdict: 'text',
  capture_flows: 'int32',
  flow: 'int64',
  fate: 'text',
  protocol: 'text',
  ip_version: 'int32',
  point: 'int32',
  inner: 'boolean',
  start_time: 'time',
  duration_seconds: 'double',
  rtt_seconds: 'double',
  from_client: 'boolean',
  src_address: 'text',
  src_port: 'int32',
  dst_address: 'text',
  dst_port: 'int32',
  packets: 'int64',
  segments: 'int64',
  octets: 'int64',
  mss: 'int32',
  mss_peer: 'int32',
  mss_frame: 'int64',
  largest: 'int32',
  largest_frame: 'int64',
  at_largest: 'int64',
  arrived: 'int32',
  lost: 'int32',
  lost_again: 'int32',
  lost_frame: 'int64',
  with_df: 'int64',
  without_df: 'int64',
  ptb: 'int64',
  ptb_mtu: 'int32',
  ptb_frame: 'int64',
  over_ptb: 'int64',
  odd_ptb: 'int64',
  retransmitted: 'int64',
  retransmitted_full: 'int64',
  loss_episodes: 'int64',
  outstanding: 'int64',
  gap_octets: 'int64',
  gap_frame: 'int64',
  above_mss: 'int64',
  merged: 'int64',
  finished: 'boolean',
  reset: 'boolean',
};

export const flowTable: Table<FlowRow> = { id: 'flows', columns };
