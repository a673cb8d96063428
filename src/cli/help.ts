import yargs, { type Argv, type Options } from 'yargs';
import { wrapText } from '../report/text/wrap.js';
import { configuration } from './argv.js';
import type { Command } from './command.js';
import { commands } from './commands/index.js';
import type { OptionTable } from './option.js';

declare const MTUCALC_VERSION: string;
export const version = typeof MTUCALC_VERSION === 'string' ? MTUCALC_VERSION : '0.0.0-source';

/** The table as yargs has it. */
const forYargs = (options: OptionTable): Record<string, Options> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { isSwitch, alias, describe, group, usual }]) => [
      name,
      {
        type: isSwitch ? 'boolean' : 'string',
        ...(alias === undefined ? {} : { alias }),
        describe,
        ...(group ? { group } : {}),
        ...(usual ? { defaultDescription: usual } : {}),
      },
    ]),
  );

/** yargs knows one command from the same definition that serves parsing, completion and the man page. */
function parserOf<O extends OptionTable>(
  command: Command<O>,
  argv: readonly string[],
  named: boolean,
  columns: number,
): Argv {
  const words = command.positionals.map(({ name, many, required }) =>
    required ? `<${name}${many ? '..' : ''}>` : `[${name}${many ? '..' : ''}]`,
  );
  const usage = ['mtucalc', ...(named ? [command.name] : []), '[options]', ...words].join(' ');
  let parser = yargs([...argv])
    .scriptName('mtucalc')
    .usage(`${usage}\n\n${command.summary}`)
    .options(forYargs(command.options))
    .parserConfiguration(configuration)
    .version(version)
    .alias('h', 'help')
    .strictOptions()
    .exitProcess(false)
    .detectLocale(false)
    .wrap(columns);
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

/** What yargs prints for these words: help, or the version. */
export async function helpText<O extends OptionTable>(
  command: Command<O>,
  argv: readonly string[],
  named: boolean,
  columns: number,
): Promise<string> {
  let printed = '';
  await parserOf(command, argv, named, columns).parse([...argv], {}, (_error, _args, output) => {
    printed = output;
  });
  return printed;
}
