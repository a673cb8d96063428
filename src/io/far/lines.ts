import type { Readable, Writable } from 'node:stream';
import { codeOf, isSame } from './proof.js';

/** Octets that may wait for a reader who does not read. */
const MOST_WAITING = 256 * 1024;

/** Each line then has a code behind it that shows who wrote it, and that none is missing or said twice. */
export interface Seal {
  readonly key: Buffer;
  readonly from: 'near' | 'far';
}

/** One value a line, both ways; a line that is too long, no JSON or wrongly sealed ends it. */
export class Lines {
  onValue: (value: unknown) => void = () => {};
  onEnd: () => void = () => {};
  #longest: number;
  #seal: Seal | undefined;
  #waiting = Buffer.alloc(0);
  readonly #count = { sent: 0, read: 0 };
  #ended = false;
  readonly #from: Readable;
  readonly #to: Writable;

  constructor(from: Readable, to: Writable, longest: number) {
    this.#from = from;
    this.#to = to;
    this.#longest = longest;
    from.on('data', (data: Buffer) => this.#read(data));
    for (const stream of new Set([from, to])) {
      stream.on('error', () => this.close());
      stream.on('close', () => this.close());
    }
    from.on('end', () => this.close());
  }

  /** From the next line on. */
  seal(seal: Seal, longest: number): void {
    this.#seal = seal;
    this.#longest = longest;
  }

  send(value: object): void {
    if (this.#ended) return;
    const text = JSON.stringify(value);
    const code = this.#seal ? `\t${codeOf(this.#seal.key, this.#seal.from, this.#count.sent++, text)}` : '';
    this.#to.write(`${text}${code}\n`);
    if (this.#to.writableLength > MOST_WAITING) this.close();
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting = Buffer.alloc(0);
    this.#from.destroy();
    this.#to.destroy();
    this.onEnd();
  }

  #read(data: Buffer): void {
    let rest = this.#waiting.length === 0 ? data : Buffer.concat([this.#waiting, data]);
    for (let end = rest.indexOf(10); end >= 0 && !this.#ended; end = rest.indexOf(10)) {
      if (end > this.#longest) break;
      const line = rest.subarray(0, end).toString('utf8');
      rest = rest.subarray(end + 1);
      const value = this.#value(line);
      if (value === undefined) {
        this.close();
        return;
      }
      this.onValue(value);
    }
    if (this.#ended) return;
    if (rest.length > this.#longest) this.close();
    // A copy: the piece would keep the whole chunk alive.
    else this.#waiting = Buffer.from(rest);
  }

  #value(line: string): unknown {
    let text = line;
    if (this.#seal) {
      const tab = line.lastIndexOf('\t');
      text = line.slice(0, Math.max(0, tab));
      const other = this.#seal.from === 'near' ? 'far' : 'near';
      if (!isSame(line.slice(tab + 1), codeOf(this.#seal.key, other, this.#count.read++, text))) return undefined;
    }
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
}
