import type { Cell, ColumnType } from './columns.js';
import { firstLine, type RowFormat, TextPieces } from './encoder.js';
import { findingTable } from './finding-row.js';
import { flowTable } from './flow-row.js';

/** A spreadsheet takes what begins like this for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/;
/** Control characters, and what turns the direction of writing or ends a line somewhere else. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A cell as RFC 4180 has it. Text that a spreadsheet would run begins with ' (as OWASP advises); control characters are
 * written as \uXXXX, so that a row is a line. null is empty.
 */
export function cellText(value: Cell, type: ColumnType): string {
  if (value === null) return '';
  if (type !== 'text') return String(value);
  const text = String(value).replace(
    HIDDEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const safe = FORMULA.test(String(value)) ? `'${text}` : text;
  return /[",]/.test(safe) || safe === '' ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const headerOf = ({ columns }: { readonly columns: object }): string => Object.keys(columns).join(',');

/** RFC 4180: a header line, commas, CRLF. */
export const csv: RowFormat = {
  id: 'csv',
  encoder(table) {
    const pieces = new TextPieces();
    const columns = Object.entries(table.columns) as [keyof typeof table.columns, ColumnType][];
    pieces.add(`${headerOf(table)}\r\n`);
    return {
      add: (row) => pieces.add(`${columns.map(([name, type]) => cellText(row[name], type)).join(',')}\r\n`),
      take: () => pieces.take(),
      end: () => pieces.take(),
    };
  },
  async isOurs(file) {
    const first = await firstLine(file);
    return [flowTable, findingTable].some((table) => first === `${headerOf(table)}\r`);
  },
};
