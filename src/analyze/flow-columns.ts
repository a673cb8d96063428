/**
 * The columns of the flow table. A flow has a few words of its own and two directions of equal shape;
 * direction 0 runs from the lower (address, port) to the higher. All sizes are octets, all frames are 1-based numbers,
 * 0 means "not seen". Sequence numbers are stored as signed 32-bit words and compared by difference.
 */

/**
 * Words of one direction. The first 32 are what an ordinary segment or acknowledgement touches: two cache lines.
 */
export const D = {
  FLAGS: 0,
  PACKETS: 1,
  SEGMENTS: 2,
  LARGEST_IP: 3,
  AT_LARGEST: 4,
  WITH_DF: 5,
  WITHOUT_DF: 6,
  /** Lowest MSS announced by this direction's SYNs. */
  MSS: 7,
  /** Highest sequence number sent + 1; and the peer's highest acknowledgement of this direction's data. */
  NEXT: 8,
  UNA: 9,
  /** Largest IP packet that provably arrived, and the candidate whose acknowledgement is awaited. */
  DELIVERED_IP: 10,
  PEND_SEQ: 11,
  PEND_END: 12,
  PEND_IP: 13,
  RUN_COUNT: 14,
  ABOVE_MSS: 15,
  /** Packets Too Big about this direction. */
  PTB: 16,
  SACK_BLOCKS: 17,
  LAST_FRAME: 18,
  RETRANSMITTED: 19,
  /** Hashes of the last data segments, to know a frame captured twice from a retransmission. */
  RING: 20,
  RING_AT: 28,
  LARGEST_PAYLOAD: 29,
  LARGEST_FRAME: 30,
  OPTIONS: 31,
  RETRANSMITTED_FULL: 32,
  FILLED: 33,
  DUPLICATES: 34,
  /** The MSS option's frame, the time to live and the initial sequence number of the SYN. */
  MSS_FRAME: 35,
  SYN_TTL: 36,
  ISN: 37,
  /** The first unacknowledged segment, sent again and again: the run in progress. */
  RUN_SEQ: 38,
  RUN_PAYLOAD: 39,
  RUN_IP: 40,
  RUN_FIRST_FRAME: 41,
  RUN_LAST_FRAME: 42,
  RUN_SHRUNK: 43,
  RUN_LIFE: 44,
  RUN_SMALL: 45,
  /** The longest run that ended because smaller pieces got through. */
  STALL_COUNT: 46,
  STALL_IP: 47,
  STALL_TO: 48,
  STALL_FRAME: 49,
  STALL_END_FRAME: 50,
  /** Runs of two and more that ended with the same size getting through. */
  SAME_SIZE: 51,
  /** What the PTBs said, and what was sent after them. */
  PTB_MTU: 52,
  PTB_HIGHEST: 53,
  PTB_FRAME: 54,
  PTB_LOW_FRAME: 55,
  PTB_ODD: 56,
  PTB_ODD_MTU: 57,
  PTB_ODD_FRAME: 58,
  PTB_QUOTED: 59,
  OVER_GRACE: 60,
  OVER_AFTER: 61,
  OVER_FRAME: 62,
  OVER_LAST_FRAME: 63,
  SHRUNK_TO: 64,
  SHRUNK_FRAME: 65,
  AFTER_ODD: 66,
  /** Segments above the MSS that the peer announced. */
  ABOVE_LARGEST: 67,
  ABOVE_FRAME: 68,
  ABOVE_SEQ: 69,
  ABOVE_END: 70,
  ABOVE_AGAIN: 71,
  ABOVE_SPLIT: 72,
  /** Packets larger than any link of their sender: merged by offload. */
  MERGED: 73,
  MERGED_LARGEST: 74,
  MERGED_FRAME: 75,
  /** Selective acknowledgements sent by this direction since its last progress. */
  SACKS: 76,
  SACK_LONGEST: 77,
  SACK_HOLE: 78,
  SACK_FRAME: 79,
  /** Data that never showed up in this capture between two segments that did. */
  /** Times of loss: retransmissions more than a round trip apart. */
  EPISODES: 80,
  GAP_COUNT: 81,
  GAP_FRAME: 82,
  /** The candidate that a larger one displaced. */
  PREVIOUS_END: 83,
  PREVIOUS_IP: 84,
  /** Start and end of up to four gaps. */
  GAPS: 85,
} as const;
export const DIRECTION_WORDS = 93;

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
  RETRANSMITTED: 9,
} as const;
export const DIRECTION_TIMES = 10;

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
  PREVIOUS: 4096,
  GAPS_LOST: 8192,
} as const;

/** Words and times of the flow as a whole, before its two directions. */
export const F = { FIRST_FRAME: 0, FRAMES: 1, CLIENT: 2, TUNNEL: 3 } as const;
export const FLOW_WORDS = 4;
export const FT = { FIRST: 0, LAST: 1, RTT: 2 } as const;
export const FLOW_TIMES = 3;

export const ROW_WORDS = FLOW_WORDS + 2 * DIRECTION_WORDS;
export const ROW_TIMES = FLOW_TIMES + 2 * DIRECTION_TIMES;
