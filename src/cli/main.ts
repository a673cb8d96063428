import { existsSync } from 'node:fs';
import { MtucalcError } from '../error.js';
import { hintFor, shown } from '../mtu/nearest.js';
import { reporterOf } from '../report/index.js';
import type { Answer, Outcome } from './command.js';
import { commands } from './commands/index.js';
import type { OptionValues } from './option.js';
import { formatOf, type outputOptions } from './output-options.js';
import { parseArguments } from './parse.js';
import type { Terminal } from './terminal.js';
import { guarded, visibleLine } from './visible.js';
import { writeAnswer, writePieces } from './write-answer.js';

/**
 * Runs one command line and returns the exit code: 0 no problem found (which is no all-clear), 1 a finding of severity
 * problem, 2 could not do it, 3 undecided (with `--strict`).
 * The first word chooses the command; without one it is `calc`.
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let unwritten: NodeJS.ErrnoException | undefined;
  terminal.stdout.on?.('error', (error) => {
    unwritten ??= error;
  });
  const code = await run(argv, guarded(terminal), () => unwritten !== undefined).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.syscall !== 'write') throw error;
      unwritten ??= error;
      return 2;
    },
  );
  // A stream tells of a failed write a turn later than the write.
  if (terminal.stdout.on) await new Promise((resolve) => setImmediate(resolve));
  // `mtucalc … | head` closes the pipe early; that is no failure of ours.
  if (unwritten === undefined || unwritten.code === 'EPIPE') return unwritten ? 0 : code;
  terminal.stderr.write(`mtucalc: the answer could not be written: ${unwritten.message}\n`);
  return 2;
}

const isFile = (word: string): boolean =>
  !word.startsWith('-') && !commands.some(({ name }) => name === word) && existsSync(word);

/** What people type first: `help`, `help calc`, `version`, or nothing. */
function meant(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  if (first === undefined) return ['--help'];
  // Commands win over files; a word that is neither is a misspelt command, never a host.
  if (isFile(first)) return ['diagnose', '--no-hosts', ...argv];
  if (first === 'version' && rest.length === 0) return ['--version'];
  return first === 'help' ? [...rest.slice(0, 1), '--help'] : argv;
}

/** What people type in front without saying what it is. */
const withoutOption: readonly (readonly [RegExp, string])[] = [
  [/^\d{2,5}$/, 'identify'],
  [/^(?:aes|3des|chacha|camellia)[\w-]*$/i, '-c'],
  [/^(?:wireguard|wg|openvpn|gre|vxlan|geneve|l2tp|ipsec|eoip|sstp)$/i, '-t'],
];

/** A word in front of everything else can only be meant for a command. */
function refuseMisspelt(first: string): void {
  if (first.startsWith('-')) return;
  const names = commands.map(({ name }) => name);
  const [, option] = withoutOption.find(([pattern]) => pattern.test(first)) ?? [];
  const hint = option === undefined ? hintFor(first, names) : `did you mean mtucalc ${option} ${first}?`;
  throw new MtucalcError('usage', `there is no command ${shown(first)}`, hint);
}

/** `isClosed`: nobody reads what is written. */
async function run(argv: readonly string[], terminal: Terminal, isClosed: () => boolean): Promise<number> {
  try {
    if (argv[0] === '--complete') {
      const { candidates } = await import('./complete.js');
      terminal.stdout.write(`${(await candidates(argv.slice(1))).join('\n')}\n`);
      return 0;
    }
    const words = meant(argv);
    const [first = ''] = words;
    const named = commands.find(({ name }) => name === first);
    if (named === undefined) refuseMisspelt(first);
    const entry = named ?? commands[0]!;
    const rest = named ? words.slice(1) : words;
    const command = await entry.load();
    const parsed = await parseArguments(command, rest, { named: named !== undefined, terminal });
    if (parsed === undefined) return 0;
    // Every command has them.
    const output = parsed as unknown as OptionValues<typeof outputOptions>;
    const format = await formatOf(output, command.answers);
    // Loaded before: a command that gives up root may not read it any more.
    await reporterOf(command.answers, format);
    const given = await command.run(parsed, terminal);
    const rewritten = (parsed as { readonly redact?: boolean }).redact ? await withoutNames() : asItIs;
    if ('pieces' in given)
      return exitCode(await writePieces(given, { format, terminal, rewritten, isClosed }), output.strict);
    await writeAnswer({ ...given, value: rewritten(given.value) } as Answer, format, terminal);
    return exitCode(given.outcome, output.strict);
  } catch (error) {
    if (!(error instanceof MtucalcError)) throw error;
    terminal.stderr.write(`mtucalc: ${visibleLine(error.message)}\n${error.hint ? `  ${error.hint}\n` : ''}`);
    return 2;
  }
}

const asItIs = <T>(value: T): T => value;

/** `--redact`: values as they can be posted. */
const withoutNames = async (): Promise<<T>(value: T) => T> => (await import('../report/redact.js')).redactor();

const exitCode = ({ failed, problem, undecided }: Outcome = {}, strict: boolean): number =>
  failed ? 2 : problem ? 1 : undecided && strict ? 3 : 0;
