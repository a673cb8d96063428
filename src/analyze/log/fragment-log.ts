import type { Frame } from '../../frame/frame.js';
import {
  AH,
  ESP,
  GENEVE,
  GRE,
  GTP,
  IKE,
  IN_IPV6,
  IPIP,
  L2TP,
  NATT,
  SIT,
  VXLAN,
  WIREGUARD,
} from '../../frame/header-bits.js';
import type { IpView } from '../../frame/ip-view.js';
import { IPV4_FIELD, PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import { APPLICATION_PORTS, PORT } from '../../packet/ports.js';
import { copyAddress, formatAddress } from '../flow/address.js';
import { isFresh } from '../flow/ttl.js';

const kinds = ['esp', 'natt', 'ike', 'tunnel', 'tcp', 'udp', 'icmp', 'other'] as const;

/** What was cut into pieces: `post` kinds are encapsulated packets, the others travel as they are. */
export type FragmentKind = (typeof kinds)[number];

/** All fragmented datagrams of one kind from one host to another. Lengths in octets, whole IP packets. */
export interface FragmentGroup {
  readonly kind: FragmentKind;
  readonly family: 4 | 6;
  readonly from: string;
  readonly to: string;
  /** A first piece names a port of an application that sends large datagrams by itself. */
  application: boolean;
  /** Its first pieces have ports, which a capture filter may ask for. */
  readonly ports: boolean;
  datagrams: number;
  pieces: number;
  /** Datagrams of which the first piece came and no other. */
  firstOnly: number;
  /** Datagrams of which the first piece never came. */
  laterOnly: number;
  complete: number;
  largestDatagram: number;
  /** How many have just that size. */
  atLargest: number;
  largestPiece: number;
  /** A piece that was not the last and smaller than the first: cut twice. */
  uneven: number;
  /** Pieces whose TTL is one that hosts start with: captured where they were made. */
  fresh: number;
  frames: number[];
  firstTime: number;
  lastTime: number;
}

const SLOTS = 1024;
const GROUPS = 128;
const TUNNEL_LAYERS = AH | GRE | IPIP | SIT | IN_IPV6 | VXLAN | GENEVE | L2TP | WIREGUARD | GTP;
const WORDS = 8;
const W = { HASH: 0, GROUP: 1, FIRST: 2, LARGEST: 3, PIECES: 4, TOTAL: 5, UNEVEN: 6, SEEN: 7 } as const;

/** Follows fragmented datagrams in a small direct-mapped table; what falls out is settled into its group. */
export class FragmentLog {
  readonly groups: FragmentGroup[] = [];
  /** Group by a hash of kind and addresses: two that collide are told as one, which costs no more than a name. */
  readonly #index = new Map<number, number>();
  readonly #slots = new Int32Array(SLOTS * WORDS);
  readonly #words = new Int32Array(8);

  /** One piece; `ip` is the header that says so: the innermost, or the outermost of a packet that carries another. */
  note(frame: Frame, ip: IpView, time: number): void {
    const { bytes } = frame;
    const words = this.#words;
    copyAddress(bytes, ip.source, ip.family, words, 0);
    copyAddress(bytes, ip.destination, ip.family, words, 4);
    // What the first piece holds next (AH, options) is not in the others: they share the protocol of the IPv4 header
    // alone.
    const protocol = ip.family === 4 ? bytes[ip.offset + IPV4_FIELD.protocol]! : 0;
    let hash = Math.imul(ip.id ^ (protocol << 24) ^ frame.interface, 0x9e3779b1);
    for (let index = 0; index < 8; index++) hash = Math.imul(hash ^ words[index]!, 0x85ebca6b) ^ (hash >>> 13);
    const at = ((hash ^ (hash >>> 15)) & (SLOTS - 1)) * WORDS;
    const slots = this.#slots;
    const first = ip.fragmentOffset === 0;
    if (slots[at + W.SEEN] === 0 || slots[at + W.HASH] !== hash || (first && slots[at + W.FIRST]! > 0)) {
      this.#settle(at);
      slots.fill(0, at, at + WORDS);
      slots[at + W.HASH] = hash;
      slots[at + W.GROUP] = -1;
    }
    if (first || slots[at + W.GROUP] === -1) slots[at + W.GROUP] = this.#group(frame, ip, time);
    slots[at + W.SEEN] = 1;
    slots[at + W.PIECES] = slots[at + W.PIECES]! + 1;
    if (first) slots[at + W.FIRST] = ip.totalLength;
    if (ip.totalLength > slots[at + W.LARGEST]!) slots[at + W.LARGEST] = ip.totalLength;
    if (!first && ip.mf && slots[at + W.FIRST]! > 0 && ip.totalLength < slots[at + W.FIRST]! - 8) {
      slots[at + W.UNEVEN] = 1;
    }
    if (!ip.mf) slots[at + W.TOTAL] = ip.totalLength + ip.fragmentOffset;
    const group = this.groups[slots[at + W.GROUP]!];
    if (group) {
      group.pieces++;
      if (first && isApplication(frame)) group.application = true;
      group.lastTime = time;
      if (isFresh(ip.ttl)) group.fresh++;
      if (group.frames.length < 8) group.frames.push(frame.number);
    }
  }

  /** Settles what is still open; call once at the end. */
  finish(): void {
    for (let at = 0; at < this.#slots.length; at += WORDS) this.#settle(at);
    this.#slots.fill(0);
  }

  #settle(at: number): void {
    const slots = this.#slots;
    if (slots[at + W.SEEN] === 0) return;
    const group = this.groups[slots[at + W.GROUP]!];
    if (!group) return;
    group.datagrams++;
    const total = slots[at + W.TOTAL]!;
    if (total > 0 && slots[at + W.FIRST]! > 0) group.complete++;
    if (slots[at + W.FIRST] === 0) group.laterOnly++;
    else if (slots[at + W.PIECES] === 1) group.firstOnly++;
    if (total > group.largestDatagram) group.atLargest = 0;
    if (total > 0 && total >= group.largestDatagram) group.atLargest++;
    group.uneven += slots[at + W.UNEVEN]!;
    group.largestDatagram = Math.max(group.largestDatagram, total);
    group.largestPiece = Math.max(group.largestPiece, slots[at + W.LARGEST]!);
  }

  #group(frame: Frame, ip: IpView, time: number): number {
    const family = ip.family === 6 ? 6 : 4;
    const kind = kindOf(frame, ip);
    let key = kinds.indexOf(kind);
    for (let index = 0; index < 8; index++) key = Math.imul(key ^ this.#words[index]!, 0x9e3779b1) ^ (key >>> 15);
    const held = this.#index.get(key);
    if (held !== undefined) return held;
    if (this.groups.length >= GROUPS) return -1;
    const from = formatAddress(this.#words, 0, family);
    const to = formatAddress(this.#words, 4, family);
    const next = this.groups.length;
    this.#index.set(key, next);
    this.groups.push({
      kind,
      family,
      from,
      to,
      application: false,
      ports: ip.protocol === PROTOCOL_NUMBER.udp || ip.protocol === PROTOCOL_NUMBER.tcp,
      datagrams: 0,
      pieces: 0,
      firstOnly: 0,
      laterOnly: 0,
      complete: 0,
      largestDatagram: 0,
      atLargest: 0,
      largestPiece: 0,
      uneven: 0,
      fresh: 0,
      frames: [],
      firstTime: time,
      lastTime: time,
    });
    return next;
  }
}

const isApplication = ({ sourcePort, destinationPort }: Frame): boolean =>
  APPLICATION_PORTS.has(sourcePort) || APPLICATION_PORTS.has(destinationPort);

function kindOf(frame: Frame, ip: IpView): FragmentKind {
  const { layers, sourcePort, destinationPort } = frame;
  if (ip.protocol === PROTOCOL_NUMBER.esp || layers & ESP) return 'esp';
  if (ip.protocol === PROTOCOL_NUMBER.udp && layers & IKE) return 'ike';
  if (
    layers & NATT ||
    (ip.protocol === PROTOCOL_NUMBER.udp && (sourcePort === PORT.natt || destinationPort === PORT.natt))
  )
    return 'natt';
  if (layers & TUNNEL_LAYERS && ip === frame.outer) return 'tunnel';
  if (ip.protocol === PROTOCOL_NUMBER.udp && (sourcePort === PORT.openvpn || destinationPort === PORT.openvpn))
    return 'tunnel';
  if (ip.protocol === PROTOCOL_NUMBER.tcp) return 'tcp';
  if (ip.protocol === PROTOCOL_NUMBER.udp) return 'udp';
  return ip.protocol === PROTOCOL_NUMBER.icmp || ip.protocol === PROTOCOL_NUMBER.icmpv6 ? 'icmp' : 'other';
}
