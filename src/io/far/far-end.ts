import { setTimeout as pause } from 'node:timers/promises';
import { MtucalcError } from '../../error.js';
import { FULL_TTL, type ProbeReply } from '../../probe/engine.js';
import { emitFar, NO_COOKIE, parseFar } from '../../probe/far/datagram.js';
import { type FarReport, type FarRequest, readReport } from '../../probe/far/message.js';
import type { EngineOptions } from '../engine-options.js';
import type { Libc } from '../libc.js';
import { type Arrived, Datagrams } from './datagrams.js';
import type { Lines } from './lines.js';

type Ready = Extract<FarReport, { is: 'ready' }>;
type Listener = (report: FarReport) => void;

/** Patience for an answer by the control connection, milliseconds. */
const PATIENCE = 5_000;
/** Greetings by UDP, and the time between two. */
const GREETINGS = 8,
  BETWEEN = 250;
const GREETING_SIZE = 128;
const LOOK = 1;

/** The far end of a measurement, as seen from here. */
export class FarEnd {
  readonly ready: Ready;
  readonly libc: Libc | undefined;
  readonly options: EngineOptions;
  /** What the far end reports, and what arrives here by UDP; whoever measures listens. */
  readonly listeners = new Set<Listener>();
  onArrived: (one: Arrived) => void = () => {};
  onHeard: (number: number | undefined, reply: ProbeReply) => void = () => {};
  readonly #lines: Lines;
  #socket: Datagrams | undefined;
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  private constructor(lines: Lines, ready: Ready, libc: Libc | undefined, options: EngineOptions) {
    this.#lines = lines;
    this.ready = ready;
    this.libc = libc;
    this.options = options;
    lines.onValue = (value) => {
      const report = readReport(value);
      if (report) for (const listen of [...this.listeners]) listen(report);
      else lines.close();
    };
    lines.onEnd = () => {
      this.#over = true;
    };
  }

  /** @throws MtucalcError where the far end says nothing, or something else. */
  static async open(lines: Lines, libc: Libc | undefined, options: EngineOptions): Promise<FarEnd> {
    const ready = await new Promise<Ready | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), PATIENCE);
      const done = (value?: Ready): void => {
        clearTimeout(timer);
        resolve(value);
      };
      lines.onEnd = () => done();
      lines.onValue = (value) => {
        const report = readReport(value);
        done(report?.is === 'ready' ? report : undefined);
      };
      const { family, address } = options;
      lines.send({ do: 'open', family, address } satisfies FarRequest);
    });
    if (ready) return new FarEnd(lines, ready, libc, options);
    lines.close();
    throw new MtucalcError('no-host', 'the far end does not begin', 'is it the same version of mtucalc?');
  }

  get over(): boolean {
    return this.#over;
  }

  say(request: FarRequest): void {
    this.#lines.send(request);
  }

  /** The first report of which `pick` makes something; undefined after `ms`. */
  wait<T>(pick: (report: FarReport) => T | undefined, ms: number): Promise<T | undefined> {
    return new Promise((resolve) => {
      const done = (value: T | undefined): void => {
        clearTimeout(timer);
        this.listeners.delete(listen);
        resolve(value);
      };
      const listen: Listener = (report) => {
        const found = pick(report);
        if (found !== undefined) done(found);
      };
      const timer = setTimeout(() => done(undefined), ms);
      this.listeners.add(listen);
    });
  }

  /**
   * Shows the far end where we are by UDP.
   * @returns the link MTU of its interface towards us where it is shown; otherwise how far the greeting came.
   */
  async greet(): Promise<{ readonly linkMtu: number | null } | 'no-answer' | 'silence' | 'impossible'> {
    const { family, source, address, device } = this.options;
    if (!this.libc || !this.ready.udp) return 'impossible';
    const socket = Datagrams.open(this.libc, family, { address: source, port: 0 }, device);
    if (typeof socket === 'number') return 'impossible';
    this.#socket = socket;
    this.#timer = setInterval(() => this.#look(), LOOK);
    let greeted = false;
    const proven = this.wait((report) => {
      if (report.is === 'greeted') greeted = true;
      return report.is === 'proven' ? report : undefined;
    }, GREETINGS * BETWEEN);
    this.onArrived = ({ data, from }) => {
      const datagram = parseFar(data);
      if (datagram?.kind === 'cookie' && datagram.tag === this.ready.tag && from.port === this.ready.port)
        this.say({ do: 'cookie', cookie: datagram.cookie });
    };
    const greeting = emitFar(
      { kind: 'greeting', number: 0, tag: this.ready.tag, cookie: NO_COOKIE },
      family,
      GREETING_SIZE,
    );
    let found: Awaited<typeof proven>;
    let settled = false;
    proven.then((value) => {
      found = value;
      settled = true;
    });
    while (!settled) {
      socket.send(greeting, { address, port: this.ready.port }, FULL_TTL, false, () => {});
      await Promise.race([proven, pause(BETWEEN)]);
    }
    this.onArrived = () => {};
    return found ? { linkMtu: found.linkMtu } : greeted ? 'no-answer' : 'silence';
  }

  /** One datagram of the session from here. Undefined where it is on its way. */
  transmit(number: number, size: number, ttl: number, df: boolean): ProbeReply | undefined {
    const { family, address } = this.options;
    const data = emitFar({ kind: 'probe', number, tag: this.ready.tag, cookie: NO_COOKIE }, family, size);
    return this.#socket?.send(data, { address, port: this.ready.port }, ttl, df, (quoted, reply) =>
      this.#heard(quoted, reply),
    );
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket?.close();
    this.#socket = undefined;
    this.#lines.onEnd = () => {};
    this.#lines.close();
  }

  #heard(quoted: Buffer, reply: ProbeReply): void {
    this.onHeard(quoted.length >= 2 ? quoted.readUInt16BE(0) : undefined, reply);
  }

  #look(): void {
    this.#socket?.errors((quoted, reply) => this.#heard(quoted, reply));
    for (const one of this.#socket?.arrived() ?? []) this.onArrived(one);
  }
}
