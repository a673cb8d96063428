import type { InferredOptionTypes, Options } from 'yargs';
import type { Terminal } from '../report/terminal.js';

export type OptionTable = Readonly<Record<string, Options>>;

/** A word after the command; `many` takes all that follow. */
export interface Positional {
  readonly name: string;
  readonly describe: string;
  readonly many?: boolean;
  readonly required?: boolean;
}

export type Arguments<O extends OptionTable> = InferredOptionTypes<O> & { readonly words: readonly string[] };

/** One command: literal data for help, man page and completion, and what to do. One file each in `commands/`. */
export interface Command<O extends OptionTable = OptionTable> {
  readonly name: string;
  /** One line, no full stop. */
  readonly summary: string;
  readonly positionals: readonly Positional[];
  readonly options: O;
  /** Command line and what it shows. */
  readonly examples: readonly (readonly [string, string])[];
  /** Returns the exit code: 0 fine, 1 a finding of severity problem. Throws MtucalcError for 2. */
  run(args: Arguments<O>, terminal: Terminal): Promise<number>;
}

/** Keeps the option types of a literal while checking its shape. */
export const command = <const O extends OptionTable>(definition: Command<O>): Command<O> => definition;
