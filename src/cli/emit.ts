import { writeInto } from '../io/write-files.js';
import type { Calculation } from '../mtu/calculation.js';
import type { ReadInterface } from '../snippet/plan.js';
import { snippets } from '../snippet/snippets.js';
import type { Answer, Outcome } from './command.js';
import type { ProfileArguments } from './profile-options.js';
import { choicesOf, type SnippetArguments, undoOf } from './snippet-options.js';
import type { Terminal } from './terminal.js';
import { visibleLine } from './visible.js';

interface EmitRequest {
  readonly words: readonly string[];
  readonly calculation: Calculation;
  /** The tunnel's interface as device output names it. */
  readonly readIf?: ReadInterface | undefined;
  readonly args: SnippetArguments & Pick<ProfileArguments, 'nat-t' | 'inner'>;
  /** Folder to write to instead of stdout. */
  readonly out?: string | undefined;
  /** Replace files that mtucalc did not write. */
  readonly force?: boolean;
  readonly outcome?: Outcome;
}

/** The snippets asked for, written into files where a folder is named; what was left out goes to stderr. */
export async function snippetAnswer(
  { words, calculation, readIf, args, out, force = false, outcome }: EmitRequest,
  terminal: Terminal,
): Promise<Answer> {
  const value = snippets(words, calculation, { ...choicesOf(args), readIf }, { undo: undoOf(args) });
  for (const { target, reason } of value.leftOut) terminal.stderr.write(`mtucalc: ${target} left out: ${reason}\n`);
  if (out !== undefined) {
    const paths = await writeInto(
      out,
      value.snippets.map(({ fileName, text }) => ({ name: fileName, text })),
      { force },
    );
    for (const path of paths) terminal.stderr.write(`mtucalc: wrote ${visibleLine(path)}\n`);
  }
  return { kind: 'snippet', value, shows: { saved: out !== undefined }, ...(outcome ? { outcome } : {}) };
}
