import type { Frame } from '../frame/frame.js';
import { TCP_FLAG, TCP_HEADER_MINIMUM } from '../packet/tcp.js';
import { FlowClock } from './flow/flow-clock.js';
import { SequenceLine } from './sequence-line.js';
import { Thinned } from './thinned.js';
import { FlowMatch, type TracedFlow } from './traced-flow.js';

/**
 * One direction of a TCP flow as tcptrace draws it. Times in seconds since the flow's first packet; places in octets
 * from the first octet of data that this direction sent or, without its SYN, the first that was seen (before it:
 * negative).
 */
export interface SequenceTrace {
  readonly flow: TracedFlow;
  /** Time, first octet, octet behind the last, and whether all of it had been seen before. */
  readonly segments: readonly (readonly [seconds: number, from: number, to: number, resent: boolean])[];
  /** Acknowledgements of the other side. */
  readonly acks: readonly (readonly [seconds: number, at: number])[];
  readonly sacks: readonly (readonly [seconds: number, from: number, to: number])[];
  /** MTU as announced, and the first octet of the refused packet; null: not quoted, or never sent. */
  readonly ptbs: readonly (readonly [seconds: number, mtu: number, at: number | null])[];
  /** Points there were, where only some of them are kept; null: all are here. */
  readonly thinned: { readonly of: number } | null;
}

/**
 * What is drawn of a flow in trouble, or why it is not: the capture cannot be read twice, is a text without such
 * numbers, or has no data of it.
 */
export type Traced = SequenceTrace | { readonly leftOut: 'once' | 'text' | 'no-data' };

/**
 * Points kept of each kind, 4,000 in all: more cannot be told apart on a page, and a resend must not vanish among the
 * rest.
 */
export const MOST_POINTS = { segments: 1200, resent: 800, acks: 1000, sacks: 600, ptbs: 400 } as const;
/** The same PTB at a second place of the capture comes within this many seconds. */
const PTB_COPY = 0.1;

/**
 * Collects the points of one flow in a second reading of the capture; `frame` for each frame the first reading judged.
 */
export class FlowTrace {
  readonly #flow: TracedFlow;
  readonly #match: FlowMatch;
  readonly #line = new SequenceLine();
  readonly #clock = new FlowClock(new Float64Array(1), 0);
  readonly #sent = new Thinned<SequenceTrace['segments'][number]>(MOST_POINTS.segments);
  readonly #again = new Thinned<SequenceTrace['segments'][number]>(MOST_POINTS.resent);
  readonly #acks = new Thinned<SequenceTrace['acks'][number]>(MOST_POINTS.acks);
  readonly #sacks = new Thinned<SequenceTrace['sacks'][number]>(MOST_POINTS.sacks);
  readonly #ptbs = new Thinned<SequenceTrace['ptbs'][number]>(MOST_POINTS.ptbs);
  #start: number | undefined;
  #lastPtb = { about: '', time: 0 };

  constructor(flow: TracedFlow) {
    this.#flow = flow;
    this.#match = new FlowMatch(flow);
  }

  frame(frame: Frame): void {
    const time = this.#clock.time(frame.interface, frame.at);
    const side = this.#match.side(frame);
    if (side === undefined) return;
    this.#start ??= time;
    const seconds = time - this.#start;
    if (side === 'ptb') this.#ptb(frame, seconds);
    else if (side === this.#flow.direction) this.#segment(frame, seconds);
    else this.#answer(frame, seconds);
  }

  #segment({ flags, seq, payloadLength, tcpHeaderLength, ip, bytes, transport, end }: Frame, seconds: number): void {
    if (flags & TCP_FLAG.rst) return;
    const first = flags & TCP_FLAG.syn ? seq + 1 : seq;
    const from = this.#line.place(first);
    if (payloadLength === 0) {
      this.#line.reach(from);
      return;
    }
    const checksum = transport + 18 <= end ? (bytes[transport + 16]! << 8) | bytes[transport + 17]! : 0;
    // As for the flow table: without an identification, a resend without timestamps looks the same as a copy.
    const known = (ip.family === 4 && ip.id !== 0) || tcpHeaderLength > TCP_HEADER_MINIMUM;
    const mark = known ? `${ip.family === 4 ? ip.id : 0} ${checksum}` : undefined;
    const kind = this.#line.take(from, from + payloadLength, mark);
    if (kind === 'copy' || kind === 'keep-alive') return;
    const resent = kind === 'again';
    (resent ? this.#again : this.#sent).add([seconds, from, from + payloadLength, resent]);
  }

  #answer({ flags, ack, sack, sackBlocks }: Frame, seconds: number): void {
    if (!(flags & TCP_FLAG.ack) || flags & TCP_FLAG.rst) return;
    this.#acks.add([seconds, this.#line.acknowledge(ack)]);
    for (let index = 0; index < sackBlocks; index++) {
      const from = this.#line.near(sack[index * 2]!);
      const octets = (sack[index * 2 + 1]! - sack[index * 2]!) | 0;
      if (octets > 0) this.#sacks.add([seconds, from, from + octets]);
    }
  }

  #ptb({ mtu, quote }: Frame, seconds: number): void {
    const about = `${mtu} ${quote.seq} ${quote.ip.id}`;
    const { about: before, time } = this.#lastPtb;
    this.#lastPtb = { about, time: seconds };
    if (about === before && seconds - time < PTB_COPY) return;
    this.#ptbs.add([seconds, mtu, quote.seq >= 0 ? this.#line.sent(quote.seq) : null]);
  }

  /** undefined where no data of this direction was met. */
  finish(): SequenceTrace | undefined {
    const lists = [this.#sent, this.#again, this.#acks, this.#sacks, this.#ptbs];
    const kept = lists.reduce((sum, { items }) => sum + items.length, 0);
    const of = lists.reduce((sum, { total }) => sum + total, 0);
    const segments = [...this.#sent.items, ...this.#again.items].sort(([one], [other]) => one - other);
    if (segments.length === 0) return undefined;
    return {
      flow: this.#flow,
      segments,
      acks: this.#acks.items,
      sacks: this.#sacks.items,
      ptbs: this.#ptbs.items,
      thinned: kept < of ? { of } : null,
    };
  }
}
