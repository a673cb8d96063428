import { ipv4Text, ipv6Text } from '../../packet/address.js';
import type { ProbeReply } from '../../probe/engine.js';
import {
  AF,
  EMSGSIZE,
  IP,
  IPV6,
  LEFT,
  MSG_ERRQUEUE,
  PMTUDISC_PROBE,
  SOCK_DGRAM_NONBLOCK_CLOEXEC,
  socketAddress,
} from '../engine-errqueue.js';
import type { Libc } from '../libc.js';
import { readQueued } from '../queued-error.js';

const SOL_SOCKET = 1,
  SO_REUSEADDR = 2,
  SO_RCVBUF = 8,
  PMTUDISC_DONT = 0,
  IPV6_V6ONLY = 26;
/** Read in one go: a flood must not keep the loop. */
const PORTION = 1024;

export interface Place {
  readonly address: string;
  readonly port: number;
}

export interface Arrived {
  readonly data: Buffer;
  readonly from: Place;
  /** Octets of the largest fragment, where it came in several. */
  readonly piece: number | null;
  readonly ttl: number | null;
}

/** A UDP socket of an ordinary user that sets DF as it is told, and reads what ICMP says of its own packets. */
export class Datagrams {
  readonly #libc: Libc;
  readonly #fd: number;
  readonly #family: 4 | 6;

  private constructor(libc: Libc, fd: number, family: 4 | 6) {
    this.#libc = libc;
    this.#fd = fd;
    this.#family = family;
  }

  /** @returns the negative errno where it cannot be bound. */
  static open(libc: Libc, family: 4 | 6, { address, port }: Place, device?: string): Datagrams | number {
    const fd = libc.socket(AF[family], SOCK_DGRAM_NONBLOCK_CLOEXEC, 17);
    if (fd < 0) return fd;
    const names = family === 4 ? IP : IPV6;
    libc.setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    libc.setOption(fd, SOL_SOCKET, SO_RCVBUF, 1 << 20);
    if (family === 6) libc.setOption(fd, names.level, IPV6_V6ONLY, 1);
    for (const option of [names.errors, names.receiveTtl, names.receiveFragment])
      libc.setOption(fd, names.level, option, 1);
    const bound = libc.bind(fd, socketAddress(family, address, port, device));
    if (bound >= 0) return new Datagrams(libc, fd, family);
    libc.close(fd);
    return bound;
  }

  /** Undefined where it is on its way. */
  send(data: Uint8Array, to: Place, ttl: number, df: boolean, heard: Heard): ProbeReply | undefined {
    const { level, ttl: hops, discover } = this.#family === 4 ? IP : IPV6;
    this.#libc.setOption(this.#fd, level, hops, ttl);
    this.#libc.setOption(this.#fd, level, discover, df ? PMTUDISC_PROBE : PMTUDISC_DONT);
    const target = socketAddress(this.#family, to.address, to.port);
    // An ICMP error that came meanwhile is handed to the next send: read the queue, send again.
    for (let attempt = 0; attempt < 8; attempt++) {
      const result = this.#libc.sendTo(this.#fd, Buffer.from(data), target);
      if (result >= 0) return undefined;
      const here = this.errors(heard);
      if (result === -EMSGSIZE && (here !== undefined || attempt === 7))
        return { kind: 'too-big-here', mtu: here ?? null };
      if (attempt === 7) return { kind: 'unreachable', from: 'this host', code: -result & 0xff };
    }
    return undefined;
  }

  /** Reads what ICMP said. @returns the MTU our own host named, where it did. */
  errors(heard: Heard): number | undefined {
    let here: number | undefined;
    for (let left = PORTION; left > 0; left--) {
      const item = this.#libc.receive(this.#fd, MSG_ERRQUEUE);
      if (!item) break;
      const error = readQueued(this.#family, item);
      if (!error || error === 'local') continue;
      if ('here' in error) here = error.here;
      else heard(item.data, error.reply(false, ''));
    }
    return here;
  }

  arrived(): Arrived[] {
    const all: Arrived[] = [];
    const { level, receiveFragment } = this.#family === 4 ? IP : IPV6;
    for (let left = PORTION; left > 0; left--) {
      const item = this.#libc.receive(this.#fd, 0);
      if (!item) break;
      const value = (type: number): number | null =>
        item.control.find((one) => one.level === level && one.type === type)?.data.readInt32LE(0) ?? null;
      const { name } = item;
      const address = this.#family === 4 ? ipv4Text(name, 4) : ipv6Text(name, 8);
      all.push({
        data: item.data,
        from: { address, port: name.readUInt16BE(2) },
        piece: value(receiveFragment) || null,
        ttl: value(LEFT[this.#family]),
      });
    }
    return all;
  }

  close(): void {
    this.#libc.close(this.#fd);
  }
}

/** What was quoted of our own payload, which may be nothing, and what was said of it. */
export type Heard = (quoted: Buffer, reply: ProbeReply) => void;
