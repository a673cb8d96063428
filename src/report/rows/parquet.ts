import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import type { FileAtHand } from '../../file-at-hand.js';
import { type Cell, type ColumnType, ROW_VERSION } from './columns.js';
import type { RowFormat } from './encoder.js';

/** Rows of a row group: what is held at a time, some 10 MB; DuckDB reads a group a thread. */
export const GROUP = 8192;

/** The types of the format (Parquet, LogicalTypes.md). */
const physical = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  time: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
} as const satisfies Record<ColumnType, object>;

const WRITTEN_BY = { key: 'created_by', value: 'mtucalc' };

/** Apache Parquet, every column nullable, Snappy. What mtucalc wrote says so in its key-value metadata. */
export const parquet: RowFormat = {
  id: 'parquet',
  encoder(table) {
    const columns = Object.entries(table.columns) as [keyof typeof table.columns & string, ColumnType][];
    const octets = new ByteWriter(1 << 20);
    const writer = new ParquetWriter({
      writer: octets,
      schema: [
        { name: table.id, num_children: columns.length, repetition_type: 'REQUIRED' },
        ...columns.map(([name, type]) => ({ name, repetition_type: 'OPTIONAL' as const, ...physical[type] })),
      ],
      kvMetadata: [
        WRITTEN_BY,
        { key: 'mtucalc_rows', value: table.id },
        { key: 'schema_version', value: `${ROW_VERSION}` },
      ],
      createdBy: 'mtucalc',
    });
    let held: Cell[][] = columns.map(() => []);
    const group = (): void => {
      if (held[0]!.length === 0) return;
      // Converted here: a group of BigInts costs more to keep than to make.
      const columnData = columns.map(([name, type], index) => ({
        name,
        data: held[index]!.map((cell) => stored(cell, type)),
      }));
      held = columns.map(() => []);
      // All of it stays in `octets`, so there is nothing to wait for.
      void writer.write({ columnData, rowGroupSize: GROUP });
    };
    const take = (): Uint8Array => {
      const taken = octets.getBytes().slice();
      octets.index = 0;
      return taken;
    };
    return {
      add(row) {
        for (const [index, [name]] of columns.entries()) held[index]!.push(row[name]);
        if (held[0]!.length >= GROUP) group();
      },
      take,
      end() {
        group();
        void writer.finish();
        return take();
      },
    };
  },
  isOurs,
};

/** A cell as the writer wants it. */
function stored(value: Cell, type: ColumnType): unknown {
  if (value === null) return null;
  if (type === 'int64') return BigInt(value);
  if (type !== 'time') return value;
  const text = String(value);
  return BigInt(Date.parse(`${text.slice(0, 19)}Z`)) * 1000n + BigInt(text.slice(20, 26));
}

const MAGIC = 'PAR1';
/** Octets of a footer that are looked at; one of ours has 5 kB for each group. */
const LONGEST_FOOTER = 64 << 20;

/** The footer stands in front of its length and the magic at the end; field 5 of it is the key-value metadata. */
async function isOurs(file: FileAtHand): Promise<boolean> {
  if (file.size < 12) return false;
  const end = await file.read(file.size - 8, 8);
  if (end.length < 8 || String.fromCharCode(...end.subarray(4)) !== MAGIC) return false;
  const length = new DataView(end.buffer, end.byteOffset).getUint32(0, true);
  if (length > Math.min(LONGEST_FOOTER, file.size - 12)) return false;
  const footer = await file.read(file.size - 8 - length, length);
  try {
    const view = new DataView(footer.buffer, footer.byteOffset, footer.length);
    const pairs: unknown = deserializeTCompactProtocol({ view, offset: 0 }).field_5;
    return (
      Array.isArray(pairs) &&
      pairs.some((pair) => textOf(pair.field_1) === WRITTEN_BY.key && textOf(pair.field_2) === WRITTEN_BY.value)
    );
  } catch {
    // No footer of this format.
    return false;
  }
}

const textOf = (octets: unknown): string | undefined =>
  octets instanceof Uint8Array ? new TextDecoder().decode(octets) : undefined;
