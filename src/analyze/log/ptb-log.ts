import type { Frame } from '../../frame/frame.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { copyAddress, formatAddress } from '../flow/address.js';
import { toNanosecond } from '../nanosecond.js';
import type { EchoLog } from './echo-log.js';

/** What became of the search for the packet that a PTB quotes. */
export type PtbMatch = 'flow' | 'tunnel' | 'echo' | 'other-sequence' | 'none';

/** PTBs with the same sender, receiver, MTU and quoted ends. */
export interface PtbRecord {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  /** As announced, octets; 0 is possible in ICMP 3/4. */
  readonly mtu: number;
  readonly quotedFrom: string;
  readonly quotedTo: string;
  readonly quotedProtocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Largest quoted packet. */
  quotedLength: number;
  readonly firstFrame: number;
  /** Seconds since the first frame of the capture. */
  readonly firstTime: number;
  /** TTL or hop limit that the first was seen with. */
  readonly ttl: number;
  lastFrame: number;
  lastTime: number;
  count: number;
  match: PtbMatch;
  /** A packet to or from the receiver of the PTB was seen in another flow. */
  receiverSeen: boolean;
  /** The flow runs in this capture under another source address: the PTB went to the translated one. */
  translated: string | null;
}

/** More kinds than this are counted, not kept. */
const MOST = 256;

/** Every PTB of the capture, grouped. A PTB is rare, so that text keys are affordable here. */
export class PtbLog {
  readonly records: PtbRecord[] = [];
  readonly #byKey = new Map<string, PtbRecord>();
  readonly #words = new Int32Array(4);
  total = 0;

  note(frame: Frame, time: number, found: PtbMatch, echoes: EchoLog): void {
    this.total++;
    const { quote, ip } = frame;
    const seconds = toNanosecond(time);
    const quoted = quote.ip;
    const from = this.#address(frame, ip.source, ip.family);
    const to = this.#address(frame, ip.destination, ip.family);
    const quotedFrom = quoted.family === 0 ? '?' : this.#address(frame, quoted.source, quoted.family);
    const quotedTo = quoted.family === 0 ? '?' : this.#address(frame, quoted.destination, quoted.family);
    const isEcho = quoted.protocol === PROTOCOL_NUMBER.icmp || quoted.protocol === PROTOCOL_NUMBER.icmpv6;
    const match = found === 'none' && isEcho && echoes.knows(quotedFrom, quotedTo) ? 'echo' : found;
    const key = `${from} ${to} ${frame.mtu} ${quotedFrom} ${quotedTo} ${quote.sourcePort} ${quote.destinationPort}`;
    const held = this.#byKey.get(key);
    if (held) {
      held.count++;
      held.lastFrame = frame.number;
      held.lastTime = seconds;
      if (quoted.family !== 0 && quoted.totalLength > held.quotedLength) held.quotedLength = quoted.totalLength;
      if (held.match === 'none' || held.match === 'other-sequence') held.match = match;
      return;
    }
    if (this.records.length >= MOST) return;
    const record: PtbRecord = {
      from,
      to,
      family: ip.family === 6 ? 6 : 4,
      mtu: frame.mtu,
      quotedFrom,
      quotedTo,
      quotedProtocol: quoted.family === 0 ? -1 : quoted.protocol,
      sourcePort: quote.sourcePort,
      destinationPort: quote.destinationPort,
      quotedLength: quoted.family === 0 ? 0 : quoted.totalLength,
      firstFrame: frame.number,
      firstTime: seconds,
      ttl: ip.ttl,
      lastFrame: frame.number,
      lastTime: seconds,
      count: 1,
      match,
      receiverSeen: false,
      translated: null,
    };
    this.records.push(record);
    this.#byKey.set(key, record);
  }

  #address(frame: Frame, offset: number, family: number): string {
    copyAddress(frame.bytes, offset, family, this.#words, 0);
    return formatAddress(this.#words, 0, family === 6 ? 6 : 4);
  }
}

/** Minimum link MTU: RFC 791 3.2, RFC 8200 5. */
export const smallestMtu = (family: 4 | 6): number => (family === 4 ? 68 : 1280);

/** Linux and most others go no lower for IPv4 whatever a PTB says (net.ipv4.route.min_pmtu). */
export const USEFUL_IPV4_MTU = 552;

/** Whether a sender can do anything sensible with this MTU for a packet of this length. */
export const isOddMtu = (family: 4 | 6, mtu: number, quotedLength: number): boolean =>
  mtu < (family === 4 ? USEFUL_IPV4_MTU : smallestMtu(6)) || (quotedLength > 0 && mtu >= quotedLength);
