import type { Frame } from '../../frame/frame.js';
import { ICMP_TYPE } from '../../packet/icmp.js';
import { ICMPV6_TYPE } from '../../packet/icmpv6.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { copyAddress, formatAddress } from '../flow/address.js';

/**
 * Errors of a filter that says so, or of a router that cannot pass on, by sender, receiver and what they quote. Lengths
 * of whole quoted packets, octets.
 */
export interface Prohibition {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  /** An administrator's word; otherwise no route, no neighbour, or a loop. */
  readonly forbidden: boolean;
  readonly type: number;
  /** RFC 1812 5.2.7.1: 9 network, 10 host, 13 communication; RFC 4443 3.1: 1 prohibited, 5 source address policy. */
  readonly code: number;
  /** Bare addresses; '?' where nothing readable is quoted. */
  readonly quotedFrom: string;
  readonly quotedTo: string;
  readonly quotedProtocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  smallest: number;
  largest: number;
  /** How many of the quoted packets are pieces of a datagram. */
  pieces: number;
  count: number;
  readonly firstFrame: number;
}

/** More kinds than this are counted, not kept. */
const MOST = 256;
const isExceeded = (type: number, v6: boolean): boolean =>
  type === (v6 ? ICMPV6_TYPE.timeExceeded : ICMP_TYPE.timeExceeded);
const codes4: readonly number[] = [9, 10, 13];
const codes6: readonly number[] = [1, 5];
/** Protocol, port: the target's own answer. A PTB is told elsewhere. */
const others4: readonly number[] = [2, 3, 4];
const others6: readonly number[] = [4];

/**
 * Destination unreachable because an administrator forbids it: what filters answer with that reject instead of
 * dropping.
 */
export class ProhibitedLog {
  readonly records: Prohibition[] = [];
  readonly #byKey = new Map<string, Prohibition>();
  readonly #words = new Int32Array(4);

  /** An ICMP message that is no PTB. */
  note(frame: Frame): void {
    const { ip, quote, icmpType, icmpCode } = frame;
    const v6 = ip.family === 6;
    const quoted = quote.ip;
    const unreachable = icmpType === (v6 ? ICMPV6_TYPE.unreachable : ICMP_TYPE.unreachable);
    const forbidden = unreachable && (v6 ? codes6 : codes4).includes(icmpCode);
    // No route, no neighbour, a code of whatever reason, or a loop (code 0 of time exceeded), where it stops TCP:
    // traceroute draws many that stop nothing.
    const lost =
      (unreachable && !(v6 ? others6 : others4).includes(icmpCode)) || (isExceeded(icmpType, v6) && icmpCode === 0);
    if (!forbidden && !(lost && quoted.family !== 0 && quoted.protocol === PROTOCOL_NUMBER.tcp)) return;
    const known = quoted.family !== 0;
    const [from, to] = [this.#address(frame, ip.source, ip.family), this.#address(frame, ip.destination, ip.family)];
    const quotedFrom = known ? this.#address(frame, quoted.source, quoted.family) : '?';
    const quotedTo = known ? this.#address(frame, quoted.destination, quoted.family) : '?';
    const [sourcePort, destinationPort] = known ? [quote.sourcePort, quote.destinationPort] : [-1, -1];
    const length = known ? quoted.totalLength : 0;
    const piece = known && quoted.fragment ? 1 : 0;
    const key = `${from} ${to} ${icmpType} ${icmpCode} ${quotedFrom} ${quotedTo} ${sourcePort} ${destinationPort}`;
    const held = this.#byKey.get(key);
    if (held) {
      held.count++;
      held.pieces += piece;
      held.smallest = Math.min(held.smallest, length);
      held.largest = Math.max(held.largest, length);
      return;
    }
    if (this.records.length >= MOST) return;
    const record: Prohibition = {
      from,
      to,
      family: v6 ? 6 : 4,
      forbidden,
      type: icmpType,
      code: icmpCode,
      quotedFrom,
      quotedTo,
      quotedProtocol: known ? quoted.protocol : -1,
      sourcePort,
      destinationPort,
      smallest: length,
      largest: length,
      pieces: piece,
      count: 1,
      firstFrame: frame.number,
    };
    this.records.push(record);
    this.#byKey.set(key, record);
  }

  #address(frame: Frame, offset: number, family: number): string {
    copyAddress(frame.bytes, offset, family, this.#words, 0);
    return formatAddress(this.#words, 0, family === 6 ? 6 : 4);
  }
}
