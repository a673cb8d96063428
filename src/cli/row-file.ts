import type { JudgedCapture } from '../app/analyze-files.js';
import { MtucalcError } from '../error.js';
import { writeStream } from '../io/write-stream.js';
import type { Row, Table } from '../report/rows/columns.js';
import { rowFormatOf } from '../report/rows/index.js';

/** A file of rows that is being written. */
export interface RowFile {
  readonly path: string;
  /** Rows so far. */
  readonly rows: number;
  /** Writes the rows of a capture. @throws MtucalcError `file` */
  add(capture: JudgedCapture): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** Rows after which octets go to the file. */
const AT_ONCE = 4096;

/**
 * Begins a file of rows; its name says its form.
 * @throws MtucalcError `bad-value`, `file`
 */
export async function openRowFile<R extends Row<R>>(
  path: string,
  table: Table<R>,
  rowsOf: (capture: JudgedCapture) => Iterable<R>,
  force: boolean,
): Promise<RowFile> {
  if (path === '-') throw new MtucalcError('file', `--export-${table.id} needs a file: standard output has the answer`);
  const format = await rowFormatOf(path);
  // It shows a network.
  const stream = await writeStream(path, 0o600, { force, ours: format.isOurs });
  const encoder = format.encoder(table);
  let rows = 0;
  const write = async (octets: Uint8Array): Promise<void> => {
    if (octets.length > 0) await stream.write(octets);
  };
  return {
    path,
    get rows() {
      return rows;
    },
    async add(capture) {
      for (const row of rowsOf(capture)) {
        encoder.add(row);
        if (++rows % AT_ONCE === 0) await write(encoder.take());
      }
      await write(encoder.take());
    },
    async finish() {
      await write(encoder.end());
      await stream.finish();
    },
    abandon: stream.abandon,
  };
}
