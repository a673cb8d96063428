import { Readable } from 'node:stream';
import type { Terminal } from '../src/cli/terminal.js';
import { checkAnswer } from './json-schemas.js';

/** A terminal that keeps what was written; not a TTY unless told. */
export function fakeTerminal(
  options: { stdin?: string | Buffer; env?: Record<string, string>; tty?: boolean; columns?: number } = {},
) {
  let checked = '';
  const kept = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: options.tty ?? false,
    columns: options.columns ?? 100,
    write(text: string) {
      kept[name] += text;
      return true;
    },
  });
  const stdin = Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]);
  const terminal: Terminal = { stdin, stdout: output('stdout'), stderr: output('stderr'), env: options.env ?? {} };
  return {
    terminal,
    /** What was printed; JSON among it has been held against its schema. */
    get stdout() {
      if (checked !== kept.stdout) checkAnswer(kept.stdout);
      checked = kept.stdout;
      return kept.stdout;
    },
    get stderr() {
      return kept.stderr;
    },
  };
}
