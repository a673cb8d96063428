import type { Arena } from '../../frame/arena.js';
import { headerOfPorts } from '../../frame/decode-udp.js';
import type { Frame } from '../../frame/frame.js';
import { BATCH, FrameBatch, type Shortcut } from '../../frame/frame-batch.js';
import { HEADER } from '../../frame/header.js';
import { UDP_HEADER } from '../../packet/udp.js';
import type { Timeline } from '../log/timeline.js';
import type { CapturePoints } from './capture-point.js';
import type { CompiledLoop } from './compiled-loop.js';
import type { FlowClock } from './flow-clock.js';
import type { FlowKeeper, Settled } from './flow-keeper.js';
import { FlowTable } from './flow-table.js';
import { KnownShapes } from './known-shapes.js';
import { PathTable } from './path-table.js';
import type { SeenSegments } from './seen-segments.js';

/** Words of the compiled code's own: sixteen columns of the batch, of which the eighth says what shape a frame has. */
const SCRATCH = BATCH * 16;
const SHAPE_AT = BATCH * 7;
/** Octets of the longest headers that are looked at before it is known how long a frame is. */
const HEADERS = 192;
/** Where of so many batches less than this share was counted, so many are passed unseen. */
const LOOKED_AT = 64;
const LEAST_SHARE = 1 / 16;
const PASSED = 1024;

/** Besides the flow table: a reader's buffers, sizes, timeline, batch. */
const BESIDE = 5 * 1024 * 1024 + PathTable.octets;

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
  readonly keeper: FlowKeeper;
  readonly settled: Settled;
  readonly points: CapturePoints;
  readonly timeline: Timeline;
  /** IP packets by their size, octets. */
  readonly sizes: Uint32Array;
  readonly counters: Float64Array;
  readonly clock: FlowClock;
  readonly seen: SeenSegments;
  /** As in MSS_COUNT. */
  readonly mssCounts: Int32Array;
}

/**
 * Header prediction (Van Jacobson, "4BSD TCP header prediction", Computer Communication Review 20(2), 1990) for
 * captures: nearly every frame is the very segment that was to come next, in a flow where nothing is amiss. Those are
 * counted by compiled code, which needs no warming up, in the flow table and the plots themselves; every other frame is
 * left, unchanged, to `Analysis.frame`, which counts these just the same where there is no compiled code.
 *
 * What stands in front of the IP header is foretold as well: a frame that was decoded shows which of its octets decide
 * what they are (header-shape.ts), so that tags, PPPoE, Linux cooked headers, GRE or VXLAN are a few comparisons for
 * the frames that follow.
 *
 * Plain is TCP in IPv4 without options or IPv6 without extension headers: a SYN that begins a flow, and what follows in
 * a flow where nothing is lost: SYN/ACK, data next in sequence and no larger than the MSS, acknowledgements, FIN. Or
 * UDP of a known flow whose ports announce no tunnel, no larger than before, that is no late answer and no repetition.
 */
export class PlainSegments implements Shortcut {
  readonly batch: FrameBatch;
  readonly #kept: Kept;
  readonly #compiled: CompiledLoop;
  readonly #shapes: KnownShapes;
  /** The shape of each frame of the batch; 0 where it has none. */
  readonly #shapeOf: Int32Array;
  /** The frame of the batch that was left last, and how often places had changed when the batch was looked at. */
  #left = -1;
  #changes = 0;
  /** Time and number that the batch counts from, and the shapes that were known when it was looked at. */
  #firstSeconds = 0;
  #firstNanoseconds = 0;
  #framesBefore = 0;
  #known = 0;
  /** Frames counted of the last batches, how many batches those are, and batches that are still to be passed unseen. */
  #counted = 0;
  #batches = 0;
  #unseen = 0;
  #isIdle = false;
  /** What `sees` was asked of last, and its answer. */
  #asked: Uint8Array | undefined;
  #isSeen = false;

  constructor(module: WebAssembly.Module, kept: Kept) {
    const { arena, memory, table, keeper, settled, timeline, sizes, counters, seen, mssCounts } = kept;
    this.#kept = kept;
    this.batch = new FrameBatch(arena);
    this.#compiled = new WebAssembly.Instance(module, {
      env: { memory },
      rows: { settleThere: keeper.settle.bind(keeper) },
    }).exports as unknown as CompiledLoop;
    const scratch = arena.int32(SCRATCH);
    this.#shapes = new KnownShapes(arena);
    this.#shapeOf = scratch.subarray(SHAPE_AT, SHAPE_AT + BATCH);
    this.#compiled.setUp(
      table.slots.byteOffset,
      table.mask,
      table.words.byteOffset,
      table.last.byteOffset,
      sizes.byteOffset,
      timeline.columns.byteOffset,
      this.batch.start.byteOffset,
      scratch.byteOffset,
      counters.byteOffset,
      seen.byteOffset,
      this.#shapes.words.byteOffset,
      mssCounts.byteOffset,
      table.state.byteOffset,
      table.idleSince.byteOffset,
      settled.totals.byteOffset,
      settled.paths.slots.byteOffset,
      settled.paths.words.byteOffset,
      settled.paths.times.byteOffset,
      settled.paths.count.byteOffset,
    );
    keeper.compiled = this.#compiled;
  }

  buffer(octets: number): Uint8Array {
    const { arena } = this.#kept;
    // Looking ahead, a short frame at the end is passed by some octets.
    return octets + HEADERS <= arena.left ? arena.octets(octets) : new Uint8Array(octets);
  }

  sees(bytes: Uint8Array): boolean {
    // Asked several times a batch: both buffers are a call into the runtime.
    if (bytes === this.#asked) return this.#isSeen;
    this.#asked = bytes;
    this.#isSeen = bytes.buffer === this.#kept.memory.buffer;
    return this.#isSeen;
  }

  gatherRecords(from: number, length: number, header: number, perUnit: number): number {
    const { bytes, start } = this.batch;
    const { byteOffset } = bytes;
    const behind = this.#compiled.gatherRecords(start.byteOffset, byteOffset, from, length, header, perUnit);
    this.#noteGathered();
    return behind;
  }

  gatherPackets(from: number, length: number, index: number, units: number, offset: number): number {
    const { bytes, start } = this.batch;
    const { byteOffset } = bytes;
    const behind = this.#compiled.gatherPackets(start.byteOffset, byteOffset, from, length, index, units, offset);
    this.#noteGathered();
    return behind;
  }

  #noteGathered(): void {
    const { batch } = this;
    batch.count = batch.gathered[0]!;
    batch.isCut = batch.gathered[1] !== 0;
  }

  lookAhead(firstSeconds: number, firstNanoseconds: number, framesBefore: number): void {
    this.#firstSeconds = firstSeconds;
    this.#firstNanoseconds = firstNanoseconds;
    this.#framesBefore = framesBefore;
    this.#left = -1;
    this.#isIdle = this.#isUseless();
    if (!this.#isIdle) this.#look();
  }

  #look(): void {
    const { bytes, count, interface: index } = this.batch;
    const { points, clock } = this.#kept;
    this.#shapes.follow(points);
    this.#changes = points.changes;
    this.#known = this.#shapes.used;
    const face = this.sees(bytes) ? index + 1 : 0;
    const added = clock.turn(index);
    const { used } = this.#shapes;
    const { byteOffset } = bytes;
    const places = points.numbered;
    this.#compiled.lookAhead(
      count,
      byteOffset,
      face,
      used,
      this.#firstSeconds,
      this.#firstNanoseconds,
      added,
      this.#framesBefore,
      places,
    );
  }

  /**
   * A crowd of connections of a few packets each: looking ahead costs a tenth of the whole, and finds next to nothing.
   */
  #isUseless(): boolean {
    if (this.#unseen > 0) {
      this.#unseen--;
      return true;
    }
    this.#batches++;
    if (this.#batches < LOOKED_AT) return false;
    const isUseless = this.#counted < LOOKED_AT * BATCH * LEAST_SHARE;
    this.#batches = this.#counted = 0;
    if (isUseless) this.#unseen = PASSED;
    return isUseless;
  }

  take(from: number): number {
    if (this.#isIdle) return from;
    // The first frames of a file show what the rest of their batch looks like; once for each of sixteen shapes.
    if (this.#shapes.used > this.#known) this.#look();
    // A frame on the long road joined or parted two places: what was looked up is another flow's, perhaps.
    this.#left = this.#kept.points.changes === this.#changes ? this.#compiled.take(from, this.batch.count) : from;
    this.#counted += this.#left - from;
    return this.#left;
  }

  /**
   * A TCP segment or UDP datagram went the long road: where that was for want of its shape, the shape is known from now
   * on.
   */
  learn(frame: Frame): void {
    if (
      this.#left < 0 ||
      !this.sees(frame.bytes) ||
      this.#shapeOf[this.#left] !== 0 ||
      frame.bytes !== this.batch.bytes
    )
      return;
    // One cut within its tunnel: compiled code counts none such, and whole ones that look the same would be refused
    // with it.
    if (!frame.tcp && headerOfPorts(frame.sourcePort, frame.destinationPort) !== HEADER.end) return;
    // So much is looked at before it is known which of the two it is.
    if (frame.end < frame.transport + UDP_HEADER) return;
    this.#shapes.learn(frame, this.#kept.points);
    this.#left = -1;
  }
}
