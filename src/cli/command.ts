import type { Shows } from '../report/look.js';
import type { Kind, PieceKind, Pieces, Values } from '../report/values.js';
import type { OptionTable, OptionValues } from './option.js';
import type { Terminal } from './terminal.js';

/** A word after the command; `many` takes all that follow. */
export interface Positional {
  readonly name: string;
  readonly describe: string;
  readonly many?: boolean;
  readonly required?: boolean;
}

/** The values of a command's options, the words behind it, and which options stood on the command line. */
export type Arguments<O extends OptionTable> = OptionValues<O> & {
  readonly words: readonly string[];
  readonly said: ReadonlySet<string>;
};

/** What the exit code tells of an answer. */
export interface Outcome {
  /** A finding of severity problem: 1. */
  readonly problem?: boolean;
  /** Neither yes nor no, an interval, something not read: 3 with `--strict`. */
  readonly undecided?: boolean;
  /** Not done, though there is something to print: 2. */
  readonly failed?: boolean;
}

/** A command's value, what of it a person is shown, and what it comes to. */
export type Answer = {
  readonly [K in Kind]: {
    readonly kind: K;
    readonly value: Values[K];
    readonly shows?: Shows;
    readonly outcome?: Outcome;
    /** Where the answer goes instead of standard output. */
    readonly out?: (text: string) => Promise<void>;
    /** The same answer in another format, saved once the first is printed. */
    readonly also?: { readonly format: string; save(text: string): Promise<void> };
  };
}[Kind];

/** An answer of many pieces, written as they come. */
export type PieceAnswer = {
  readonly [K in PieceKind]: {
    readonly kind: K;
    /** Ended early where nobody reads any more. */
    readonly pieces: AsyncIterable<Pieces[K]>;
    /** All of them as one value, for formats that need it. */
    together(pieces: readonly Pieces[K][]): Values[K];
    /** What they came to; asked once the last is written. */
    outcome(): Outcome;
    /** Where the whole answer goes instead of standard output. */
    readonly out?: (text: string) => Promise<void>;
  };
}[PieceKind];

/** One command: literal data for help, man page and completion, and what to do. One file each in `commands/`. */
export interface Command<O extends OptionTable = OptionTable> {
  readonly name: string;
  /** The value it answers with, which decides the formats there are. */
  readonly answers: Kind;
  /** One line, no full stop. */
  readonly summary: string;
  readonly positionals: readonly Positional[];
  readonly options: O;
  /** Command line and what it shows. */
  readonly examples: readonly (readonly [string, string])[];
  /** Prints nothing on stdout itself. Throws MtucalcError where it cannot be done (exit code 2). */
  run(args: Arguments<O>, terminal: Terminal): Promise<Answer | PieceAnswer>;
}

/** Keeps the option types of a literal while checking its shape. */
export const command = <const O extends OptionTable>(definition: Command<O>): Command<O> => definition;
