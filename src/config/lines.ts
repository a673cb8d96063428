/** A line of a configuration with its number in the file, from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** A line that looks like configuration and was not understood. */
export interface UnreadLine {
  readonly line: number;
  /** The line, secrets hidden, cut to a readable length. */
  readonly text: string;
  /** What was not understood. */
  readonly why: string;
}

/** How much of a configuration was understood. */
export interface ReadCount {
  /** Lines (joined where one continues) that say something: neither blank nor comment. */
  readonly lines: number;
  /** Those of them that were understood. */
  readonly read: number;
  /** The others, the first of them. */
  readonly unread: readonly UnreadLine[];
}

const MOST_UNREAD = 50;
const SHOWN = 160;

/** Keeps the count while a reader goes through its lines. */
export class Reading {
  #lines = 0;
  #read = 0;
  readonly #unread = new Map<number, UnreadLine>();

  read(): void {
    this.#lines++;
    this.#read++;
  }

  unread(line: number, text: string, why: string): void {
    this.#lines++;
    if (this.#unread.size < MOST_UNREAD) this.#unread.set(line, { line, text: shownLine(text), why });
  }

  /** Takes back that a line was read: something in it was not understood. */
  partly(line: number, text: string, why: string): void {
    if (this.#unread.has(line)) return;
    this.#read = Math.max(0, this.#read - 1);
    if (this.#unread.size < MOST_UNREAD) this.#unread.set(line, { line, text: shownLine(text), why });
  }

  get count(): ReadCount {
    return {
      lines: this.#lines,
      read: this.#read,
      unread: [...this.#unread.values()].sort((a, b) => a.line - b.line),
    };
  }
}

/** The count, less lines that turned out not to be understood after all. */
export function withUnread({ lines, read, unread }: ReadCount, more: readonly UnreadLine[]): ReadCount {
  const known = new Set(unread.map(({ line }) => line));
  const added = [...new Map(more.filter(({ line }) => !known.has(line)).map((one) => [one.line, one])).values()];
  return {
    lines,
    read: Math.max(0, read - added.length),
    unread: [...unread, ...added].sort((a, b) => a.line - b.line).slice(0, MOST_UNREAD),
  };
}

/** The lines of a text; a carriage return before the line feed is no part of them. */
export const numberedLines = (text: string): NumberedLine[] =>
  text.split(/\r?\n/).map((line, index) => ({ number: index + 1, text: line }));

const SECRET = '[\\w-]*(?:secret|password|passwd|passphrase|psk|key)';
const assigned = new RegExp(`\\b(${SECRET}|comment)(\\s*[=:]\\s*)("(?:[^"\\\\]|\\\\.)*"?|\\S+)`, 'gi');
const spoken = new RegExp(`\\b(${SECRET})(\\s+)(?![-={])(\\S.*)$`, 'i');
const commented = /\b(comment\s+|;;;\s*)(?!-)("[^"]*"?|\S+)/gi;

/** The text with the values of secrets and comments hidden: what a finding quotes may be shown to anybody. */
const hideSecrets = (text: string): string =>
  text.replace(assigned, '$1$2***').replace(spoken, '$1$2***').replace(commented, '$1***');

/** One line as a finding shows it: no control characters, no secrets, not too long. */
export function shownLine(text: string): string {
  const clean = hideSecrets(
    text
      .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
      .trim()
      .slice(0, 2000),
  );
  return clean.length > SHOWN ? `${clean.slice(0, SHOWN - 3)}...` : clean;
}
