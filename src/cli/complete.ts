import { catalogue } from '../../ciphers/index.js';
import { formatsOf } from '../report/index.js';
import type { Command } from './command.js';
import { commands } from './commands/index.js';
import type { Option } from './option.js';

type Words = () => readonly string[] | Promise<readonly string[]>;

const deviceFormats = async (): Promise<readonly string[]> =>
  (await import('../device/formats/index.js')).deviceFormats.map(({ id }) => id);
const configurations = async (): Promise<readonly string[]> =>
  (await import('../lint/formats.js')).formats.map(({ id }) => id);
const targets = async (): Promise<readonly string[]> =>
  (await import('../snippet/targets/index.js')).targets.map(({ id }) => id);
const axes = async (): Promise<readonly string[]> => (await import('../mtu/compare.js')).axes;

/** Values that complete an option, by its name; those of one command alone have that in front. */
const values: Readonly<Record<string, Words>> = {
  wan: () => catalogue.wan.map(({ id }) => id),
  tunnel: () => catalogue.tunnels.map(({ id }) => id),
  impl: () => catalogue.implementations.map(({ id }) => id),
  auth: () => catalogue.integ.map(({ id }) => id),
  cipher: () => [
    'aes256-sha256',
    'aes256-sha1',
    'aes128-sha256',
    'aes256gcm16',
    'aes128gcm16',
    'chacha20poly1305',
    '3des-sha1',
  ],
  emit: targets,
  'probe emit': async () => (await import('../probe/ping-lines.js')).pingBoxes,
  'from-format': deviceFormats,
  'lint from-format': async () => [...(await configurations()), ...(await deviceFormats())],
  'compare rows': axes,
  'compare columns': axes,
};

/** The same for the words of a command; where there is nothing the shell completes files. */
const wordsOf: Readonly<Record<string, Words>> = {
  snippet: async () => [...(await targets()), 'all'],
  completion: async () => (await import('./completion-script.js')).shells,
};

/** Options that take several values with commas between them. */
const lists = new Set([
  'cipher',
  'emit',
  'compare wan',
  'compare tunnel',
  'compare outer',
  'compare rows',
  'compare columns',
]);

/** What may stand where the last of these words is being typed; from the definitions that parse the command line. */
export async function candidates(words: readonly string[]): Promise<readonly string[]> {
  const [first] = words;
  const entry = commands.find(({ name }) => name === first) ?? commands[0]!;
  const command: Command = await entry.load();
  const { option, typed, inFront } = optionAt(command, words);
  if (option !== undefined) {
    const before = isList(command, option) ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
    const all = await valuesOf(command, option);
    return startingWith(typed.slice(before.length), all).map((value) => `${inFront}${before}${value}`);
  }
  const options = [...Object.keys(command.options).map((name) => `--${name}`), '--help'];
  if (typed.startsWith('-')) return startingWith(typed, options);
  if (words.length <= 1)
    return startingWith(
      typed,
      commands.map(({ name }) => name),
    );
  const known = await wordsOf[command.name]?.();
  if (known) return startingWith(typed, known);
  // What takes no words takes options only.
  return command.positionals.length === 0 && typed === '' ? options : [];
}

const startingWith = (typed: string, all: readonly string[]): readonly string[] =>
  all.filter((candidate) => candidate.startsWith(typed));

interface At {
  /** Whose value is being typed; undefined: something else is. */
  readonly option?: string;
  readonly typed: string;
  /** What the shell takes for part of the same word. */
  readonly inFront: string;
}

function optionAt({ options }: Command, words: readonly string[]): At {
  const [third = '', second = '', last = ''] = ['', '', '', ...words].slice(-3);
  const named = (word: string): string | undefined =>
    Object.entries(options).find(
      ([name, { alias, isSwitch }]) => !isSwitch && (word === `--${name}` || (alias && word === `-${alias}`)),
    )?.[0];
  const at = (word: string, typed: string, inFront = ''): At | undefined => {
    const option = named(word);
    return option === undefined ? undefined : { option, typed, inFront };
  };
  const equals = last.indexOf('=');
  const found =
    // bash makes three words of `--wan=pppoe`.
    (last === '=' ? at(second, '') : undefined) ??
    (second === '=' ? at(third, last) : undefined) ??
    (equals > 0 ? at(last.slice(0, equals), last.slice(equals + 1), last.slice(0, equals + 1)) : undefined) ??
    at(second, last);
  return found ?? { typed: last, inFront: '' };
}

const isList = ({ name }: Command, option: string): boolean => lists.has(option) || lists.has(`${name} ${option}`);

async function valuesOf(command: Command, name: string): Promise<readonly string[]> {
  if (name === 'format') return formatsOf(command.answers).map(({ id }) => id);
  const option: Option<unknown> = command.options[name]!;
  return (await (values[`${command.name} ${name}`] ?? values[name])?.()) ?? option.words ?? [];
}
