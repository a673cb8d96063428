import { MtucalcError } from '../error.js';
import { mayWrite, writeFiles } from '../io/write-files.js';
import type { Answer } from './command.js';
import { type OptionTable, type OptionValues, off, text } from './option.js';
import type { Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

/** Of commands whose answer is a page too. */
export const reportOption = {
  report: text({ describe: 'write a self-contained HTML page with plots and evidence' }),
  force: off({ describe: 'with --report and exports: replace a file that mtucalc did not write' }),
} as const satisfies OptionTable;

/**
 * Where the page is saved once the answer is printed; refuses a file that must not be replaced before the work is done.
 * @throws MtucalcError `file`
 */
export async function reportOf(
  command: string,
  { report, force }: OptionValues<typeof reportOption>,
  terminal: Terminal,
): Promise<Pick<Answer, 'also'>> {
  if (report === undefined) return {};
  if (report === '-')
    throw new MtucalcError(
      'file',
      'the page needs a file: standard output has the text',
      `mtucalc ${command} FILE --format html prints the page`,
    );
  await mayWrite(report, { force });
  const save = async (page: string): Promise<void> => {
    // It shows a network.
    await writeFiles([{ path: report, text: page, mode: 0o600 }], { force });
    terminal.stderr.write(`mtucalc: wrote ${visibleLine(report)}\n`);
  };
  return { also: { format: 'html', save } };
}
