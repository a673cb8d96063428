import { LINE_LIMIT } from './clean.js';
import { own } from './own.js';

/** Octets that decide the encoding. */
const LOOKED_AT = 4;
/** Octets that become text at once. */
const BLOCK = 65_536;

/** UTF-16 shows in its mark, or in every other octet being zero; all else is read as UTF-8. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [a, b, c, d] = bytes.subarray(0, LOOKED_AT);
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (b === 0 && d === 0 && isPrintable(a) && isPrintable(c)) return 'utf-16le';
  if (a === 0 && c === 0 && isPrintable(b) && isPrintable(d)) return 'utf-16be';
  return 'utf-8';
}

const isPrintable = (octet: number | undefined): boolean => octet !== undefined && octet >= 32 && octet < 127;

/** Whether octets at the start of a file can be those of a text. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (encodingOf(bytes) !== 'utf-8') return true;
  if (!bytes.every((octet) => (octet >= 32 && octet !== 127) || (octet >= 7 && octet <= 13) || octet === 27))
    return false;
  return !new TextDecoder().decode(bytes, { stream: true }).includes('\ufffd');
}

/** Cuts octets into lines as they come; a line without end is cut, not kept. */
export class LineCutter {
  readonly #decoder: InstanceType<typeof TextDecoder>;
  #rest = '';
  #halfBreak = false;
  /** NUL and characters that are no text. */
  odd = 0;
  characters = 0;

  constructor(first: Uint8Array) {
    this.#decoder = new TextDecoder(encodingOf(first));
  }

  cut(bytes: Uint8Array, take: (line: string) => void): void {
    for (let at = 0; at < bytes.length; at += BLOCK)
      this.#add(this.#decoder.decode(bytes.subarray(at, at + BLOCK), { stream: true }), take);
  }

  end(take: (line: string) => void): void {
    this.#add(this.#decoder.decode(), take);
    if (this.#rest !== '') take(this.#rest);
    this.#rest = '';
  }

  #add(text: string, take: (line: string) => void): void {
    if (text === '') return;
    this.characters += text.length;
    this.odd += count(text, '\0') + count(text, '\ufffd');
    // A line break of two characters may be cut in two.
    let from = this.#halfBreak && text.startsWith('\n') ? 1 : 0;
    this.#halfBreak = text.endsWith('\r');
    let feed = place(text, '\n', from);
    let back = place(text, '\r', from);
    while (feed < text.length || back < text.length) {
      const end = Math.min(feed, back);
      this.#keep(text, from, end);
      from = end + (feed === back + 1 ? 2 : 1);
      if (feed < from) feed = place(text, '\n', from);
      if (back < from) back = place(text, '\r', from);
      const line = this.#rest;
      this.#rest = '';
      take(line);
    }
    this.#keep(text, from, text.length);
  }

  #keep(text: string, from: number, to: number): void {
    const room = LINE_LIMIT - this.#rest.length;
    if (room > 0 && to > from) this.#rest += own(text.slice(from, Math.min(to, from + room)));
  }
}

/** Where the next one stands; behind the end where there is none. */
function place(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}
