import type { Arena } from '../../frame/arena.js';
import { BATCH, FrameBatch, type Shortcut } from '../../frame/frame-batch.js';
import { LinkType } from '../../frame/link-type.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import type { Timeline } from '../log/timeline.js';
import type { CapturePoints } from './capture-point.js';
import type { FlowClock } from './flow-clock.js';
import { metaOf } from './flow-key.js';
import { FlowTable } from './flow-table.js';
import type { SeenSegments } from './seen-segments.js';

/** Words of the compiled code's own: seven columns of the batch. */
const SCRATCH = BATCH * 7;
/** Octets of the headers of a plain segment. */
const HEADERS = 66;

/** Exports of assembly/plain-segments.ts. */
interface Compiled {
  readonly gathered: { readonly value: number };
  gatherRecords(columns: number, bytes: number, from: number, length: number, header: number, perUnit: number): number;
  gatherPackets(
    columns: number,
    bytes: number,
    from: number,
    length: number,
    index: number,
    units: number,
    offset: number,
  ): number;
  setUp(...at: readonly number[]): void;
  lookAhead(
    count: number,
    base: number,
    meta: number,
    firstSeconds: number,
    firstNanoseconds: number,
    offset: number,
  ): void;
  take(from: number, count: number): number;
}

/** What is counted of frames that nobody visits: each is TCP over IPv4. */
export interface PlainCounts {
  readonly frames: number;
  readonly snapped: number;
  readonly withDf: number;
  readonly withData: number;
  /** Octets of the largest IP packet. */
  readonly largest: number;
}

/** Indexes of the counters; the latest time is kept with them, and that of the interface's frame before. */
export const COUNTER = { frames: 0, snapped: 1, withDf: 2, withData: 3, largest: 4, last: 5, previous: 6 } as const;

export function plainCounts(counters: Float64Array): PlainCounts {
  const { frames, snapped, withDf, withData, largest } = COUNTER;
  return {
    frames: counters[frames]!,
    snapped: counters[snapped]!,
    withDf: counters[withDf]!,
    withData: counters[withData]!,
    largest: counters[largest]!,
  };
}

/** Besides the flow table: a reader's buffers, sizes, timeline, batch. */
const BESIDE = 5 * 1024 * 1024;

/** Octets of memory for an analysis that follows so many flows; those that are never touched cost nothing. */
export const memoryFor = (flows: number): number => FlowTable.octets(flows) + BESIDE;

/** assembly/plain-segments.ts as built, and how to come by memory for it. */
export interface CompiledSegments {
  readonly module: WebAssembly.Module;
  /** At least so many octets, all zero; undefined where the system has none to give. */
  memory(octets: number): WebAssembly.Memory | undefined;
}

/** What an analysis keeps its numbers in, all of it in the memory of `arena`. */
export interface Kept {
  readonly arena: Arena;
  readonly memory: WebAssembly.Memory;
  readonly table: FlowTable;
  readonly points: CapturePoints;
  readonly timeline: Timeline;
  /** IP packets by their size, octets. */
  readonly sizes: Uint32Array;
  readonly counters: Float64Array;
  readonly clock: FlowClock;
  readonly seen: SeenSegments;
}

/**
 * Header prediction (Van Jacobson, "4BSD TCP header prediction", Computer Communication Review 20(2), 1990) for captures: nearly
 * every frame is the very segment that was to come next, in a flow where nothing is amiss. Those are counted by compiled
 * code, which needs no warming up, in the flow table and the plots themselves; every other frame is left, unchanged, to
 * `Analysis.frame`, which counts these just the same where there is no compiled code.
 *
 * Plain is TCP with ACK or PSH, no options but timestamps, in IPv4 without options on Ethernet; of a known flow; a bare
 * acknowledgement, or data next in sequence and no larger than what this direction sent and got through before.
 */
export class PlainSegments implements Shortcut {
  readonly batch: FrameBatch;
  readonly #kept: Kept;
  readonly #compiled: Compiled;

  constructor(module: WebAssembly.Module, kept: Kept) {
    const { arena, memory, table, timeline, sizes, counters, seen } = kept;
    this.#kept = kept;
    this.batch = new FrameBatch(arena);
    this.#compiled = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Compiled;
    this.#compiled.setUp(
      table.slots.byteOffset,
      table.mask,
      table.words.byteOffset,
      sizes.byteOffset,
      timeline.columns.byteOffset,
      this.batch.start.byteOffset,
      arena.int32(SCRATCH).byteOffset,
      counters.byteOffset,
      seen.byteOffset,
    );
  }

  buffer(octets: number): Uint8Array {
    const { arena } = this.#kept;
    // Looking ahead, a short frame at the end is passed by some octets.
    return octets + HEADERS <= arena.left ? arena.octets(octets) : new Uint8Array(octets);
  }

  sees({ buffer }: Uint8Array): boolean {
    return buffer === this.#kept.memory.buffer;
  }

  gatherRecords(from: number, length: number, header: number, perUnit: number): number {
    const { bytes, start } = this.batch;
    const { byteOffset } = bytes;
    const behind = this.#compiled.gatherRecords(start.byteOffset, byteOffset, from, length, header, perUnit);
    this.batch.count = this.#compiled.gathered.value;
    return behind;
  }

  gatherPackets(from: number, length: number, index: number, units: number, offset: number): number {
    const { bytes, start } = this.batch;
    const { byteOffset } = bytes;
    const behind = this.#compiled.gatherPackets(start.byteOffset, byteOffset, from, length, index, units, offset);
    this.batch.count = this.#compiled.gathered.value;
    return behind;
  }

  lookAhead(firstSeconds: number, firstNanoseconds: number): void {
    const { bytes, count, linkType, interface: index } = this.batch;
    const { points } = this.#kept;
    const point = linkType === LinkType.ethernet && this.sees(bytes) ? points.known(index) : -1;
    const meta = point < 0 ? 0 : metaOf(4, PROTOCOL_NUMBER.tcp, false, point);
    const offset = this.#kept.clock.turn(index);
    this.#compiled.lookAhead(count, bytes.byteOffset, meta, firstSeconds, firstNanoseconds, offset);
  }

  take(from: number): number {
    return this.#compiled.take(from, this.batch.count);
  }
}
