import { MtucalcError } from '../../error.js';
import { csv } from './csv.js';
import type { RowFormat } from './encoder.js';
import { ndjson } from './ndjson.js';

/** The registry: what a file name may end in, and what writes it; loaded when it is used. */
const rowFormats: Readonly<Record<string, () => Promise<RowFormat>>> = {
  parquet: async () => (await import('./parquet.js')).parquet,
  ndjson: async () => ndjson,
  csv: async () => csv,
};

/**
 * The form of a file by the end of its name.
 * @throws MtucalcError `bad-value`
 */
export async function rowFormatOf(path: string): Promise<RowFormat> {
  const end = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  const load = end !== undefined && Object.hasOwn(rowFormats, end) ? rowFormats[end] : undefined;
  if (load) return load();
  throw new MtucalcError(
    'bad-value',
    `cannot tell the form of ${path}: its name must end in ${Object.keys(rowFormats)
      .map((id) => `.${id}`)
      .join(' or ')}`,
    'flows.parquet for DuckDB, ClickHouse and pandas; flows.ndjson for log pipelines; flows.csv for a spreadsheet',
  );
}
