import yargs, { type Argv, type Options } from 'yargs';
import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import { wrapText } from '../report/text/wrap.js';
import { respelled } from './argv.js';
import type { Arguments, Command } from './command.js';
import { commands } from './commands/index.js';
import type { Given, OptionTable } from './option.js';
import { type Terminal, width } from './terminal.js';

declare const MTUCALC_VERSION: string;
export const version = typeof MTUCALC_VERSION === 'string' ? MTUCALC_VERSION : '0.0.0-source';

/** The table as yargs has it; the texts are for help, and filing them costs a tenth of the parsing. */
const forYargs = (options: OptionTable, asksHelp: boolean): Record<string, Options> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { isSwitch, alias, describe, group, usual }]) => [
      name,
      {
        type: isSwitch ? 'boolean' : 'string',
        ...(alias === undefined ? {} : { alias }),
        ...(asksHelp ? { describe, ...(group ? { group } : {}), ...(usual ? { defaultDescription: usual } : {}) } : {}),
      },
    ]),
  );

/** The yargs parser of one command: the same definition serves parsing, help, completion and the man page. */
export function parserOf<O extends OptionTable>(
  command: Command<O>,
  argv: readonly string[],
  named: boolean,
  columns: number,
): Argv {
  const asksHelp = argv.some((word) => word === '--help' || word === '-h' || word === 'help');
  const words = command.positionals.map(({ name, many, required }) =>
    required ? `<${name}${many ? '..' : ''}>` : `[${name}${many ? '..' : ''}]`,
  );
  const usage = ['mtucalc', ...(named ? [command.name] : []), '[options]', ...words].join(' ');
  let parser = yargs([...argv])
    .scriptName('mtucalc')
    .usage(`${usage}\n\n${command.summary}`)
    .options(forYargs(command.options, asksHelp))
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
    .detectLocale(false)
    .wrap(columns);
  // What only help shows is not prepared for a run.
  if (!asksHelp) return parser;
  for (const [line, says] of command.examples) parser = parser.example(line, says);
  for (const { name, describe } of command.positionals) parser = parser.epilogue(`${name}: ${describe}`);
  if (!named) {
    const list = commands
      .map(({ name, summary }) => `  ${name.padEnd(10)} ${hanging(summary, columns - 13)}`)
      .join('\n');
    parser = parser.epilogue(`Commands (mtucalc COMMAND --help for each):\n${list}`);
  }
  return parser;
}

/** What goes on in the next line stands below its beginning. */
const hanging = (summary: string, columns: number): string => wrapText(summary, columns).join(`\n${' '.repeat(13)}`);

/** The checked arguments, or undefined where help or the version was asked for and printed. */
export async function parseArguments<O extends OptionTable>(
  command: Command<O>,
  argv: readonly string[],
  { named, terminal }: { named: boolean; terminal: Terminal },
): Promise<Arguments<O> | undefined> {
  const hint = `mtucalc ${named ? `${command.name} ` : ''}--help shows the options`;
  const spelled = respelled(command.options, argv, hint);
  const parser = parserOf(command, spelled, named, Math.min(110, width(terminal.stdout)));
  let failure: string | undefined;
  let printed = '';
  parser.fail((message, error) => {
    if (error && !message) throw error;
    failure ??= message;
  });
  const args = await parser.parse(spelled, {}, (_error, _args, output) => {
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
  const given = (name: string): Given => {
    const value = (args as Readonly<Record<string, unknown>>)[name];
    return value === undefined ? [] : ([] as Given).concat(value as Given);
  };
  const names = Object.keys(command.options);
  const values = Object.fromEntries(names.map((name) => [name, command.options[name]?.read(given(name), name)]));
  return { ...values, words, said: new Set(names.filter((name) => given(name).length > 0)) } as Arguments<O>;
}
