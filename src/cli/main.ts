import { MtucalcError } from '../error.js';
import { hintFor, shown } from '../mtu/nearest.js';
import type { Terminal } from '../report/terminal.js';
import { commands } from './commands/index.js';
import { parseArguments } from './parse.js';

/**
 * Runs one command line and returns the exit code: 0 fine, 1 a finding of severity problem, 2 could not do it.
 * The first word chooses the command; without one it is `calc`.
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let unwritten: NodeJS.ErrnoException | undefined;
  terminal.stdout.on?.('error', (error) => {
    unwritten ??= error;
  });
  const code = await answer(argv, terminal).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall !== 'write') throw error;
    unwritten ??= error;
    return 2;
  });
  // A stream tells of a failed write a turn later than the write.
  if (terminal.stdout.on) await new Promise((resolve) => setImmediate(resolve));
  // `mtucalc … | head` closes the pipe early; that is no failure of ours.
  if (unwritten === undefined || unwritten.code === 'EPIPE') return unwritten ? 0 : code;
  terminal.stderr.write(`mtucalc: the answer could not be written: ${unwritten.message}\n`);
  return 2;
}

/** A word in front of everything else can only be meant for a command. */
function refuseMisspelt(first: string): void {
  if (first.startsWith('-')) return;
  const names = commands.map(({ name }) => name);
  throw new MtucalcError('usage', `there is no command ${shown(first)}`, hintFor(first, names));
}

async function answer(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    if (argv[0] === '--complete') {
      const { candidates } = await import('./complete.js');
      terminal.stdout.write(`${(await candidates(argv.slice(1))).join('\n')}\n`);
      return 0;
    }
    const first = argv[0] ?? '--help';
    const named = commands.find(({ name }) => name === first);
    if (named === undefined) refuseMisspelt(first);
    const entry = named ?? commands[0]!;
    const rest = named ? argv.slice(1) : argv.length === 0 ? ['--help'] : argv;
    const command = await entry.load();
    const parsed = await parseArguments(command, rest, { named: named !== undefined, terminal });
    if (parsed === undefined) return 0;
    return await command.run(parsed, terminal);
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    terminal.stderr.write(`mtucalc: ${error.message}\n${error.hint ? `  ${error.hint}\n` : ''}`);
    return 2;
  }
}
