/**
 * The columns of the flow table. A flow has a few words of its own and two directions of equal shape;
 * direction 0 runs from the lower (address, port) to the higher. All sizes are octets, all frames are 1-based numbers,
 * 0 means "not seen". Sequence numbers are stored as signed 32-bit words and compared by difference.
 */

/** Words of one direction. */
export const D = {
  FLAGS: 0,
  PACKETS: 1,
  SEGMENTS: 2,
  LARGEST_PAYLOAD: 3,
  LARGEST_IP: 4,
  LARGEST_FRAME: 5,
  AT_LARGEST: 6,
  OPTIONS: 7,
  WITH_DF: 8,
  WITHOUT_DF: 9,
  /** Lowest MSS announced by this direction's SYNs, its frame and time to live. */
  MSS: 10,
  MSS_FRAME: 11,
  SYN_TTL: 12,
  ISN: 13,
  /** Highest sequence number sent + 1; and the peer's highest acknowledgement of this direction's data. */
  NEXT: 14,
  UNA: 15,
  RETRANSMITTED: 16,
  RETRANSMITTED_FULL: 17,
  FILLED: 18,
  DUPLICATES: 19,
  /** The first unacknowledged segment, sent again and again: the run in progress. */
  RUN_SEQ: 20,
  RUN_COUNT: 21,
  RUN_PAYLOAD: 22,
  RUN_IP: 23,
  RUN_FIRST_FRAME: 24,
  RUN_LAST_FRAME: 25,
  RUN_SHRUNK: 26,
  RUN_LIFE: 27,
  RUN_SMALL: 28,
  /** The longest run that ended because smaller pieces got through. */
  STALL_COUNT: 29,
  STALL_IP: 30,
  STALL_TO: 31,
  STALL_FRAME: 32,
  STALL_END_FRAME: 33,
  /** Runs of two and more that ended with the same size getting through. */
  SAME_SIZE: 34,
  /** Largest IP packet that provably arrived, and the candidate whose acknowledgement is awaited. */
  DELIVERED_IP: 35,
  PEND_SEQ: 36,
  PEND_END: 37,
  PEND_IP: 38,
  /** Packet Too Big about this direction. */
  PTB: 39,
  PTB_MTU: 40,
  PTB_HIGHEST: 41,
  PTB_FRAME: 42,
  PTB_LOW_FRAME: 43,
  PTB_ODD: 44,
  PTB_ODD_MTU: 45,
  PTB_ODD_FRAME: 46,
  PTB_QUOTED: 47,
  OVER_GRACE: 48,
  OVER_AFTER: 49,
  OVER_FRAME: 50,
  OVER_LAST_FRAME: 51,
  SHRUNK_TO: 52,
  SHRUNK_FRAME: 53,
  AFTER_ODD: 54,
  /** Segments above the MSS that the peer announced. */
  ABOVE_MSS: 55,
  ABOVE_LARGEST: 56,
  ABOVE_FRAME: 57,
  ABOVE_SEQ: 58,
  ABOVE_END: 59,
  ABOVE_AGAIN: 60,
  ABOVE_SPLIT: 61,
  /** Packets larger than any link of their sender: merged by offload. */
  MERGED: 62,
  MERGED_LARGEST: 63,
  MERGED_FRAME: 64,
  /** Selective acknowledgements sent by this direction since its last progress. */
  SACKS: 65,
  SACK_BLOCKS: 66,
  SACK_LONGEST: 67,
  SACK_HOLE: 68,
  SACK_FRAME: 69,
  /** Data that never showed up in this capture between two segments that did. */
  GAP_START: 70,
  GAP_END: 71,
  GAP_FRAME: 72,
  /** Hashes of the last data segments, to know a frame captured twice from a retransmission. */
  RING: 73,
  RING_AT: 81,
  LAST_FRAME: 82,
} as const;
export const DIRECTION_WORDS = 83;

/** Times of one direction, seconds since the first frame. */
export const T = {
  OCTETS: 0,
  RUN_FIRST: 1,
  RUN_LAST: 2,
  STALL_SECONDS: 3,
  PTB: 4,
  SHRUNK: 5,
  ODD: 6,
  LAST: 7,
  SYN: 8,
} as const;
export const DIRECTION_TIMES = 9;

export const FLAG = {
  SEQ: 1,
  ACKED: 2,
  SYN: 4,
  SYN_ACK: 8,
  FIN: 16,
  RST: 32,
  SACK_PERMITTED: 64,
  RUN: 128,
  PEND: 256,
  GAP: 512,
  ZERO_WINDOW: 1024,
  NO_MSS: 2048,
  ACKS: 4096,
} as const;

/** Words and times of the flow as a whole, before its two directions. */
export const F = { FIRST_FRAME: 0, FRAMES: 1, CLIENT: 2, TUNNEL: 3 } as const;
export const FLOW_WORDS = 4;
export const FT = { FIRST: 0, LAST: 1, RTT: 2 } as const;
export const FLOW_TIMES = 3;

export const ROW_WORDS = FLOW_WORDS + 2 * DIRECTION_WORDS;
export const ROW_TIMES = FLOW_TIMES + 2 * DIRECTION_TIMES;
