// Without what reads configuration files, and the modules of Node that takes: no command has any.
import parser from 'yargs-parser/browser';
import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import { configuration, respelled } from './argv.js';
import type { Arguments, Command } from './command.js';
import { commands } from './commands/index.js';
import type { Given, OptionTable } from './option.js';
import { type Terminal, width } from './terminal.js';

const asksAbout = new Set(['--help', '-h', '--version']);

/** The checked arguments, or undefined where help or the version was asked for and printed. */
export async function parseArguments<O extends OptionTable>(
  command: Command<O>,
  argv: readonly string[],
  { named, terminal }: { named: boolean; terminal: Terminal },
): Promise<Arguments<O> | undefined> {
  const hint = `mtucalc ${named ? `${command.name} ` : ''}--help shows the options`;
  const spelled = respelled(command.options, argv, hint);
  const end = spelled.indexOf('--');
  // Help is yargs' own work. A run needs its parser only, which is a fifth of it to load.
  if (spelled.slice(0, end < 0 ? undefined : end).some((word) => asksAbout.has(word))) {
    const { helpText } = await import('./help.js');
    const text = await helpText(command, spelled, named, Math.min(110, width(terminal.stdout)));
    terminal.stdout.write(`${text}\n`);
    return undefined;
  }
  const names = Object.keys(command.options);
  const args = parser(spelled, {
    boolean: names.filter((name) => command.options[name]?.isSwitch),
    string: names.filter((name) => !command.options[name]?.isSwitch),
    configuration,
  });
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
  const values = Object.fromEntries(names.map((name) => [name, command.options[name]?.read(given(name), name)]));
  return { ...values, words, said: new Set(names.filter((name) => given(name).length > 0)) } as Arguments<O>;
}
