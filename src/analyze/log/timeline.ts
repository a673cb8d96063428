import { Arena } from '../../frame/arena.js';

/** Buckets of a capture's time axis; when they run out, the width doubles and neighbours merge. */
export interface Bucket {
  frames: number;
  octets: number;
  /** Largest IP packet, octets. */
  largest: number;
  ptb: number;
  retransmitted: number;
}

export const BUCKETS = 240;

/** Doubles of `columns`: the width of a bucket in seconds, how many are used, then a column of buckets each. */
const WIDTH = 0;
const USED = 1;
const FRAMES = 2;
const OCTETS = FRAMES + BUCKETS;
const LARGEST = OCTETS + BUCKETS;
/** The same in octets, for compiled code. */
export const TIMELINE_COLUMN = {
  used: 8 * USED,
  frames: 8 * FRAMES,
  octets: 8 * OCTETS,
  largest: 8 * LARGEST,
} as const;
const PTBS = LARGEST + BUCKETS;
const RETRANSMITTED = PTBS + BUCKETS;

/** What happened when, in at most 240 buckets whatever the length of the capture. */
export class Timeline {
  /** Shared with compiled code, which counts on this order. */
  readonly columns: Float64Array;

  constructor(arena = new Arena()) {
    this.columns = arena.float64(RETRANSMITTED + BUCKETS);
    this.columns[WIDTH] = 0.001;
  }

  /** Width of a bucket in seconds. */
  get width(): number {
    return this.columns[WIDTH]!;
  }

  /** One frame at `clock[0]` seconds. */
  note(clock: Float64Array, ipLength: number, ptb: boolean, retransmitted: boolean): void {
    const { columns } = this;
    const time = clock[0]!;
    // Not a finite, forward time: a damaged record; the first bucket takes it.
    const sane = time > 0 && time < 1e10;
    while (sane && time / columns[WIDTH]! >= BUCKETS) this.halve();
    const bucket = sane ? Math.floor(time / columns[WIDTH]!) : 0;
    if (bucket >= columns[USED]!) columns[USED] = bucket + 1;
    columns[FRAMES + bucket]!++;
    columns[OCTETS + bucket]! += ipLength;
    if (ipLength > columns[LARGEST + bucket]!) columns[LARGEST + bucket] = ipLength;
    if (ptb) columns[PTBS + bucket]!++;
    if (retransmitted) columns[RETRANSMITTED + bucket]!++;
  }

  buckets(): Bucket[] {
    const { columns } = this;
    return Array.from({ length: columns[USED]! }, (_, index) => ({
      frames: columns[FRAMES + index]!,
      octets: columns[OCTETS + index]!,
      largest: columns[LARGEST + index]!,
      ptb: columns[PTBS + index]!,
      retransmitted: columns[RETRANSMITTED + index]!,
    }));
  }

  private halve(): void {
    const { columns } = this;
    columns[WIDTH]! *= 2;
    for (const column of [FRAMES, OCTETS, LARGEST, PTBS, RETRANSMITTED]) {
      for (let index = 0; index < BUCKETS / 2; index++) {
        const left = columns[column + index * 2]!;
        const right = columns[column + index * 2 + 1]!;
        columns[column + index] = column === LARGEST ? Math.max(left, right) : left + right;
      }
      columns.fill(0, column + BUCKETS / 2, column + BUCKETS);
    }
    columns[USED] = Math.ceil(columns[USED]! / 2);
  }
}
