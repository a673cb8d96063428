import { writeInto } from '../io/write-files.js';
import type { Calculation } from '../mtu/calculation.js';
import { printJson, type Terminal } from '../report/terminal.js';
import { emit, joined, type Snippet } from '../snippet/emit.js';
import { planOf } from '../snippet/plan.js';
import { choicesOf } from './snippet-options.js';

interface EmitRequest {
  readonly words: readonly string[];
  readonly calculation: Calculation;
  readonly args: Readonly<Record<string, unknown>>;
  readonly json: boolean;
  /** Folder to write to instead of stdout. */
  readonly out?: string | undefined;
}

/** The same target in two versions needs two files. */
const fileNames = (snippets: readonly Snippet[]): string[] =>
  snippets.map(({ target, version, fileName }) =>
    snippets.filter((other) => other.target === target).length > 1
      ? fileName.replace(/\.(\w+)$/, `-${version}.$1`)
      : fileName,
  );

/** Prints or saves snippets: stdout is the configuration and nothing else, what was left out goes to stderr. */
export async function printSnippets(
  { words, calculation, args, json, out }: EmitRequest,
  terminal: Terminal,
): Promise<void> {
  const plan = planOf(calculation, choicesOf(args));
  const { snippets, leftOut } = emit(words, plan, args.undo === true);
  for (const { target, reason } of leftOut) terminal.stderr.write(`mtucalc: ${target} left out: ${reason}\n`);
  const names = fileNames(snippets);
  if (out !== undefined) {
    const paths = await writeInto(
      out,
      snippets.map(({ text }, index) => ({ name: names[index] as string, text })),
      { force: args.force === true },
    );
    for (const path of paths) terminal.stderr.write(`mtucalc: wrote ${path}\n`);
  }
  if (json) {
    const listed = snippets.map(({ comment: _comment, ...snippet }, index) => ({ ...snippet, fileName: names[index] }));
    printJson(terminal, { schemaVersion: 1, tunnelMtu: plan.tunnelMtu, mss: plan.mss, snippets: listed, leftOut });
  } else if (out === undefined) terminal.stdout.write(joined(snippets));
}
