import type { Frame } from '../../frame/frame.js';
import { ICMP_TYPE } from '../../packet/icmp.js';
import { ICMP_FIELD, ICMP_HEADER } from '../../packet/icmp-message.js';
import { ICMPV6_TYPE } from '../../packet/icmpv6.js';
import { u16 } from '../../packet/octets.js';
import { copyAddress, formatAddress } from '../flow/address.js';

/** Echo requests of one size. */
export interface EchoSize {
  /** Whole IP packet, octets. */
  readonly octets: number;
  sent: number;
  answered: number;
  withDf: number;
  readonly firstFrame: number;
  lastFrame: number;
  /** Of the last request, seconds. */
  lastTime: number;
}

/** What one host's packets to another drew from it: echo replies, and errors that only the target itself sends. */
export interface EchoPath {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  /** By size, in the order they were tried. */
  readonly sizes: EchoSize[];
  /** Requests in fragments, whatever their size. */
  readonly inPieces: { sent: number; answered: number };
  /**
   * Largest packet to which the target answered with an error of its own (port unreachable: traceroute, tracepath); 0:
   * none.
   */
  refused: number;
  refusedFrame: number;
  /**
   * How often the target said that pieces of a datagram did not come (RFC 792, RFC 4443 3.3), and in which frame first.
   */
  readonly missingPieces: { count: number; frame: number };
}

/** Pairs of hosts, sizes of each, and requests that wait for an answer; beyond, none is followed. */
const MOST_PATHS = 256;
const MOST_SIZES = 64;
const MOST_WAITING = 4096;
/** Code of a time exceeded in reassembly. */
const REASSEMBLY = 1;

/** Echo requests and their answers, and what targets refuse: what people measure paths with. */
export class EchoLog {
  readonly paths: EchoPath[] = [];
  readonly #byKey = new Map<string, EchoPath>();
  /** By both ends, identifier and sequence number. */
  readonly #waiting = new Map<string, { answered: number }>();
  readonly #words = new Int32Array(4);

  /** An ICMP message that is no PTB. */
  note(frame: Frame, time: number): void {
    const { ip, icmpType } = frame;
    const v6 = ip.family === 6;
    if (icmpType === (v6 ? ICMPV6_TYPE.echo : ICMP_TYPE.echo)) this.#request(frame, time);
    else if (icmpType === (v6 ? ICMPV6_TYPE.echoReply : ICMP_TYPE.echoReply)) this.#reply(frame);
    else if (icmpType === (v6 ? ICMPV6_TYPE.unreachable : ICMP_TYPE.unreachable)) this.#refusal(frame);
    else if (icmpType === (v6 ? ICMPV6_TYPE.timeExceeded : ICMP_TYPE.timeExceeded) && frame.icmpCode === REASSEMBLY)
      this.#missing(frame);
  }

  /** Whether echo requests from the one to the other are in the capture. */
  knows(from: string, to: string): boolean {
    return (this.#byKey.get(`${from} ${to}`)?.sizes.length ?? 0) > 0;
  }

  #request(frame: Frame, time: number): void {
    const { ip } = frame;
    if (frame.transport + ICMP_HEADER > frame.end) return;
    const from = this.#address(frame, ip.source, ip.family);
    const to = this.#address(frame, ip.destination, ip.family);
    const path = this.#path(from, to, ip.family === 6 ? 6 : 4);
    if (!path) return;
    const key = `${from} ${to} ${idOf(frame)}`;
    // A piece says nothing of its datagram's size; the fragments are followed elsewhere.
    if (ip.fragment) {
      if (this.#waiting.get(key) === path.inPieces) return;
      path.inPieces.sent++;
      this.#wait(key, path.inPieces);
      return;
    }
    let size = path.sizes.find(({ octets }) => octets === ip.totalLength);
    // The same request at another capture point.
    if (size && this.#waiting.get(key) === size) return;
    if (!size) {
      if (path.sizes.length >= MOST_SIZES) return;
      size = {
        octets: ip.totalLength,
        sent: 0,
        answered: 0,
        withDf: 0,
        firstFrame: frame.number,
        lastFrame: frame.number,
        lastTime: time,
      };
      path.sizes.push(size);
    }
    size.sent++;
    if (ip.df) size.withDf++;
    size.lastFrame = frame.number;
    size.lastTime = time;
    this.#wait(key, size);
  }

  #wait(key: string, what: { answered: number }): void {
    this.#waiting.delete(key);
    if (this.#waiting.size >= MOST_WAITING) this.#waiting.delete(this.#waiting.keys().next().value!);
    this.#waiting.set(key, what);
  }

  #reply(frame: Frame): void {
    const { ip } = frame;
    if (frame.transport + ICMP_HEADER > frame.end) return;
    const from = this.#address(frame, ip.destination, ip.family);
    const to = this.#address(frame, ip.source, ip.family);
    const key = `${from} ${to} ${idOf(frame)}`;
    const size = this.#waiting.get(key);
    if (!size) return;
    size.answered++;
    this.#waiting.delete(key);
  }

  /** Port, protocol or host unreachable, from the very host that was addressed: the packet got there. */
  #refusal(frame: Frame): void {
    const { quote } = frame;
    const path = this.#ofTarget(frame);
    if (!path || quote.ip.fragment || quote.ip.totalLength <= path.refused) return;
    path.refused = quote.ip.totalLength;
    path.refusedFrame = frame.number;
  }

  #missing(frame: Frame): void {
    const path = this.#ofTarget(frame);
    if (path && path.missingPieces.count++ === 0) path.missingPieces.frame = frame.number;
  }

  /** The path of a quoted packet, where the error comes from the very host that was addressed. */
  #ofTarget(frame: Frame): EchoPath | undefined {
    const { ip, quote } = frame;
    if (quote.ip.family === 0) return undefined;
    const target = this.#address(frame, quote.ip.destination, quote.ip.family);
    if (this.#address(frame, ip.source, ip.family) !== target) return undefined;
    const from = this.#address(frame, quote.ip.source, quote.ip.family);
    return this.#path(from, target, quote.ip.family === 6 ? 6 : 4);
  }

  #path(from: string, to: string, family: 4 | 6): EchoPath | undefined {
    const key = `${from} ${to}`;
    const held = this.#byKey.get(key);
    if (held || this.paths.length >= MOST_PATHS) return held;
    const path: EchoPath = {
      from,
      to,
      family,
      sizes: [],
      inPieces: { sent: 0, answered: 0 },
      refused: 0,
      refusedFrame: 0,
      missingPieces: { count: 0, frame: 0 },
    };
    this.#byKey.set(key, path);
    this.paths.push(path);
    return path;
  }

  #address(frame: Frame, offset: number, family: number): string {
    copyAddress(frame.bytes, offset, family, this.#words, 0);
    return formatAddress(this.#words, 0, family === 6 ? 6 : 4);
  }
}

const idOf = ({ bytes, transport }: Frame): string =>
  `${u16(bytes, transport + ICMP_FIELD.identifier)} ${u16(bytes, transport + ICMP_FIELD.sequence)}`;
