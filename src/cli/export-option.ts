import { resolve } from 'node:path';
import { MtucalcError } from '../error.js';
import { findingRows, findingTable } from '../report/rows/finding-row.js';
import { flowTable } from '../report/rows/flow-row.js';
import { flowRows } from '../report/rows/flow-rows.js';
import { Exports } from './exports.js';
import { type OptionTable, type OptionValues, text } from './option.js';
import { openRowFile, type RowFile } from './row-file.js';
import type { Terminal } from './terminal.js';

/** Of commands that judge captures: what each of them came to, in rows. */
export const exportOption = {
  'export-flows': text({
    describe: 'write a row for each direction of each flow: FILE.parquet, .ndjson or .csv',
    group: 'Output:',
  }),
  'export-findings': text({
    describe: 'write a row for each finding, one at least for each capture: FILE.parquet, .ndjson or .csv',
    group: 'Output:',
  }),
} as const satisfies OptionTable;

interface Beside {
  readonly force: boolean;
  readonly redact: boolean;
  readonly pair: boolean;
  /** What else is read or written, and must be another file. */
  readonly taken: readonly (string | undefined)[];
}

/**
 * The files that were asked for, begun; undefined where none was. What must not be replaced is refused before the work
 * is done.
 * @throws MtucalcError `usage`, `bad-value`, `file`
 */
export async function exportsOf(
  { 'export-flows': flows, 'export-findings': findings }: OptionValues<typeof exportOption>,
  { force, redact, pair, taken }: Beside,
  terminal: Terminal,
): Promise<Exports | undefined> {
  if (flows === undefined && findings === undefined) return undefined;
  const option = `--export-${flows === undefined ? 'findings' : 'flows'}`;
  if (redact)
    throw new MtucalcError(
      'usage',
      `--redact does not reach the rows of ${option}: they hold the addresses`,
      'leave columns out where the rows are read: select * exclude (src_address, dst_address)',
    );
  if (pair)
    throw new MtucalcError(
      'usage',
      `${option} is of captures that are judged each by itself, not of --before and --after`,
      `mtucalc analyze lan.pcap wan.pcap ${option} ...`,
    );
  const others = new Set(taken.flatMap((path) => (path === undefined || path === '-' ? [] : [resolve(path)])));
  for (const path of [flows, findings].filter((path) => path !== undefined)) {
    if (others.has(resolve(path)))
      throw new MtucalcError('usage', `${path} is named twice`, 'rows need a file of their own');
    others.add(resolve(path));
  }
  const files: RowFile[] = [];
  try {
    if (flows !== undefined)
      files.push(
        await openRowFile(
          flows,
          flowTable,
          ({ result, facts }) => ('error' in result || !facts ? [] : flowRows(result, facts)),
          force,
        ),
      );
    if (findings !== undefined)
      files.push(
        await openRowFile(
          findings,
          findingTable,
          ({ result, facts }) => findingRows(result, facts ?? { began: null }),
          force,
        ),
      );
  } catch (error) {
    for (const file of files) await file.abandon();
    throw error;
  }
  return new Exports(files, { everyFlow: flows !== undefined }, terminal);
}
