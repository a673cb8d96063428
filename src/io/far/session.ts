import { randomBytes } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import type { ProbeReply } from '../../probe/engine.js';
import { emitFar, NO_COOKIE, parseFar, udpHeaders } from '../../probe/far/datagram.js';
import {
  COOKIE_OCTETS,
  type FarReport,
  type FarRequest,
  readRequest,
  SESSION_LIMITS,
  TAG_OCTETS,
} from '../../probe/far/message.js';
import type { Libc } from '../libc.js';
import { routeTo } from '../route.js';
import { infoOf, savedSyn } from './data-port.js';
import type { Arrived, Place } from './datagrams.js';
import type { Lines } from './lines.js';
import type { Send, UdpPort } from './udp-port.js';

/** What a session shares with the others. */
export interface Shared {
  readonly libc: Libc | undefined;
  readonly udp: UdpPort | undefined;
  readonly port: number;
  /** SYNs of connections are kept. */
  readonly syn: boolean;
  /** Whether an address may take part. */
  allows(address: string): boolean;
}

/** Addresses that may be on trial at a time: a NAT may give a second one. */
const TRIALS = 4;
const FULL_TTL = 64;
const BULK = Buffer.alloc(SESSION_LIMITS.bulk, 0x6d);

/** One measurement of one proven end: sends to nobody but the address that it has proven by UDP. */
export class Session {
  readonly tag = randomBytes(TAG_OCTETS).toString('hex');
  readonly #lines: Lines;
  readonly #shared: Shared;
  readonly #trials = new Map<string, { readonly place: Place; readonly cookie: string }>();
  readonly #data = new Set<Socket>();
  readonly #timer: NodeJS.Timeout;
  #family: 4 | 6 = 4;
  #transmit: Send | undefined;
  #proven: Place | undefined;
  #left: number = SESSION_LIMITS.datagrams;
  #connections = 0;
  #second = { at: 0, sent: 0 };
  /** Sent last: what a quote is about that is too short to say so. */
  #last = 0;

  constructor(lines: Lines, shared: Shared) {
    this.#lines = lines;
    this.#shared = shared;
    this.#timer = setTimeout(() => lines.close(), SESSION_LIMITS.seconds * 1000);
    lines.onValue = (value) => {
      const request = readRequest(value);
      if (request) this.#do(request);
      else lines.close();
    };
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#shared.udp?.leave(this.tag);
    for (const socket of this.#data) socket.destroy();
    this.#transmit = undefined;
  }

  #say(report: FarReport): void {
    this.#lines.send(report);
  }

  #do(request: FarRequest): void {
    if (request.do === 'open') this.#open(request.family, request.address);
    else if (request.do === 'cookie') this.#prove(request.cookie);
    else if (request.do === 'sync') this.#say({ is: 'synced', number: request.number });
    else this.#send(request);
  }

  #open(family: 4 | 6, address: string): void {
    const { udp, port, syn } = this.#shared;
    if (this.#transmit) return;
    if (isIP(address) !== family) {
      this.#lines.close();
      return;
    }
    this.#family = family;
    this.#transmit = udp?.join(this.tag, family, address, {
      arrived: (one) => this.#arrived(one),
      heard: (number, reply) => this.#heard(number ?? this.#last, reply),
    });
    this.#say({ is: 'ready', tag: this.tag, port, udp: this.#transmit !== undefined, syn });
  }

  #arrived({ data, from, piece }: Arrived): void {
    const datagram = parseFar(data);
    if (!datagram || !this.#shared.allows(from.address) || this.#left-- <= 0) return;
    const size = data.length + udpHeaders(this.#family);
    if (datagram.kind === 'probe') this.#say({ is: 'got', number: datagram.number, size, piece });
    if (datagram.kind !== 'greeting') return;
    const key = `${from.address} ${from.port}`;
    if (!this.#trials.has(key) && this.#trials.size >= TRIALS) return;
    const trial = this.#trials.get(key) ?? { place: from, cookie: randomBytes(COOKIE_OCTETS).toString('hex') };
    this.#trials.set(key, trial);
    this.#say({ is: 'greeted' });
    const answer = emitFar({ kind: 'cookie', number: 0, tag: this.tag, cookie: trial.cookie }, this.#family, 0);
    // Never larger than what came: whoever is written in the source field gets nothing worth sending.
    if (answer.length <= data.length) this.#transmit?.(answer, from, FULL_TTL, false);
  }

  /** Who read the cookie at that address is who is at the other end here. */
  #prove(cookie: string): void {
    for (const trial of this.#trials.values()) if (trial.cookie === cookie) this.#proven = trial.place;
    const place = this.#proven;
    if (!place) return;
    routeTo(this.#family, place.address, {}).then(
      ({ linkMtu }) => this.#say({ is: 'proven', linkMtu }),
      () => this.#say({ is: 'proven', linkMtu: null }),
    );
  }

  #send({ number, size, ttl, df }: Extract<FarRequest, { do: 'send' }>): void {
    const now = Math.floor(performance.now() / 1000);
    if (this.#second.at !== now) this.#second = { at: now, sent: 0 };
    if (!this.#proven || !this.#transmit || this.#left-- <= 0 || this.#second.sent++ >= SESSION_LIMITS.perSecond)
      return;
    this.#last = number;
    const data = emitFar({ kind: 'probe', number, tag: this.tag, cookie: NO_COOKIE }, this.#family, size);
    const refused = this.#transmit(data, this.#proven, ttl, df);
    if (refused) this.#heard(number, refused);
  }

  #heard(number: number, reply: ProbeReply): void {
    this.#say({ is: 'heard', number, reply });
  }

  /** A connection that named this session: tells of its SYN, takes what comes, sends as much. */
  connection(socket: Socket, number: number): void {
    if (this.#connections++ >= SESSION_LIMITS.connections) {
      socket.destroy();
      return;
    }
    const { libc } = this.#shared;
    this.#data.add(socket);
    const info = infoOf(libc, socket);
    const syn = libc && this.#shared.syn ? savedSyn(libc, socket) : null;
    this.#say({ is: 'tcp', connection: number, syn, sent: info?.announced ?? null });
    let octets = 0;
    let segment: number | null = null;
    const tell = (): void => this.#say({ is: 'bulk', connection: number, octets, segment });
    socket.on('data', (data: Buffer) => {
      octets += data.length;
      segment = infoOf(libc, socket)?.receiveMax ?? segment;
      if (octets >= SESSION_LIMITS.bulk) tell();
      if (octets > 2 * SESSION_LIMITS.bulk) socket.destroy();
    });
    socket.on('close', () => {
      this.#data.delete(socket);
      if (octets < SESSION_LIMITS.bulk) tell();
    });
    socket.write(BULK);
  }
}
