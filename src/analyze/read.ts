import { Arena } from '../frame/arena.js';
import type { Frame } from '../frame/frame.js';
import { ESP, IKE, KEEPALIVE, NATT, PTB, WIREGUARD } from '../frame/header-bits.js';
import type { CaptureFacts } from './facts.js';
import { CapturePoints } from './flow/capture-point.js';
import {
  D,
  DIRECTION_TIMES,
  DIRECTION_WORDS,
  F,
  FLAG,
  FLOW_TIMES,
  FLOW_WORDS,
  FT,
  ROW_TIMES,
  ROW_WORDS,
  T,
} from './flow/flow-columns.js';
import { FlowKeeper } from './flow/flow-keeper.js';
import { fillKey, metaOf } from './flow/flow-key.js';
import { FlowTable } from './flow/flow-table.js';
import { isPartial } from './flow/partial-checksum.js';
import {
  COUNTER,
  type CompiledSegments,
  memoryFor,
  type PlainCounts,
  PlainSegments,
  plainCounts,
} from './flow/plain-segments.js';
import { noteOnFlow } from './flow/ptb-match.js';
import { CLOCK, newSegment, TCP } from './flow/segment.js';
import { noteSize } from './flow/size-watch.js';
import { accountTcp } from './flow/tcp-direction.js';
import { FragmentLog } from './log/fragment-log.js';
import { PtbLog, type PtbMatch } from './log/ptb-log.js';
import { Timeline } from './log/timeline.js';
import { TunnelLog } from './log/tunnel-log.js';

/** Flows held at once; the longest idle gives way. */
export const FLOW_CAPACITY = 32_768;

export interface FactsOptions {
  /** Flows held at once. */
  readonly capacity?: number;
  /** assembly/plain-segments.ts: faster, with the same result. */
  readonly compiled?: CompiledSegments | undefined;
}

const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;
const PROTOCOL_ESP = 50;
const NATT_PORT = 4500;

/** Frames to facts: one capture, one pass, `frame` for each frame, then `finish`. Nothing is allocated per frame. */
export class FactsReader {
  private readonly table: FlowTable;
  private readonly keeper: FlowKeeper;
  private readonly points = new CapturePoints();
  private readonly ptbs = new PtbLog();
  private readonly fragments = new FragmentLog();
  private readonly tunnels = new TunnelLog();
  private readonly timeline: Timeline;
  private readonly sizes: Uint32Array;
  private readonly segment = newSegment();
  private readonly counters: Float64Array;
  /** Spares `frame` most of the frames; only with the compiled code. */
  readonly shortcut: PlainSegments | undefined;
  private frames = 0;
  private snapped = 0;
  private tcpPackets = 0;
  private udpPackets = 0;
  private wireguard = 0;

  constructor({ capacity = FLOW_CAPACITY, compiled }: FactsOptions = {}) {
    const memory = compiled?.memory(memoryFor(capacity));
    const arena = new Arena(memory?.buffer);
    this.table = new FlowTable(capacity, (row) => this.keeper.settle(row), arena);
    this.keeper = new FlowKeeper(this.table);
    this.timeline = new Timeline(arena);
    this.sizes = arena.uint32(65_536);
    this.counters = arena.float64(Object.keys(COUNTER).length);
    const { table, points, timeline, sizes, counters } = this;
    const kept = { table, points, timeline, sizes, counters, arena };
    this.shortcut = compiled && memory && new PlainSegments(compiled.module, { ...kept, memory });
  }

  frame(frame: Frame): void {
    this.frames++;
    if (frame.snapped) this.snapped++;
    const { clock } = this.segment;
    const time = frame.at >= 0 ? frame.at / 1000 : 0;
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
    if (isPtb) this.ptb(frame, time);
    else if (layers & (ESP | NATT) && frame.espLength > 0) this.tunnels.note(frame, time, this.points.of(frame, 0));
    else if (frame.tcp && !ip.fragment) again = this.flow(frame, PROTOCOL_TCP);
    else if (ip.protocol === PROTOCOL_UDP && frame.sourcePort >= 0 && !(layers & (IKE | KEEPALIVE))) {
      if (layers & WIREGUARD) this.wireguard++;
      this.flow(frame, PROTOCOL_UDP);
    }
    this.timeline.note(clock, outer.totalLength, isPtb, again);
  }

  private flow(frame: Frame, protocol: number): boolean {
    const table = this.table;
    const { ip } = frame;
    const segment = this.segment;
    const time = segment.clock[CLOCK.NOW]!;
    const direction = fillKey(table.key, frame.bytes, ip, frame.sourcePort, frame.destinationPort);
    const inner = ip !== frame.outer;
    table.key[0] = metaOf(ip.family, protocol, inner, this.points.of(frame, direction));
    const row = table.find(true);
    const { words, times } = table;
    const at = row * ROW_WORDS;
    const timesAt = row * ROW_TIMES;
    const d = at + FLOW_WORDS + direction * DIRECTION_WORDS;
    const dt = timesAt + FLOW_TIMES + direction * DIRECTION_TIMES;
    if (frame.flags & TCP.SYN && !table.fresh && protocol === PROTOCOL_TCP && this.isNewConnection(frame, words, d)) {
      this.keeper.settle(row);
      table.clear(row);
      table.fresh = true;
    }
    if (table.fresh) {
      words[at + F.FIRST_FRAME] = frame.number;
      times[timesAt + FT.FIRST] = time;
    }
    times[timesAt + FT.LAST] = time;
    segment.frame = frame.number;
    segment.ipLength = ip.totalLength;
    segment.ipId = ip.family === 4 ? ip.id : 0;
    segment.ttl = ip.ttl;
    segment.df = ip.df;
    segment.payload = frame.payloadLength;
    if (protocol === PROTOCOL_UDP) {
      this.udpPackets++;
      segment.options = 0;
      words[d + D.PACKETS] = words[d + D.PACKETS]! + 1;
      times[dt + T.OCTETS] = times[dt + T.OCTETS]! + segment.payload;
      if (!ip.fragment) noteSize(table, d, dt, -1, segment, false);
      return false;
    }
    return this.tcp(frame, row, direction, d, dt);
  }

  private tcp(frame: Frame, row: number, direction: 0 | 1, d: number, dt: number): boolean {
    const { words, times } = this.table;
    const segment = this.segment;
    this.tcpPackets++;
    const { transport, bytes } = frame;
    segment.seq = frame.seq | 0;
    segment.ack = frame.ack | 0;
    segment.flags = frame.flags;
    segment.window = frame.window;
    segment.options = frame.tcpHeaderLength - 20;
    segment.mss = frame.mss > 0 ? frame.mss : 0;
    segment.sackPermitted = frame.sackPermitted;
    segment.sackCount = frame.sackBlocks;
    for (let index = frame.sackBlocks * 2 - 1; index >= 0; index--) segment.sack[index] = frame.sack[index]! | 0;
    segment.checksum = transport + 18 <= frame.end ? (bytes[transport + 16]! << 8) | bytes[transport + 17]! : 0;
    const p = row * ROW_WORDS + FLOW_WORDS + (1 - direction) * DIRECTION_WORDS;
    const pt = row * ROW_TIMES + FLOW_TIMES + (1 - direction) * DIRECTION_TIMES;
    segment.partial =
      words[p + D.MSS]! > 0 && segment.payload > words[p + D.MSS]! && isPartial(frame, segment.checksum);
    if (segment.flags & TCP.SYN && !(segment.flags & TCP.ACK)) words[row * ROW_WORDS + F.CLIENT] = direction + 1;
    else this.noteRoundTrip(row, direction);
    const before = words[d + D.RETRANSMITTED]!;
    segment.clock[CLOCK.RTT] = times[row * ROW_TIMES + FT.RTT]!;
    accountTcp(this.table, d, dt, p, pt, segment);
    return words[d + D.RETRANSMITTED] !== before;
  }

  /** From the SYN to the client's next packet: one full round trip wherever the capture stands. */
  private noteRoundTrip(row: number, direction: number): void {
    const { words, times } = this.table;
    const client = words[row * ROW_WORDS + F.CLIENT]! - 1;
    if (client !== direction || times[row * ROW_TIMES + FT.RTT]! > 0) return;
    const peer = row * ROW_WORDS + FLOW_WORDS + (1 - client) * DIRECTION_WORDS;
    if (!(words[peer + D.FLAGS]! & FLAG.SYN_ACK)) return;
    const syn = times[row * ROW_TIMES + FLOW_TIMES + client * DIRECTION_TIMES + T.SYN]!;
    times[row * ROW_TIMES + FT.RTT] = Math.max(1e-6, this.segment.clock[CLOCK.NOW]! - syn);
  }

  /** The same ports again with another initial sequence number. */
  private isNewConnection(frame: Frame, words: Int32Array, d: number): boolean {
    if ((frame.flags & (TCP.SYN | TCP.ACK)) !== TCP.SYN) return false;
    const flags = words[d + D.FLAGS]!;
    return (flags & FLAG.SEQ) !== 0 && (!(flags & FLAG.SYN) || words[d + D.ISN] !== (frame.seq | 0));
  }

  private ptb(frame: Frame, time: number): void {
    const { quote } = frame;
    const quoted = quote.ip;
    let match: PtbMatch = 'none';
    if (quoted.family !== 0) {
      const { sourcePort, destinationPort } = quote;
      if (sourcePort >= 0) match = noteOnFlow(this.table, this.points, frame, time);
      const encrypted =
        quote.spi >= 0 || quoted.protocol === PROTOCOL_ESP || sourcePort === NATT_PORT || destinationPort === NATT_PORT;
      if (match === 'none' && encrypted && this.tunnels.notePtb(frame, time)) match = 'tunnel';
    }
    this.ptbs.note(frame, time, match);
  }

  /** The frames that never came to `frame`. */
  get plain(): PlainCounts {
    return plainCounts(this.counters);
  }

  /** Settles every flow; call once. */
  finish(): CaptureFacts {
    const { plain } = this;
    this.fragments.finish();
    const keeper = this.keeper;
    keeper.finish(this.ptbs);
    return {
      frames: this.frames + plain.frames,
      seconds: this.counters[COUNTER.last]!,
      snapped: this.snapped + plain.snapped,
      capturePoints: this.points.count,
      flows: keeper.flows(),
      unheard: keeper.unheard,
      ...keeper.totals,
      evicted: this.table.evicted,
      tcpPackets: this.tcpPackets + plain.frames,
      udpPackets: this.udpPackets,
      espPackets: this.tunnels.packets,
      wireguardPackets: this.wireguard,
      ptbs: this.ptbs.records,
      ptbTotal: this.ptbs.total,
      fragments: this.fragments.groups,
      tunnels: this.tunnels.flows,
      sizes: this.sizes,
      timeline: { width: this.timeline.width, buckets: this.timeline.buckets() },
    };
  }
}
