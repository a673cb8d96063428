/** What a command needs of the world around it; `process` is one, a test passes its own. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ctrl-C: a command that takes long subscribes and prints what it knows so far. */
  once?(signal: 'SIGINT', listener: () => void): unknown;
  removeListener?(signal: 'SIGINT', listener: () => void): unknown;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  on?(event: 'error', listener: (error: Error) => void): unknown;
}

/** Colours for one output; every function returns its text unchanged where colour is not wanted (no-color.org). */
export interface Palette {
  readonly enabled: boolean;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const plain = (text: string): string => text;
const sgr =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;

export function palette(output: Output, env: Terminal['env']): Palette {
  const enabled = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  if (!enabled) return { enabled, bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };
  return {
    enabled,
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    red: sgr(31, 39),
    green: sgr(32, 39),
    yellow: sgr(33, 39),
    cyan: sgr(36, 39),
  };
}

/** Columns to lay text out in: the terminal's width, or 100 for a pipe or file. */
export const width = (output: Output): number => (output.isTTY && output.columns ? Math.max(40, output.columns) : 100);

/** `--json`: exactly the library's value, two spaces of indent. */
export const printJson = (terminal: Terminal, value: unknown): void => {
  terminal.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};
