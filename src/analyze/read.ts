import { Arena } from '../frame/arena.js';
import type { Frame } from '../frame/frame.js';
import { ESP, IKE, KEEPALIVE, NATT, PTB, WIREGUARD } from '../frame/header-bits.js';
import { PROTOCOL_NUMBER } from '../packet/ipv4.js';
import { PORT } from '../packet/ports.js';
import type { CaptureFacts } from './facts.js';
import { CapturePoints } from './flow/capture-point.js';
import { FlowAccount } from './flow/flow-account.js';
import { FlowClock } from './flow/flow-clock.js';
import { FlowKeeper } from './flow/flow-keeper.js';
import { FlowTable } from './flow/flow-table.js';
import { TOTALS } from './flow/flow-totals.js';
import { PathTable } from './flow/path-table.js';
import { type PlainCounts, plainCounts } from './flow/plain-counts.js';
import { type CompiledSegments, memoryFor, PlainSegments } from './flow/plain-segments.js';
import { noteOnFlow } from './flow/ptb-match.js';
import { newSeenSegments } from './flow/seen-segments.js';
import { CLOCK } from './flow/segment.js';
import { COUNTER, MSS_COUNT } from './flow/shape-table.js';
import { EchoLog } from './log/echo-log.js';
import { FragmentLog } from './log/fragment-log.js';
import { IkeLog } from './log/ike-log.js';
import { ProhibitedLog } from './log/prohibited-log.js';
import { PtbLog, type PtbMatch } from './log/ptb-log.js';
import { Timeline } from './log/timeline.js';
import { TunnelLog } from './log/tunnel-log.js';
import { toNanosecond } from './nanosecond.js';

/** Flows held at once; the longest idle gives way. */
const FLOW_CAPACITY = 32_768;
/** What is dated 1970 has no date: a text with times of the day, a router whose clock was never set. */
const A_YEAR = 365 * 86_400;

export interface FactsOptions {
  /** Flows held at once. */
  readonly capacity?: number;
  /** assembly/plain-segments.ts: faster, with the same result. */
  readonly compiled?: CompiledSegments | undefined;
  /** Keep what is known of every flow, not of those worth a row alone. */
  readonly everyFlow?: boolean | undefined;
}

/** Frames to facts: one capture, one pass, `frame` for each frame, then `finish`. Nothing is allocated per frame. */
export class FactsReader {
  private readonly table: FlowTable;
  private readonly keeper: FlowKeeper;
  private readonly points = new CapturePoints();
  private readonly ptbs = new PtbLog();
  private readonly prohibited = new ProhibitedLog();
  private readonly echoes = new EchoLog();
  private readonly ike = new IkeLog();
  private readonly fragments = new FragmentLog();
  private readonly tunnels = new TunnelLog();
  private readonly timeline: Timeline;
  private readonly sizes: Uint32Array;
  private readonly account: FlowAccount;
  private readonly counters: Float64Array;
  private readonly mssCounts: Int32Array;
  private readonly clock: FlowClock;
  /** Spares `frame` most of the frames; only with the compiled code. */
  readonly shortcut: PlainSegments | undefined;
  private frames = 0;
  private began = 0;
  private snapped = 0;
  private wireguard = 0;

  constructor({ capacity = FLOW_CAPACITY, compiled, everyFlow }: FactsOptions = {}) {
    const memory = compiled?.memory(memoryFor(capacity));
    const arena = new Arena(memory?.buffer);
    this.table = new FlowTable(capacity, (row) => this.keeper.settle(row), arena);
    const settled = { totals: arena.float64(TOTALS + 1), paths: new PathTable(arena) };
    this.keeper = new FlowKeeper(this.table, settled, () => this.counters[COUNTER.last]!, everyFlow);
    const seen = newSeenSegments(arena);
    this.account = new FlowAccount(this.table, this.keeper, this.points, seen);
    this.timeline = new Timeline(arena);
    this.sizes = arena.uint32(65_536);
    this.counters = arena.float64(Object.keys(COUNTER).length);
    this.clock = new FlowClock(this.counters, COUNTER.previous);
    this.mssCounts = arena.int32(MSS_COUNT.all);
    const { table, keeper, points, timeline, sizes, counters, clock, mssCounts } = this;
    const kept = { table, keeper, settled, points, timeline, sizes, counters, clock, seen, mssCounts, arena };
    this.shortcut = compiled && memory && new PlainSegments(compiled.module, { ...kept, memory });
  }

  frame(frame: Frame): void {
    if (this.frames++ === 0) this.began = frame.seconds + frame.nanoseconds / 1e9 - frame.at / 1000;
    if (frame.snapped) this.snapped++;
    const { clock } = this.account.segment;
    const time = this.clock.time(frame.interface, frame.at);
    clock[CLOCK.NOW] = time;
    if (time > this.counters[COUNTER.last]!) this.counters[COUNTER.last] = time;
    const { outer, ip, layers } = frame;
    if (outer.family === 0) {
      this.timeline.note(clock, 0, false, false);
      return;
    }
    this.sizes[outer.totalLength < 65_536 ? outer.totalLength : 65_535]!++;
    const isPtb = (layers & PTB) !== 0 && frame.mtu >= 0;
    let again = false;
    if (ip.fragment) this.fragments.note(frame, ip, time);
    if (outer.fragment && outer !== ip) this.fragments.note(frame, outer, time);
    if (layers & IKE && frame.payloadLength > 0) this.ike.note(frame, time);
    if (isPtb) this.ptb(frame, time);
    else if (frame.icmpType >= 0) {
      this.echoes.note(frame, time);
      this.prohibited.note(frame);
    } else if (layers & (ESP | NATT) && frame.espLength > 0) this.tunnels.note(frame, time, this.points.of(frame, 0));
    else if (frame.tcp && !ip.fragment) {
      again = this.account.tcp(frame);
      this.shortcut?.learn(frame);
    } else if (ip.protocol === PROTOCOL_NUMBER.udp && frame.sourcePort >= 0 && !(layers & (IKE | KEEPALIVE))) {
      if (layers & WIREGUARD) this.wireguard++;
      this.account.udp(frame);
      this.shortcut?.learn(frame);
    }
    this.timeline.note(clock, outer.totalLength, isPtb, again);
  }

  private ptb(frame: Frame, time: number): void {
    const { quote } = frame;
    const quoted = quote.ip;
    let match: PtbMatch = 'none';
    if (quoted.family !== 0) {
      const { sourcePort, destinationPort } = quote;
      if (sourcePort >= 0) match = noteOnFlow(this.table, this.points, frame, time);
      const encrypted =
        quote.spi >= 0 ||
        quoted.protocol === PROTOCOL_NUMBER.esp ||
        sourcePort === PORT.natt ||
        destinationPort === PORT.natt;
      if (match === 'none' && encrypted && this.tunnels.notePtb(frame, time)) match = 'tunnel';
    }
    this.ptbs.note(frame, time, match, this.echoes);
  }

  /** The frames that never came to `frame`. */
  get plain(): PlainCounts {
    return plainCounts(this.counters, this.mssCounts);
  }

  /** Settles every flow; call once. */
  finish(): CaptureFacts {
    const { plain } = this;
    this.fragments.finish();
    const keeper = this.keeper;
    keeper.finish(this.ptbs);
    const every = keeper.every();
    return {
      frames: this.frames + plain.frames,
      began: this.began >= A_YEAR ? this.began : null,
      seconds: toNanosecond(this.counters[COUNTER.last]!),
      snapped: this.snapped + plain.snapped,
      capturePoints: this.points.count,
      flows: keeper.flows(),
      ...(every ? { everyFlow: every } : {}),
      unheard: keeper.unheard,
      ...keeper.totals,
      paths: keeper.paths.bounds(),
      clockSteps: this.clock.steps,
      evicted: this.table.evicted,
      tcpPackets: this.account.tcpPackets + plain.frames - plain.udp,
      udpPackets: this.account.udpPackets + plain.udp,
      espPackets: this.tunnels.packets,
      wireguardPackets: this.wireguard + plain.wireguard,
      ptbs: this.ptbs.records,
      ptbTotal: this.ptbs.total,
      prohibitions: this.prohibited.records,
      echoes: this.echoes.paths,
      ike: this.ike.messages,
      fragments: this.fragments.groups,
      tunnels: this.tunnels.flows,
      sizes: used(this.sizes),
      timeline: { width: this.timeline.width, buckets: this.timeline.buckets() },
    };
  }
}

/**
 * A copy up to the last count that is not zero: the whole would hold all of the analysis's memory for as long as the
 * result.
 */
function used(counts: Uint32Array): Uint32Array {
  let end = counts.length;
  while (end > 0 && counts[end - 1] === 0) end--;
  return counts.slice(0, end);
}
