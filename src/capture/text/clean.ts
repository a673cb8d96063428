import { cleanLine } from '../../pasted-line.js';

/** Characters of one line that are looked at; no form prints more. */
export const LINE_LIMIT = 16_384;

/** A line of a pasted capture: pages escape the brackets of `[S.]` as well. */
export function cleanPacketLine(raw: string): string {
  const text = cleanLine(raw.length > LINE_LIMIT ? raw.slice(0, LINE_LIMIT) : raw);
  return text.includes('\\') ? text.replace(/\\([{}[\]])/g, '$1') : text;
}
