import yargs, { type Argv, type Options } from 'yargs';
import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import { checkedArgv } from './argv.js';
import type { Arguments, Command, OptionTable } from './command.js';
import { commands } from './commands/index.js';
import { type Terminal, width } from './terminal.js';

declare const MTUCALC_VERSION: string;
export const version = typeof MTUCALC_VERSION === 'string' ? MTUCALC_VERSION : '0.0.0-source';

/** What a run needs of the options: the texts are for help, and filing them costs a tenth of the parsing. */
const withoutTexts = (options: OptionTable): Record<string, Options> =>
  Object.fromEntries(Object.entries(options).map(([name, { describe: _, group: __, ...rest }]) => [name, rest]));

/** The yargs parser of one command: the same definition serves parsing, help, completion and the man page. */
export function parserOf<O extends OptionTable>(command: Command<O>, argv: readonly string[], named: boolean): Argv {
  const asksHelp = argv.some((word) => word === '--help' || word === '-h' || word === 'help');
  const words = command.positionals.map(({ name, many, required }) =>
    required ? `<${name}${many ? '..' : ''}>` : `[${name}${many ? '..' : ''}]`,
  );
  const usage = ['mtucalc', ...(named ? [command.name] : []), '[options]', ...words].join(' ');
  let parser = yargs([...argv])
    .scriptName('mtucalc')
    .usage(`${usage}\n\n${command.summary}`)
    .options(asksHelp ? { ...command.options } : withoutTexts(command.options))
    .parserConfiguration({
      'camel-case-expansion': false,
      'duplicate-arguments-array': true,
      'dot-notation': false,
      'short-option-groups': false,
      'parse-positional-numbers': false,
    })
    .version(version)
    .alias('h', 'help')
    .strictOptions()
    .exitProcess(false)
    .detectLocale(false);
  // What only help shows is not prepared for a run.
  if (!asksHelp) return parser;
  for (const [line, says] of command.examples) parser = parser.example(line, says);
  for (const { name, describe } of command.positionals) parser = parser.epilogue(`${name}: ${describe}`);
  if (!named) {
    const list = commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n');
    parser = parser.epilogue(`Commands (mtucalc COMMAND --help for each):\n${list}`);
  }
  return parser;
}

/** The checked arguments, or undefined where help or the version was asked for and printed. */
export async function parseArguments<O extends OptionTable>(
  command: Command<O>,
  argv: readonly string[],
  { named, terminal }: { named: boolean; terminal: Terminal },
): Promise<Arguments<O> | undefined> {
  const hint = `mtucalc ${named ? `${command.name} ` : ''}--help shows the options`;
  const checked = checkedArgv(command as unknown as Command, argv, hint);
  const parser = parserOf(command, checked, named).wrap(Math.min(110, width(terminal.stdout)));
  let failure: string | undefined;
  let printed = '';
  parser.fail((message, error) => {
    if (error && !message) throw error;
    failure ??= message;
  });
  const args = await parser.parse(checked, {}, (_error, _args, output) => {
    printed = output;
  });
  if (failure !== undefined) {
    throw new MtucalcError('usage', failure, hint);
  }
  if (printed !== '') {
    terminal.stdout.write(`${printed}\n`);
    return undefined;
  }
  const words = args._.map(String);
  const most = command.positionals.some(({ many }) => many) ? Number.POSITIVE_INFINITY : command.positionals.length;
  if (words.length > most) {
    const stray = words[most];
    const known = commands.some(({ name }) => name === stray);
    throw new MtucalcError(
      'usage',
      `${shown(stray ?? '')} is not expected here`,
      known
        ? `the command comes first: mtucalc ${stray} …`
        : `mtucalc ${named ? `${command.name} ` : ''}--help shows the usage`,
    );
  }
  const missing = command.positionals.filter(({ required }) => required)[words.length];
  if (missing) throw new MtucalcError('usage', `${missing.name} is missing: ${missing.describe}`);
  return { ...args, words } as unknown as Arguments<O>;
}
