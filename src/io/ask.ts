import { createInterface } from 'node:readline';
import { PASTE_LIMIT, tooLarge } from '../device/paste.js';

/** Lines that a person types, one after the other. */
export interface Lines {
  /** The next line; undefined at the end of input (Ctrl-D). */
  next(): Promise<string | undefined>;
  /** Everything up to a line with a single point, or the end. @throws MtucalcError where it is too large. */
  block(): Promise<string>;
  close(): void;
}

/** Reads a terminal line by line; the terminal itself shows what is typed. */
export function linesOf(input: NodeJS.ReadableStream): Lines {
  const reader = createInterface({ input, terminal: false });
  const lines = reader[Symbol.asyncIterator]();
  const next = async (): Promise<string | undefined> => {
    const { value, done } = await lines.next();
    return done ? undefined : String(value);
  };
  return {
    next,
    async block() {
      const kept: string[] = [];
      let length = 0;
      for (let line = await next(); line !== undefined && line.trim() !== '.'; line = await next()) {
        length += line.length + 1;
        if (length > PASTE_LIMIT) throw tooLarge('what was pasted', null);
        kept.push(line);
      }
      return `${kept.join('\n')}\n`;
    },
    close: () => reader.close(),
  };
}
