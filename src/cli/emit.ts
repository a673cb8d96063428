import { writeInto } from '../io/write-files.js';
import type { Calculation } from '../mtu/calculation.js';
import { snippets } from '../snippet/snippets.js';
import type { Answer, Outcome } from './command.js';
import { choicesOf } from './snippet-options.js';
import type { Terminal } from './terminal.js';

interface EmitRequest {
  readonly words: readonly string[];
  readonly calculation: Calculation;
  readonly args: Readonly<Record<string, unknown>>;
  /** Folder to write to instead of stdout. */
  readonly out?: string | undefined;
  readonly outcome?: Outcome;
}

/** The snippets asked for, written into files where a folder is named; what was left out goes to stderr. */
export async function snippetAnswer(
  { words, calculation, args, out, outcome }: EmitRequest,
  terminal: Terminal,
): Promise<Answer> {
  const value = snippets(words, calculation, choicesOf(args), { undo: args.undo === true });
  for (const { target, reason } of value.leftOut) terminal.stderr.write(`mtucalc: ${target} left out: ${reason}\n`);
  if (out !== undefined) {
    const paths = await writeInto(
      out,
      value.snippets.map(({ fileName, text }) => ({ name: fileName, text })),
      { force: args.force === true },
    );
    for (const path of paths) terminal.stderr.write(`mtucalc: wrote ${path}\n`);
  }
  return { kind: 'snippet', value, shows: { saved: out !== undefined }, ...(outcome ? { outcome } : {}) };
}
