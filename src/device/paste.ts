import { MtucalcError } from '../error.js';
import { cleanLine, unfinishedNumber } from '../pasted-line.js';
import type { Line, Paste } from './reading.js';

/** Largest input that is read, octets; a whole `show tech-support` is smaller. */
export const PASTE_LIMIT = 8 * 1024 * 1024;

/** Lines of it; beside the octets, since each is an object of its own: four million of them took half a gigabyte. */
export const MOST_LINES = 300_000;

/** Characters, more than any device prints in one line; the rest is left aside, so that no pattern meets more. */
const LINE_LIMIT = 8192;

/**
 * The text of a pasted or saved terminal session: UTF-8, or UTF-16 where a byte order mark says so (PowerShell).
 * @throws MtucalcError for input above the limit, and for anything that is not text.
 */
export function decodePaste(octets: Uint8Array, from: string): string {
  if (octets.length > PASTE_LIMIT) throw tooLarge(from, octets.length);
  const [first, second] = octets;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(octets);
  let odd = 0;
  let lines = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && !LINE_ENDS.has(text.charCodeAt(i + 1)))) lines++;
    if (code === 0) throw notText(from, 'it holds NUL octets');
    if (code === 0xfffd || (code < 32 && !USUAL_CONTROLS.has(code))) odd++;
  }
  if (lines > MOST_LINES)
    throw new MtucalcError(
      'input-too-large',
      `${from} has ${lines} lines, more than the ${MOST_LINES} that are read`,
      PART,
    );
  // Titles and pager escapes leave a few odd characters in a session; a binary file is full of them.
  if (odd > 16 && odd * 20 > text.length)
    throw notText(from, `${odd} of its ${text.length} characters are not printable`);
  return text;
}

const LF = 10;
const CR = 13;
const LINE_ENDS = new Set([LF, CR]);
// Bell, backspace, tab, line feed, vertical tab, form feed, carriage return, escape.
const USUAL_CONTROLS = new Set([7, 8, 9, 10, 11, 12, 13, 27]);

const PART = 'give only the part with the SAs or the IPsec configuration, for example through grep or head';

export const tooLarge = (from: string, octets: number | null): MtucalcError =>
  new MtucalcError(
    'input-too-large',
    `${from} is ${octets === null ? 'larger than' : `${octets} octets, more than`} the ${PASTE_LIMIT} octets that are read`,
    PART,
  );

const notText = (from: string, why: string): MtucalcError =>
  new MtucalcError(
    'input-not-text',
    `${from} is not text: ${why}`,
    'a capture belongs to mtucalc analyze; import takes what a terminal shows',
  );

/** `ip -o` prints a record in one line, with a backslash where the others break it. */
const ONE_LINE = /\\(?=\t| {4})/;

/** Lines without what a terminal, a pager, a mail client or a browser put around them. */
export function splitPaste(text: string): Paste {
  const raws = text.replace(/^\ufeff/, '').split(/\r*\n|\r/);
  // A message that is quoted with bars: every line has one.
  const said = raws.filter((raw) => raw.trim() !== '');
  const barred = said.length > 1 && said.every((raw) => /^\s{0,3}\|/.test(raw));
  const long: Line[] = [];
  for (const [index, raw] of raws.entries()) {
    const line = cleanLine(barred ? raw.replace(/^\s{0,3}\|\s?/, '') : raw);
    const parts = line.includes('\\') ? line.split(ONE_LINE) : [line];
    for (const part of parts) if (part.trim() !== '') long.push({ number: index + 1, text: part });
  }
  const cut = ({ number: at, text: whole }: Line): Line => ({ number: at, text: whole.slice(0, LINE_LIMIT) });
  return {
    lines: long.map((line) => (line.text.length > LINE_LIMIT ? cut(line) : line)),
    long,
    unfinished: unfinishedNumber(text),
  };
}
