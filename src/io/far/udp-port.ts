import type { ProbeReply } from '../../probe/engine.js';
import { parseFar } from '../../probe/far/datagram.js';
import type { Libc } from '../libc.js';
import { type Arrived, Datagrams, type Place } from './datagrams.js';

/** Between looks at the sockets, milliseconds; only as long as there is a session. */
const LOOK = 1;

/** Who is told what comes for a tag, and what ICMP says. */
export interface Addressee {
  arrived(one: Arrived): void;
  /** `number` is undefined where the quote is too short to tell which packet is meant. */
  heard(number: number | undefined, reply: ProbeReply): void;
}

/** A way to send for one session. */
export type Send = (data: Uint8Array, to: Place, ttl: number, df: boolean) => ProbeReply | undefined;

interface Shared {
  readonly socket: Datagrams;
  readonly users: Set<string>;
}

/** The UDP sockets of a listener, one an address, there as long as a session uses them. */
export class UdpPort {
  readonly #libc: Libc;
  readonly #port: number;
  readonly #sockets = new Map<string, Shared>();
  readonly #addressees = new Map<string, Addressee>();
  #timer: NodeJS.Timeout | undefined;

  constructor(libc: Libc, port: number) {
    this.#libc = libc;
    this.#port = port;
  }

  /** At this address, or at all where a NAT stands between it and this host. Undefined where the port is taken. */
  join(tag: string, family: 4 | 6, address: string, addressee: Addressee): Send | undefined {
    const any = family === 4 ? '0.0.0.0' : '::';
    const opened = this.#at(family, address) ?? this.#at(family, any);
    if (!opened) return undefined;
    opened.users.add(tag);
    this.#addressees.set(tag, addressee);
    this.#timer ??= setInterval(() => this.#look(), LOOK);
    return (data, to, ttl, df) =>
      opened.socket.send(data, to, ttl, df, (quoted, reply) => this.#tell(opened, quoted, reply));
  }

  leave(tag: string): void {
    this.#addressees.delete(tag);
    for (const [key, { socket, users }] of this.#sockets) {
      users.delete(tag);
      if (users.size > 0) continue;
      socket.close();
      this.#sockets.delete(key);
    }
    if (this.#sockets.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #at(family: 4 | 6, address: string): Shared | undefined {
    const known = this.#sockets.get(address);
    if (known) return known;
    const socket = Datagrams.open(this.#libc, family, { address, port: this.#port });
    if (typeof socket === 'number') return undefined;
    const shared = { socket, users: new Set<string>() };
    this.#sockets.set(address, shared);
    return shared;
  }

  #look(): void {
    for (const shared of this.#sockets.values()) {
      shared.socket.errors((quoted, reply) => this.#tell(shared, quoted, reply));
      for (const one of shared.socket.arrived()) {
        const datagram = parseFar(one.data);
        if (datagram) this.#addressees.get(datagram.tag)?.arrived(one);
      }
    }
  }

  /** A quote that is too short to name a session is nobody's where there are several. */
  #tell({ users }: Shared, quoted: Buffer, reply: ProbeReply): void {
    const datagram = parseFar(quoted);
    const [only] = users;
    const tag = datagram?.tag ?? (users.size === 1 ? only : undefined);
    if (tag !== undefined) this.#addressees.get(tag)?.heard(datagram?.number, reply);
  }
}
