import type { NumberedLine } from './lines.js';
import { openAtEnd } from './routeros-words.js';

/** Lines that one command may take, and its length: an export wraps at 80 columns. */
const MOST_JOINED = 200;
const LONGEST = 20_000;

const comment = (text: string): boolean => /^\s*#/.test(text);
/** The next command begins here, whatever is open: a quote that was lost in a paste must not swallow the file. */
const begins = (text: string): boolean => /^\s*(?:\/|add |set |:|#|\[[^\]]*@)/.test(text);

/**
 * Commands of an export or script as one line each, with the number of their first: `\` continuations, quoted values
 * that a terminal wrapped, and `{ … }` bodies of scripts.
 */
export function joinRouterosLines(lines: readonly NumberedLine[]): NumberedLine[] {
  const joined: NumberedLine[] = [];
  for (let i = 0; i < lines.length; i++) {
    const { number } = lines[i] as NumberedLine;
    let text = (lines[i] as NumberedLine).text.trimEnd();
    if (!comment(text)) {
      for (let taken = 0; taken < MOST_JOINED && i + 1 < lines.length && text.length < LONGEST; taken++) {
        const next = (lines[i + 1] as NumberedLine).text.trimEnd();
        if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) text = text.slice(0, -1) + next.replace(/^\s+/, '');
        else {
          const { depth, quoted } = openAtEnd(text);
          const body = depth > 0 && /(?:^\s*:|\bdo=\{|\belse=\{)/.test(text);
          if (body) text = `${text}\n${comment(next) ? '' : next}`;
          else if (quoted && !begins(next)) text = `${text} ${next.trim()}`;
          else break;
        }
        i++;
      }
    }
    joined.push({ number, text });
  }
  return joined;
}
