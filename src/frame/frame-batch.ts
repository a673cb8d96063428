import { Arena } from './arena.js';

/** Frames looked at together: what they touch still fits the fastest cache. */
export const BATCH = 64;
const WORDS = 4 * BATCH;
/** Octets from the start of a batch to each of its columns, for compiled code. */
export const BATCH_COLUMN = {
  start: 0,
  end: WORDS,
  original: 2 * WORDS,
  nanoseconds: 3 * WORDS,
  seconds: 4 * WORDS,
  record: 6 * WORDS,
  /** Two words: how many were gathered, and whether some of them were kept in part only. */
  gathered: 7 * WORDS,
} as const;

/**
 * Whole frames of one interface that stand one behind the other in a buffer, column by column: what is known of them
 * before anything is decoded. Filled by a container reader; valid until its next batch.
 */
export class FrameBatch {
  bytes: Uint8Array = new Uint8Array(0);
  linkType = 0;
  interface = 0;
  count = 0;
  /** Some of its frames were kept in part only. */
  isCut = false;
  /** Offset in `bytes` of the first captured octet, and of the octet behind the last. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Octets that were on the wire; never fewer than were captured. */
  readonly original: Int32Array;
  /** Nanoseconds within the second. */
  readonly nanoseconds: Int32Array;
  /** Seconds since 1970 (UTC). */
  readonly seconds: Float64Array;
  /** Offset in `bytes` of the record or block. */
  readonly record: Int32Array;
  /** What compiled code says of its gathering; a global of its own takes ten times as long to read. */
  readonly gathered: Int32Array;

  constructor(arena = new Arena()) {
    // As in BATCH_COLUMN.
    this.start = arena.int32(BATCH);
    this.end = arena.int32(BATCH);
    this.original = arena.int32(BATCH);
    this.nanoseconds = arena.int32(BATCH);
    this.seconds = arena.float64(BATCH);
    this.record = arena.int32(BATCH);
    this.gathered = arena.int32(2);
  }
}

/** Counts frames that need neither decoding nor a visit. */
export interface Shortcut {
  /** The batch to fill. */
  readonly batch: FrameBatch;
  /** A buffer for octets of the capture that it can look into. */
  buffer(octets: number): Uint8Array;
  /** Whether it can look into these. */
  sees(bytes: Uint8Array): boolean;
  /**
   * Fills the batch with whole and ordinary records of a little-endian file, from offset `from` of the batch's bytes
   * on; answers where the first other one begins. pcap: octets of a record's header, nanoseconds of a fraction.
   */
  gatherRecords(from: number, length: number, header: number, perUnit: number): number;
  /** pcapng: packet blocks of interface `index` of the section; its clock's units to a second, seconds it is off. */
  gatherPackets(from: number, length: number, index: number, units: number, offset: number): number;
  /** Looks at the filled batch; times count from the file's first frame. */
  lookAhead(firstSeconds: number, firstNanoseconds: number, framesBefore: number): void;
  /** Counts frames from index `from` on; answers the index of the first that must be decoded, or the batch's count. */
  take(from: number): number;
}
