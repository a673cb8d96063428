import { expect } from 'vitest';
import type { CaptureFacts } from '../../src/analyze/facts.js';
import { judge as judgeFacts } from '../../src/analyze/judge.js';
import { FactsReader } from '../../src/analyze/read.js';
import type { AnalyzeResult } from '../../src/analyze/result.js';
import { CaptureReader } from '../../src/capture/reader.js';
import { compiled } from './both-ways.js';
import { ip, pcap, ptb, type TcpOptions, type Timed, tcp } from './packets.js';

const FIN = 1;
const SYN = 2;
const PSH = 8;
const ACK = 16;

/** Who speaks. */
export type Side = 'client' | 'server';

export interface Ends {
  readonly client: string;
  readonly server: string;
  readonly router: string;
}

export const ipv4Ends: Ends = { client: '10.1.0.2', server: '10.2.0.2', router: '10.1.0.1' };
export const ipv6Ends: Ends = { client: 'fd01::2', server: 'fd02::2', router: 'fd01::1' };

/** A TCP conversation written down packet by packet; time moves a microsecond with each, or with `wait`. */
export class Script {
  readonly packets: Timed[] = [];
  now = 0;
  /** Next sequence number of each side. */
  readonly next = { client: 1001, server: 9001 };
  /** The last packet, for PTBs to quote. */
  last: readonly number[] = [];
  readonly #ends: Ends;
  readonly #df: boolean;
  #id = 1;
  #port = 40_000;

  constructor(ends: Ends = ipv4Ends, { df = true }: { df?: boolean } = {}) {
    this.#ends = ends;
    this.#df = df;
  }

  wait(seconds: number): this {
    this.now += seconds;
    return this;
  }

  /** Any packet. */
  put(packet: readonly number[]): this {
    this.packets.push({ at: this.now, packet });
    this.now += 1e-6;
    this.last = packet;
    return this;
  }

  /** A segment with explicit sequence number; the defaults are those of an open connection. */
  segment(side: Side, more: Partial<TcpOptions> & { seq: number }, size: { df?: boolean; ttl?: number } = {}): this {
    const ports = side === 'client' ? [this.#port, 443] : [443, this.#port];
    const other = side === 'client' ? 'server' : 'client';
    const { client, server } = this.#ends;
    const segment = tcp({
      sourcePort: ports[0]!,
      destinationPort: ports[1]!,
      flags: ACK,
      ack: this.next[other],
      ...more,
    });
    const [from, to] = side === 'client' ? [client, server] : [server, client];
    return this.put(ip(6, { from, to, id: this.#id++, df: size.df ?? this.#df, ttl: size.ttl ?? 64 }, segment));
  }

  /** SYN, SYN/ACK, ACK over a round trip of 20 ms. */
  handshake({
    client = 1460,
    server = 1460,
    sack = true,
    begin = 1000,
  }: {
    client?: number;
    server?: number;
    sack?: boolean;
    /** Sequence number of the client's SYN. */
    begin?: number;
  } = {}): this {
    this.#port++;
    this.next.client = begin + 1;
    this.next.server = 9001;
    this.segment('client', { seq: begin, ack: 0, flags: SYN, mss: client, sackPermitted: sack });
    this.wait(0.02).segment('server', { seq: 9000, flags: SYN | ACK, mss: server, sackPermitted: sack });
    return this.segment('client', { seq: begin + 1 });
  }

  /** New data in one segment of `octets`. */
  data(side: Side, octets: number, more: Partial<TcpOptions> = {}): this {
    const seq = this.next[side];
    this.next[side] = seq + octets;
    return this.segment(side, { seq, data: octets, flags: ACK | PSH, ...more });
  }

  /** An acknowledgement of all that `of` has sent, or up to `ack`. */
  ack(
    of: Side,
    { ack = this.next[of], sack }: { ack?: number; sack?: readonly (readonly [number, number])[] } = {},
  ): this {
    const side = of === 'client' ? 'server' : 'client';
    return this.segment(side, { seq: this.next[side], ack, sack });
  }

  /** `count` full segments, each acknowledged after 20 ms. */
  transfer(side: Side, octets: number, count: number): this {
    for (let index = 0; index < count; index++) this.data(side, octets).wait(0.02).ack(side);
    return this;
  }

  /** A PTB about `packet`, to its sender. */
  ptb(mtu: number, { to = 'client' as Side, packet = this.last, quoted = 60 } = {}): this {
    return this.put(ptb(this.#ends.router, this.#ends[to], mtu, packet, quoted));
  }

  close(): this {
    this.segment('client', { seq: this.next.client, flags: FIN | ACK });
    this.wait(0.02).segment('server', { seq: this.next.server, flags: FIN | ACK, ack: this.next.client + 1 });
    return this.segment('client', { seq: this.next.client + 1, ack: this.next.server + 1 });
  }

  judge(): Judgement {
    return judge(this.packets);
  }
}

/** What was read, and what is said of it without anything else being known. */
export interface Judgement extends AnalyzeResult {
  readonly capture: CaptureFacts;
}

/** The judgement of a capture made of these packets; with the compiled code it must be the same. */
export function judge(packets: readonly Timed[], capacity = 256): Judgement {
  const octets = pcap(packets);
  const [slow, fast] = [undefined, compiled].map((code) => {
    const watch = new FactsReader({ capacity, compiled: code });
    const { shortcut } = watch;
    const reader = new CaptureReader((frame) => watch.frame(frame), { shortcut });
    const buffer = reader.buffer(octets.length);
    buffer.set(octets);
    reader.finish(buffer.subarray(reader.consume(buffer, buffer.length)), 0);
    const capture = watch.finish();
    return { ...judgeFacts(capture), capture };
  }) as [Judgement, Judgement];
  expect(text(fast)).toBe(text(slow));
  return slow;
}

/** With only the sizes that occur: most of the 65 536 counts are zero. */
const text = ({ capture, ...rest }: Judgement): string => {
  const sizes = [...capture.sizes.entries()].filter(([, count]) => count > 0);
  return JSON.stringify({ ...rest, capture: { ...capture, sizes } });
};

/** Codes of all findings, or of those above info. */
export const codes = ({ findings }: Judgement, above = false): string[] =>
  findings.filter(({ severity }) => !above || severity !== 'info').map(({ code }) => code);
