import { firstLine, type RowFormat, TextPieces } from './encoder.js';
import { findingTable } from './finding-row.js';
import { flowTable } from './flow-row.js';

/**
 * What JSON leaves as it is, and a terminal or a reader of lines does not: DEL, C1 controls, line separators, direction
 * marks.
 */
const HIDDEN = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Text of JSON in which nothing is hidden; the same value. */
const shown = (json: string): string =>
  json.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A JSON object a line, with every column; null where nothing is known. */
export const ndjson: RowFormat = {
  id: 'ndjson',
  encoder(table) {
    const pieces = new TextPieces();
    const names = Object.keys(table.columns);
    return {
      add: (row) => pieces.add(`${shown(JSON.stringify(row, names))}\n`),
      take: () => pieces.take(),
      end: () => pieces.take(),
    };
  },
  async isOurs(file) {
    const first = await firstLine(file);
    return [flowTable, findingTable].some(({ columns }) => keysOf(first) === JSON.stringify(Object.keys(columns)));
  },
};

function keysOf(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return value === null || typeof value !== 'object' ? undefined : JSON.stringify(Object.keys(value));
  } catch {
    return undefined;
  }
}
