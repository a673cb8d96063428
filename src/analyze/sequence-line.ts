/** What a segment with data is. */
export type SegmentKind = 'new' | 'again' | 'copy' | 'keep-alive';

/** Holes in front of what was seen, and the last segments, that are remembered; the oldest are forgotten. */
const MOST_HOLES = 256;
const MOST_MARKS = 4096;

/** Sequence numbers of one direction as places on one line, beyond 2^32 too (RFC 9293 3.4), and what of it was seen. */
export class SequenceLine {
  #base: number | undefined;
  /** The highest place met: what is nearest to it is meant. */
  #high = 0;
  /** The octet behind the last that was sent; undefined before the first. */
  #next: number | undefined;
  #acknowledged = Number.NEGATIVE_INFINITY;
  #holes: (readonly [from: number, to: number])[] = [];
  readonly #marks = new Set<string>();

  /** The place of a sequence number, from 0 for the first. */
  place(sequence: number): number {
    const place = this.near(sequence);
    if (place > this.#high) this.#high = place;
    return place;
  }

  /** The same for a number that proves nothing of what was sent. */
  near(sequence: number): number {
    this.#base ??= sequence;
    return this.#high + ((sequence - this.#base - this.#high) | 0);
  }

  /** The same for data that another host quotes (RFC 5927 7.2); null where it was never sent. */
  sent(sequence: number): number | null {
    const place = this.near(sequence);
    return this.#next !== undefined && place < this.#next ? place : null;
  }

  acknowledge(sequence: number): number {
    const place = this.place(sequence);
    this.#acknowledged = Math.max(this.#acknowledged, place);
    return place;
  }

  /** Data from one place to another; `mark` tells a packet from its copy, where it can be told. */
  take(from: number, to: number, mark: string | undefined): SegmentKind {
    const next = this.#next ?? this.#begin(from);
    if (from === next - 1 && to - from <= 1 && this.#acknowledged >= next) return 'keep-alive';
    if (mark !== undefined && !this.#isFirst(`${from} ${mark}`)) return 'copy';
    this.reach(from);
    this.#next = Math.max(next, to);
    return to > next || this.#fill(from, to) ? 'new' : 'again';
  }

  /** Its sender names its next octet: what lies before it was sent, and is missing here until it comes. */
  reach(place: number): void {
    const next = this.#next ?? this.#begin(place);
    if (place <= next) return;
    this.#open(next, place);
    this.#next = place;
  }

  /** Nothing before the first place was seen. */
  #begin(place: number): number {
    this.#open(Number.NEGATIVE_INFINITY, place);
    this.#next = place;
    return place;
  }

  #isFirst(mark: string): boolean {
    if (this.#marks.has(mark)) return false;
    if (this.#marks.size >= MOST_MARKS) this.#marks.delete(this.#marks.values().next().value!);
    this.#marks.add(mark);
    return true;
  }

  #open(from: number, to: number): void {
    if (this.#holes.length >= MOST_HOLES) this.#holes.shift();
    this.#holes.push([from, to]);
  }

  /** Whether some of it was missing until now. */
  #fill(from: number, to: number): boolean {
    let filled = false;
    const left: (readonly [number, number])[] = [];
    for (const hole of this.#holes) {
      if (hole[1] <= from || hole[0] >= to) {
        left.push(hole);
        continue;
      }
      filled = true;
      if (hole[0] < from) left.push([hole[0], from]);
      if (hole[1] > to) left.push([to, hole[1]]);
    }
    this.#holes = left.slice(-MOST_HOLES);
    return filled;
  }
}
