import { headerOfPorts } from '../../frame/decode-udp.js';
import type { Frame } from '../../frame/frame.js';
import { HEADER } from '../../frame/header.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { u16 } from '../../packet/octets.js';
import { TCP_FIELD, TCP_HEADER_MINIMUM } from '../../packet/tcp.js';
import type { CapturePoints } from './capture-point.js';
import { timesAt, wordsAt } from './direction-place.js';
import { D, F, FLAG, FT, ROW_TIMES, ROW_WORDS, T } from './flow-columns.js';
import type { FlowKeeper } from './flow-keeper.js';
import { fillKey, metaOf } from './flow-key.js';
import { notePause, rowAt } from './flow-place.js';
import type { FlowTable } from './flow-table.js';
import { isPartial } from './partial-checksum.js';
import type { SeenSegments } from './seen-segments.js';
import { CLOCK, newSegment, TCP } from './segment.js';
import { noteSize } from './size-watch.js';
import { accountTcp } from './tcp-direction.js';
import { noteUdp } from './udp-direction.js';

/** TCP and UDP packets to the rows of the flow table, one frame at a time; the caller sets the clock. */
export class FlowAccount {
  readonly segment = newSegment();
  tcpPackets = 0;
  udpPackets = 0;
  readonly #table: FlowTable;
  readonly #keeper: FlowKeeper;
  readonly #points: CapturePoints;
  readonly #seen: SeenSegments;
  #direction: 0 | 1 = 0;

  constructor(table: FlowTable, keeper: FlowKeeper, points: CapturePoints, seen: SeenSegments) {
    this.#table = table;
    this.#keeper = keeper;
    this.#points = points;
    this.#seen = seen;
  }

  /** A whole TCP segment; answers whether it was a retransmission. */
  tcp(frame: Frame): boolean {
    const row = this.#row(frame, PROTOCOL_NUMBER.tcp);
    this.tcpPackets++;
    const { words, times } = this.#table;
    const segment = this.segment;
    const direction = this.#direction;
    const d = wordsAt(row, direction);
    const dt = timesAt(row, direction);
    const p = wordsAt(row, 1 - direction);
    const pt = timesAt(row, 1 - direction);
    const { transport, bytes } = frame;
    segment.seq = frame.seq | 0;
    segment.ack = frame.ack | 0;
    segment.flags = frame.flags;
    segment.window = frame.window;
    segment.options = frame.tcpHeaderLength - TCP_HEADER_MINIMUM;
    segment.mss = frame.mss > 0 ? frame.mss : 0;
    segment.sackPermitted = frame.sackPermitted;
    segment.sackCount = frame.sackBlocks;
    for (let index = frame.sackBlocks * 2 - 1; index >= 0; index--) segment.sack[index] = frame.sack[index]! | 0;
    segment.checksum = transport + TCP_FIELD.urgent <= frame.end ? u16(bytes, transport + TCP_FIELD.checksum) : 0;
    segment.partial =
      words[p + D.MSS]! > 0 && segment.payload > words[p + D.MSS]! && isPartial(frame, segment.checksum);
    if (segment.flags & TCP.SYN && !(segment.flags & TCP.ACK)) words[row * ROW_WORDS + F.CLIENT] = direction + 1;
    else this.#noteRoundTrip(row, direction);
    const before = words[d + D.RETRANSMITTED]!;
    segment.clock[CLOCK.RTT] = times[row * ROW_TIMES + FT.RTT]!;
    accountTcp(this.#table, this.#seen, d, dt, p, pt, segment);
    return words[d + D.RETRANSMITTED] !== before;
  }

  /** A UDP datagram, or its first piece. */
  udp(frame: Frame): void {
    const row = this.#row(frame, PROTOCOL_NUMBER.udp);
    this.udpPackets++;
    const { words, times } = this.#table;
    const direction = this.#direction;
    const segment = this.segment;
    const d = wordsAt(row, direction);
    const dt = timesAt(row, direction);
    const p = wordsAt(row, 1 - direction);
    segment.options = 0;
    if (words[d + D.PACKETS] === 0 && headerOfPorts(frame.sourcePort, frame.destinationPort) === HEADER.end)
      words[d + D.FLAGS] = words[d + D.FLAGS]! | FLAG.NO_TUNNEL;
    words[d + D.PACKETS] = words[d + D.PACKETS]! + 1;
    times[dt + T.OCTETS] = times[dt + T.OCTETS]! + segment.payload;
    if (!frame.ip.fragment) noteSize(this.#table, d, dt, -1, segment, false);
    const pt = timesAt(row, 1 - direction);
    noteUdp(this.#table, d, dt, p, pt, segment, words[row * ROW_WORDS + F.FIRST_SIDE] === direction);
  }

  #row(frame: Frame, protocol: number): number {
    const table = this.#table;
    const { segment } = this;
    const { ip } = frame;
    const time = segment.clock[CLOCK.NOW]!;
    const direction = fillKey(table.key, frame.bytes, ip, frame.sourcePort, frame.destinationPort);
    const place = this.#points.of(frame, direction);
    table.key[0] = metaOf(ip.family, protocol, ip !== frame.outer, place);
    const row = this.#points.numbered > 1 ? rowAt(table, this.#points, direction, place, time) : table.find(true);
    const { words, times } = table;
    const at = row * ROW_WORDS;
    const doubles = row * ROW_TIMES;
    this.#direction = direction;
    if (protocol === PROTOCOL_NUMBER.tcp && !table.fresh && frame.flags & TCP.SYN) {
      if (isNewConnection(frame, words, wordsAt(row, direction))) {
        const devices = words[at + F.DEVICES]!;
        this.#keeper.settle(row);
        table.clear(row);
        words[at + F.DEVICES] = devices;
        table.fresh = true;
      }
    }
    if (table.fresh) {
      words[at + F.FIRST_FRAME] = frame.number;
      words[at + F.FIRST_SIDE] = direction;
      times[doubles + FT.FIRST] = time;
      segment.clock[CLOCK.PAUSE] = 0;
    } else notePause(table, row, segment, frame.number);
    table.last[row] = time;
    words[at + F.LONG_ROAD] = 1;
    segment.frame = frame.number;
    segment.ipLength = ip.totalLength;
    segment.ipId = ip.family === 4 ? ip.id : 0;
    segment.ttl = ip.ttl;
    segment.df = ip.df;
    segment.payload = frame.payloadLength;
    return row;
  }

  /** From the SYN to the client's next packet: one full round trip wherever the capture stands. */
  #noteRoundTrip(row: number, direction: number): void {
    const { words, times } = this.#table;
    const client = words[row * ROW_WORDS + F.CLIENT]! - 1;
    if (client !== direction || times[row * ROW_TIMES + FT.RTT]! > 0) return;
    const peer = wordsAt(row, 1 - client);
    if (!(words[peer + D.FLAGS]! & FLAG.SYN_ACK)) return;
    const syn = times[timesAt(row, client) + T.SYN]!;
    times[row * ROW_TIMES + FT.RTT] = Math.max(1e-6, this.segment.clock[CLOCK.NOW]! - syn);
  }
}

/** The same ports again with another initial sequence number. */
function isNewConnection(frame: Frame, words: Int32Array, d: number): boolean {
  if ((frame.flags & (TCP.SYN | TCP.ACK)) !== TCP.SYN) return false;
  const flags = words[d + D.FLAGS]!;
  return (flags & FLAG.SEQ) !== 0 && (!(flags & FLAG.SYN) || words[d + D.ISN] !== (frame.seq | 0));
}
