import { LINE_LIMIT } from './clean.js';

/** Octets that decide the encoding. */
const LOOKED_AT = 4;

/** UTF-16 shows in its mark, or in every other octet being zero; all else is read as UTF-8. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
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
  #passing = false;
  #halfBreak = false;
  /** NUL and characters that are no text. */
  odd = 0;
  characters = 0;

  constructor(first: Uint8Array) {
    this.#decoder = new TextDecoder(encodingOf(first));
  }

  cut(bytes: Uint8Array, take: (line: string) => void): void {
    this.#add(this.#decoder.decode(bytes, { stream: true }), take);
  }

  end(take: (line: string) => void): void {
    this.#add(this.#decoder.decode(), take);
    if (this.#rest !== '') take(this.#rest);
    this.#rest = '';
  }

  #add(whole: string, take: (line: string) => void): void {
    let text = whole;
    if (text === '') return;
    // A line break of two characters may be cut in two.
    if (this.#halfBreak && text.startsWith('\n')) text = text.slice(1);
    this.#halfBreak = text.endsWith('\r');
    this.characters += text.length;
    this.odd += text.match(/[\u0000\ufffd]/g)?.length ?? 0;
    const parts = text.split(/\r?\n|\r/);
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] as string;
      if (!this.#passing) this.#rest += part.length > LINE_LIMIT ? part.slice(0, LINE_LIMIT) : part;
      if (this.#rest.length > LINE_LIMIT) {
        this.#rest = this.#rest.slice(0, LINE_LIMIT);
        this.#passing = true;
      }
      if (index === parts.length - 1) return;
      take(this.#rest);
      this.#rest = '';
      this.#passing = false;
    }
  }
}
