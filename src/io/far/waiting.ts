import { isIP, type Socket } from 'node:net';
import { ipv6Octets } from '../../packet/ipv6.js';
import { LONGEST_LINE } from '../../probe/far/message.js';

/** Connections that have proven nothing, of all and of one source, and how long they may take. */
const MOST = 64,
  OF_ONE = 32,
  MILLISECONDS = 5_000;
/**
 * Octets of an IPv6 address that one customer is given whole: the rest is theirs to choose (RFC 6177 §2, RFC 7707 §2).
 */
const PREFIX = 8;

type Line = Readonly<Record<string, unknown>>;
type OnLine = (line: Line, octets: number) => void;

interface One {
  readonly source: string;
  readonly timer: NodeJS.Timeout;
  read: Buffer;
  onLine: OnLine;
  readonly listen: (data: Buffer) => void;
}

/** Who a connection counts for: an IPv4 address, or the 64-bit prefix of an IPv6 one. */
const sourceOf = (from: string): string =>
  isIP(from) === 6 ? Buffer.from(ipv6Octets(from).subarray(0, PREFIX)).toString('hex') : from;

/**
 * Those who have not proven anything: few, briefly, a short line each. A source that holds half of the places pushes
 * out its own oldest; where there are too many in all, the oldest of the source that holds most goes.
 */
export class Waiting {
  onGiveUp: () => void = () => {};
  readonly #all = new Map<Socket, One>();

  add(socket: Socket, from: string, onLine: OnLine): void {
    const source = sourceOf(from);
    const own = [...this.#all].filter((one) => one[1].source === source);
    if (own.length >= OF_ONE) this.refuse(own[0]?.[0]);
    if (this.#all.size >= MOST) this.refuse(this.#mostGreedy());
    const listen = (data: Buffer): void => this.#read(socket, data);
    const timer = setTimeout(() => this.refuse(socket), MILLISECONDS);
    this.#all.set(socket, { source, timer, read: Buffer.alloc(0), onLine, listen });
    socket.on('data', listen);
    socket.once('close', () => this.refuse(socket));
  }

  /** What to do with the next line. */
  next(socket: Socket, onLine: OnLine): void {
    const one = this.#all.get(socket);
    if (one) one.onLine = onLine;
  }

  /** It has proven itself: what came after its line is for whoever reads now. */
  remove(socket: Socket): void {
    const one = this.#all.get(socket);
    if (!one) return;
    clearTimeout(one.timer);
    this.#all.delete(socket);
    socket.off('data', one.listen);
    socket.pause();
    if (one.read.length > 0) socket.unshift(one.read);
    setImmediate(() => socket.resume());
  }

  close(): void {
    for (const socket of this.#all.keys()) this.refuse(socket);
  }

  /** Without a word. */
  refuse(socket: Socket | undefined): void {
    const one = socket && this.#all.get(socket);
    if (!one) return;
    clearTimeout(one.timer);
    this.#all.delete(socket);
    this.onGiveUp();
    // A reset: no state is left here.
    socket.resetAndDestroy();
  }

  #read(socket: Socket, data: Buffer): void {
    const one = this.#all.get(socket);
    if (!one) return;
    const all = Buffer.concat([one.read, data]);
    const end = all.indexOf(10);
    if ((end < 0 ? all.length : end) > LONGEST_LINE.unproven) {
      this.refuse(socket);
      return;
    }
    one.read = end < 0 ? all : Buffer.from(all.subarray(end + 1));
    if (end < 0) return;
    const line = object(all.subarray(0, end));
    if (line) one.onLine(line, end + 1);
    else this.refuse(socket);
  }

  #mostGreedy(): Socket | undefined {
    const held = new Map<string, number>();
    for (const { source } of this.#all.values()) held.set(source, (held.get(source) ?? 0) + 1);
    const most = Math.max(...held.values());
    for (const [socket, { source }] of this.#all) if (held.get(source) === most) return socket;
    return undefined;
  }
}

function object(text: Buffer): Line | undefined {
  try {
    const value: unknown = JSON.parse(text.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}
