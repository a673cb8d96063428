import type { Identity } from '../io/identity.js';
import type { Look } from '../report/look.js';
import { palette } from '../report/palette.js';

/** What a command needs of the world around it; `process` is one, a test passes its own. */
export interface Terminal extends Identity {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ctrl-C: a command that takes long subscribes and prints what it knows so far. */
  once?(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
  removeListener?(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  on?(event: 'error', listener: (error: Error) => void): unknown;
}

/** Columns where nobody says how many there are: a pipe, a file. */
const USUAL_WIDTH = 100;
const SMALLEST_WIDTH = 40;

/** The one place that knows the width: the terminal's, or the usual one. */
export const width = (output: Output): number =>
  output.isTTY && output.columns ? Math.max(SMALLEST_WIDTH, output.columns) : USUAL_WIDTH;

/** How text looks on standard output: colours on a terminal that has them and wants them (no-color.org). */
export const lookOf = ({ stdout, env }: Terminal): Look => ({
  colour: palette(stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'),
  columns: width(stdout),
});
