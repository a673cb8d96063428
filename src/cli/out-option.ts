import { MtucalcError } from '../error.js';
import { mayWrite, writeFiles } from '../io/write-files.js';
import type { Answer } from './command.js';
import { type OptionTable, type OptionValues, off, text } from './option.js';
import type { Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

/** Of commands whose answer a textfile collector reads. */
export const outOption = {
  out: text({
    describe: 'with --format prometheus: into this file, whole or not at all, for a textfile collector',
    group: 'Output:',
  }),
  force: off({ describe: 'replace a file that mtucalc did not write', group: 'Output:' }),
} as const satisfies OptionTable;

/** The one way the figures get into a file: others than its owner read it. */
export const writeTextfile = async (path: string, text: string, force: boolean): Promise<void> => {
  await writeFiles([{ path, text, mode: 0o644 }], { force });
};

/**
 * Where the answer goes instead of standard output; refuses a file that must not be replaced before anything is sent.
 * @throws MtucalcError `usage` beside another format, `file`
 */
export async function outOf(
  {
    out,
    force,
    format,
  }: Pick<OptionValues<typeof outOption>, 'out' | 'force'> & { readonly format: string | undefined },
  terminal: Terminal,
): Promise<Pick<Answer, 'out'>> {
  if (out === undefined) return {};
  if (format?.toLowerCase() !== 'prometheus')
    throw new MtucalcError('usage', '--out is the file of --format prometheus', 'add --format prometheus');
  if (!out.endsWith('.prom'))
    throw new MtucalcError('usage', `--out ${out} does not end in .prom: node_exporter reads no other file`);
  await mayWrite(out, { force });
  return {
    out: async (text) => {
      await writeTextfile(out, text, force);
      if (terminal.stderr.isTTY) terminal.stderr.write(`mtucalc: wrote ${visibleLine(out)}\n`);
    },
  };
}
