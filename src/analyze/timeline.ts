/** Buckets of a capture's time axis; when they run out, the width doubles and neighbours merge. */
export interface Bucket {
  frames: number;
  octets: number;
  /** Largest IP packet, octets. */
  largest: number;
  ptb: number;
  retransmitted: number;
}

const BUCKETS = 240;

/** What happened when, in at most 240 buckets whatever the length of the capture. */
export class Timeline {
  /** Width of a bucket in seconds. */
  width = 0.001;
  private readonly frames = new Float64Array(BUCKETS);
  private readonly octets = new Float64Array(BUCKETS);
  private readonly largest = new Int32Array(BUCKETS);
  private readonly ptb = new Float64Array(BUCKETS);
  private readonly retransmitted = new Float64Array(BUCKETS);
  private used = 0;

  /** One frame at `clock[0]` seconds. */
  note(clock: Float64Array, ipLength: number, ptb: boolean, retransmitted: boolean): void {
    const time = clock[0]!;
    // Not a finite, forward time: a damaged record; the first bucket takes it.
    let bucket = time > 0 && time < 1e10 ? Math.floor(time / this.width) : 0;
    while (bucket >= BUCKETS) {
      this.halve();
      bucket = Math.floor(time / this.width);
    }
    if (bucket >= this.used) this.used = bucket + 1;
    this.frames[bucket]!++;
    this.octets[bucket]! += ipLength;
    if (ipLength > this.largest[bucket]!) this.largest[bucket] = ipLength;
    if (ptb) this.ptb[bucket]!++;
    if (retransmitted) this.retransmitted[bucket]!++;
  }

  buckets(): Bucket[] {
    return Array.from({ length: this.used }, (_, index) => ({
      frames: this.frames[index]!,
      octets: this.octets[index]!,
      largest: this.largest[index]!,
      ptb: this.ptb[index]!,
      retransmitted: this.retransmitted[index]!,
    }));
  }

  private halve(): void {
    this.width *= 2;
    for (let index = 0; index < BUCKETS / 2; index++) {
      const left = index * 2;
      for (const column of [this.frames, this.octets, this.ptb, this.retransmitted]) {
        column[index] = column[left]! + column[left + 1]!;
      }
      this.largest[index] = Math.max(this.largest[left]!, this.largest[left + 1]!);
    }
    for (const column of [this.frames, this.octets, this.ptb, this.retransmitted, this.largest]) {
      column.fill(0, BUCKETS / 2);
    }
    this.used = Math.ceil(this.used / 2);
  }
}
