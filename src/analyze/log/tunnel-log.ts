import type { Frame } from '../../frame/frame.js';
import { NATT } from '../../frame/header-bits.js';
import { copyAddress, formatAddress } from '../flow/address.js';
import { isOddMtu } from './ptb-log.js';

/** One direction of ESP between two gateways: an SA as seen on the wire. Lengths in octets. */
export interface TunnelFlow {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  readonly spi: number;
  readonly natt: boolean;
  readonly point: number;
  readonly firstFrame: number;
  packets: number;
  /** Outermost IP length of the largest packet, and how many have it. */
  largest: number;
  atLargest: number;
  largestFrame: number;
  lastFrame: number;
  fragmented: number;
  withDf: number;
  /** How often each outer length (up to 2047) occurs among unfragmented packets. */
  readonly lengths: Uint32Array;
  lastTime: number;
  /** Waits that doubled in a row, each ended by one large packet, nothing coming back: a sender timing out inside. */
  waits: number;
  waitFrames: number[];
  waitLength: number;
  lastWait: number;
  firstTime: number;
  ptb: number;
  /** PTBs with an MTU that no path has, and the first such MTU. */
  oddPtb: number;
  oddMtu: number;
  ptbMtu: number;
  ptbFrame: number;
  ptbTime: number;
  largestAfterPtb: number;
  overAfterPtb: number;
}

/** As `ip xfrm state` prints it, without 0x. */
export const spiName = ({ spi }: { readonly spi: number }): string => (spi < 0 ? 'cut off' : spi.toString(16));

const MOST = 64;
export const LENGTHS = 2048;
const LEAST_WAIT = 0.15;
const LARGE = 1000;

/** The ESP flows of a capture; beyond 64 SAs only their number is kept. */
export class TunnelLog {
  readonly flows: TunnelFlow[] = [];
  /** For each SA those of the other way. */
  readonly #back = new Map<TunnelFlow, TunnelFlow[]>();
  readonly #byKey = new Map<number, TunnelFlow[]>();
  readonly #words = new Int32Array(8);
  packets = 0;
  beyond = 0;

  /** One ESP packet, native or in UDP 4500; of a fragmented one its first piece. */
  note(frame: Frame, time: number, point: number): void {
    this.packets++;
    const { ip } = frame;
    const flow = this.#find(frame, time, point);
    if (!flow) {
      this.beyond++;
      return;
    }
    const length = ip.totalLength;
    flow.packets++;
    flow.lastFrame = frame.number;
    if (ip.df) flow.withDf++;
    if (ip.fragment) flow.fragmented++;
    else flow.lengths[Math.min(LENGTHS - 1, length)]!++;
    if (length > flow.largest) {
      flow.largest = length;
      flow.atLargest = 0;
      flow.largestFrame = frame.number;
    }
    if (length === flow.largest) flow.atLargest++;
    if (flow.ptbMtu > 0 && time - flow.ptbTime > 0.2) {
      if (length > flow.ptbMtu && ip.df) flow.overAfterPtb++;
      if (length > flow.largestAfterPtb) flow.largestAfterPtb = length;
    }
    noteWait(flow, time, frame.number, length);
    for (const other of this.#back.get(flow)!) if (other.waits > 0) other.waits = 0;
  }

  /** A PTB that quotes an ESP packet: which SA, by SPI or, where the quote is short, by the two gateways. */
  notePtb(frame: Frame, time: number): boolean {
    const quoted = frame.quote.ip;
    const words = this.#words;
    copyAddress(frame.bytes, quoted.source, quoted.family, words, 0);
    copyAddress(frame.bytes, quoted.destination, quoted.family, words, 4);
    const family = quoted.family === 6 ? 6 : 4;
    const from = formatAddress(words, 0, family);
    const to = formatAddress(words, 4, family);
    let found = false;
    for (const flow of this.flows) {
      if (flow.from !== from || flow.to !== to) continue;
      if (frame.quote.spi >= 0 && flow.spi !== frame.quote.spi) continue;
      found = true;
      if (isOddMtu(family, frame.mtu, quoted.totalLength)) {
        if (flow.oddPtb++ === 0) flow.oddMtu = frame.mtu;
        if (flow.ptbFrame === 0) flow.ptbFrame = frame.number;
        continue;
      }
      flow.ptb++;
      if (flow.ptbMtu === 0 || frame.mtu < flow.ptbMtu) {
        flow.ptbMtu = frame.mtu;
        flow.ptbFrame = frame.number;
        flow.ptbTime = time;
        flow.largestAfterPtb = 0;
        flow.overAfterPtb = 0;
      }
    }
    return found;
  }

  #find(frame: Frame, time: number, point: number): TunnelFlow | undefined {
    const { ip, bytes } = frame;
    const spi = frame.espSpi;
    const words = this.#words;
    copyAddress(bytes, ip.source, ip.family, words, 0);
    copyAddress(bytes, ip.destination, ip.family, words, 4);
    const hash = spi ^ Math.imul(words[0]! ^ words[3]!, 31) ^ Math.imul(words[4]! ^ words[7]!, 17);
    const family = ip.family === 6 ? 6 : 4;
    const bucket = this.#byKey.get(hash);
    if (bucket) {
      if (bucket.length === 1 && bucket[0]!.point === point && bucket[0]!.spi === spi) return bucket[0];
      const from = formatAddress(words, 0, family);
      const to = formatAddress(words, 4, family);
      const held = bucket.find((one) => one.point === point && one.spi === spi && one.from === from && one.to === to);
      if (held) return held;
    }
    if (this.flows.length >= MOST) return undefined;
    const flow: TunnelFlow = {
      from: formatAddress(words, 0, family),
      to: formatAddress(words, 4, family),
      family,
      spi,
      natt: (frame.layers & NATT) !== 0,
      point,
      firstFrame: frame.number,
      packets: 0,
      largest: 0,
      atLargest: 0,
      largestFrame: 0,
      lastFrame: 0,
      fragmented: 0,
      withDf: 0,
      lengths: new Uint32Array(LENGTHS),
      lastTime: time,
      waits: 0,
      waitFrames: [],
      waitLength: 0,
      lastWait: 0,
      firstTime: time,
      ptb: 0,
      oddPtb: 0,
      oddMtu: 0,
      ptbMtu: 0,
      ptbFrame: 0,
      ptbTime: 0,
      largestAfterPtb: 0,
      overAfterPtb: 0,
    };
    const back = this.flows.filter((other) => other.from === flow.to && other.to === flow.from);
    for (const other of back) this.#back.get(other)!.push(flow);
    this.#back.set(flow, back);
    this.flows.push(flow);
    if (bucket) bucket.push(flow);
    else this.#byKey.set(hash, [flow]);
    return flow;
  }
}

/** RFC 6298 5.5: the timer doubles. 0.24 s, 0.47 s, 0.98 s … each time one packet of the same large size. */
function noteWait(flow: TunnelFlow, time: number, frame: number, length: number): void {
  const wait = time - flow.lastTime;
  flow.lastTime = time;
  const ratio = flow.lastWait > 0 ? wait / flow.lastWait : 0;
  if (wait < LEAST_WAIT || length < LARGE) {
    flow.waits = 0;
    flow.lastWait = 0;
    return;
  }
  if (flow.waits > 0 && length === flow.waitLength && ratio > 1.6 && ratio < 2.6) {
    flow.waits++;
    flow.waitFrames.push(frame);
  } else {
    flow.waits = 1;
    flow.waitFrames = [frame];
    flow.waitLength = length;
  }
  flow.lastWait = wait;
}
