/**
 * The columns of the flow table. A flow has a few words of its own and two directions of equal shape;
 * direction 0 runs from the lower (address, port) to the higher. All sizes are octets, all frames are 1-based numbers,
 * 0 means "not seen". Sequence numbers are stored as signed 32-bit words and compared by difference.
 */

/**
 * Words of one direction. The first 16 are what every segment and its acknowledgement touch, the next 16 what data
 * touches besides (words 16 and 17 are its octets, a double), the third 16 what the SYN and the largest packet leave:
 * one cache line each. Behind these `HOT_WORDS` stands what only the long road writes, and datagrams.
 */
export const D = {
  FLAGS: 0,
  PACKETS: 1,
  SEGMENTS: 2,
  LARGEST_IP: 3,
  AT_LARGEST: 4,
  WITH_DF: 5,
  /** Lowest MSS announced by this direction's SYNs. */
  MSS: 6,
  /** Highest sequence number sent + 1; and the peer's highest acknowledgement of this direction's data. */
  NEXT: 7,
  UNA: 8,
  /** Largest IP packet that provably arrived, and the candidate whose acknowledgement is awaited. */
  DELIVERED_IP: 9,
  PEND_END: 10,
  PEND_IP: 11,
  RUN_COUNT: 12,
  ABOVE_MSS: 13,
  /** Packets Too Big about this direction. */
  PTB: 14,
  SACK_BLOCKS: 15,
  PEND_SEQ: 18,
  WITHOUT_DF: 19,
  RETRANSMITTED: 20,
  /** Times of loss: retransmissions more than a round trip apart. */
  EPISODES: 21,
  /** Octets that were acknowledged before they were seen: from, to. Words 22 to 25 are times. */
  UNSEEN_FROM: 26,
  UNSEEN_TO: 27,
  /** Octets of the last run of segments that were all notably shorter than the largest. */
  SHORT_FROM: 28,
  SHORT_TO: 29,
  /** Whether all selective acknowledgements of this direction were for such. */
  SACK_SHORT: 30,
  /** End of the last small new segment. */
  SMALL_END: 31,
  LARGEST_PAYLOAD: 32,
  LARGEST_FRAME: 33,
  MSS_FRAME: 34,
  SYN_TTL: 35,
  ISN: 36,
  /** Octets of TCP options in the largest packet. */
  OPTIONS: 37,
  /** The candidate that a larger one displaced. */
  PREVIOUS_END: 38,
  PREVIOUS_IP: 39,
  /** Words 40 and 41 are a time, 42 to 44 the flow's own. */
  DUPLICATES: 45,
  RETRANSMITTED_FULL: 46,
  FILLED: 47,
  /** The first unacknowledged segment, sent again and again: the run in progress. */
  RUN_SEQ: 56,
  RUN_PAYLOAD: 57,
  RUN_IP: 58,
  RUN_FIRST_FRAME: 59,
  RUN_LAST_FRAME: 60,
  RUN_SHRUNK: 61,
  RUN_LIFE: 62,
  RUN_SMALL: 63,
  /** The longest run that ended because smaller pieces got through. */
  STALL_COUNT: 64,
  STALL_IP: 65,
  STALL_TO: 66,
  STALL_FRAME: 67,
  STALL_END_FRAME: 68,
  /** PTBs that quote more than was ever sent here, and ask for no less than what was. */
  PTB_BEHIND: 69,
  /** What the PTBs said, and what was sent after them. */
  PTB_MTU: 70,
  PTB_HIGHEST: 71,
  PTB_FRAME: 72,
  PTB_LOW_FRAME: 73,
  PTB_ODD: 74,
  PTB_ODD_MTU: 75,
  PTB_ODD_FRAME: 76,
  PTB_QUOTED: 77,
  OVER_GRACE: 78,
  OVER_AFTER: 79,
  OVER_FRAME: 80,
  OVER_LAST_FRAME: 81,
  SHRUNK_TO: 82,
  SHRUNK_FRAME: 83,
  AFTER_ODD: 84,
  /** Segments above the MSS that the peer announced. */
  ABOVE_LARGEST: 85,
  ABOVE_FRAME: 86,
  ABOVE_SEQ: 87,
  ABOVE_END: 88,
  ABOVE_AGAIN: 89,
  ABOVE_SPLIT: 90,
  /** Packets larger than any link of their sender: merged by offload. */
  MERGED: 91,
  MERGED_LARGEST: 92,
  MERGED_FRAME: 93,
  /** Selective acknowledgements sent by this direction since its last progress. */
  SACKS: 94,
  SACK_LONGEST: 95,
  SACK_HOLE: 96,
  SACK_FRAME: 97,
  /** Data that never showed up in this capture between two segments that did. */
  GAP_COUNT: 98,
  GAP_FRAME: 99,
  /** Start and end of up to four gaps. */
  GAPS: 102,
  /** How many packets of the peer came during the stall: it lived, and heard something. */
  STALL_LIFE: 111,
  /** Keep-alives since the peer was last heard. */
  KEEPALIVES: 112,
  /** What came behind the first gap: how many packets, and the largest. */
  BEHIND: 113,
  BEHIND_IP: 114,
  /** Octets that turned out to be missing right behind a pause, and the largest packet that filled them; its frame. */
  LATE_OCTETS: 115,
  LATE_IP: 116,
  LATE_FRAME: 117,
} as const;

/** The last ten words hold times, T.GAP and those behind it. */
export const DIRECTION_WORDS = 128;
/** Words of a direction that compiled code writes for TCP: in a row that never took the long road, all others are 0. */
export const HOT_WORDS = 48;

/** Times of one direction, seconds since the first frame, in doubles from word 32; and its octets, before them. */
export const T = {
  OCTETS: -8,
  /** When a long pause ended with data of this direction, and how long it was. */
  RESUMED: -5,
  PAUSE: -4,
  SYN: 4,
  RUN_FIRST: 8,
  RUN_LAST: 9,
  STALL_SECONDS: 10,
  RETRANSMITTED: 11,
  ODD: 34,
  /** When the first gap opened, and how long the direction had been silent before data that was late. */
  GAP: 43,
  LATE: 44,
  /** When the stall began. */
  STALL: 45,
  PTB: 46,
  SHRUNK: 47,
} as const;

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
  /** A small segment of new data was sent. */
  SMALL: 16384,
  /** Since the last small segment the peer acknowledged, with nothing but an acknowledgement, no more than before. */
  ECHOED: 32768,
  ABOVE_PARTIAL: 65536,
  /** A keep-alive is not answered yet. */
  PROBED: 131072,
  /** The window of this direction was shut at some time. */
  WAS_SHUT: 262144,
  /** Of UDP: the ports of this direction announce no tunnel, so that nothing more is read. */
  NO_TUNNEL: 1048576,
  /**
   * One of FILLED, STALL_COUNT, PTB_BEHIND, MERGED and LATE_OCTETS is not 0: without it none of them need be fetched.
   */
  RARE: 524288,
} as const;

/**
 * When a segment that is next in sequence can change nothing but what compiled code changes: of these flags, its sender
 * and the peer have only SEQ. Whoever adds a flag that such a segment must look at adds it here.
 */
export const CALM = {
  /** It repeats nothing, nothing of it is missing and its window was open. */
  sender: FLAG.SEQ | FLAG.RUN | FLAG.ZERO_WINDOW | FLAG.GAP,
  /** No loss, no gap, no keep-alive that waits. */
  peer: FLAG.SEQ | FLAG.RUN | FLAG.GAP | FLAG.PROBED,
} as const;

/**
 * Words of the flow as a whole, behind the ten words of its key; and in the third line of direction 0 (from word 48 of
 * the row) and of direction 1 (from 176). `DEVICES`: the capture device of each direction, + 1, in a half each, where a
 * file has several. `FIRST_SIDE`: the direction of the first packet. `LONG_ROAD`: not 0 where more than `HOT_WORDS` may
 * be in use.
 */
export const F = {
  CLIENT: 10,
  DEVICES: 11,
  QUIET_FRAME: 60,
  FIRST_FRAME: 186,
  FIRST_SIDE: 187,
  LONG_ROAD: 188,
} as const;
/**
 * Its times, in doubles from the start of the row. `QUIET`: the longest silence of both, in seconds, of `LONG_PAUSE` at
 * least.
 */
export const FT = { QUIET: 6, RTT: 7, FIRST: 29 } as const;

/** A segment is short where its packet is so many octets smaller than the largest of its direction. */
export const SHORTER = 100;

/** Silence of this many seconds is noted: no congested path makes it, and no timer of TCP but those after a loss. */
export const LONG_PAUSE = 1;

/** Where the directions start within a row, on a cache line of their own. */
export const FLOW_WORDS = 16;
/** An odd number of cache lines, so that rows do not compete for the same places of the cache. */
export const ROW_WORDS = FLOW_WORDS + 2 * DIRECTION_WORDS;
/** The same in doubles: a direction's times stand behind its first 32 words. */
export const ROW_TIMES = ROW_WORDS / 2;
export const FLOW_TIMES = (FLOW_WORDS + 32) / 2;
export const DIRECTION_TIMES = DIRECTION_WORDS / 2;

/** Where one direction of one flow keeps its numbers. */
export interface Columns {
  readonly words: Int32Array;
  readonly times: Float64Array;
}
