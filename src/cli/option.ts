import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';

/** What the parser found for one option: a text or a switch for each time it stood on the command line. */
export type Given = readonly (string | boolean)[];

/**
 * One option of a command: what help says of it, how it is parsed, and what its value is. Made by the functions below.
 */
export interface Option<T> {
  /** A switch stands alone, everything else has a value behind it. */
  readonly isSwitch: boolean;
  readonly describe: string;
  readonly alias?: string | undefined;
  readonly group?: string | undefined;
  /** What is taken where nothing is said, in words for help. */
  readonly usual?: string | undefined;
  /** Words to choose from, for completion. */
  readonly words?: readonly string[] | undefined;
  /** @throws MtucalcError `usage` or `bad-value` */
  read(given: Given, name: string): T;
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values of a table's options, by name. */
export type OptionValues<O extends OptionTable> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

type About = Pick<Option<unknown>, 'describe' | 'alias' | 'group' | 'usual'>;

/** A text that makes sense once. */
export const text = (about: About): Option<string | undefined> => ({ ...about, isSwitch: false, read: once });

/** Texts: the option may stand several times. */
export const texts = (about: About): Option<readonly string[]> => ({
  ...about,
  isSwitch: false,
  read: (given, name) => given.map((value) => printable(name, String(value))),
});

/** A switch; undefined where neither `--name` nor `--no-name` was given. */
export const flag = (about: About): Option<boolean | undefined> => ({ ...about, isSwitch: true, read: switched });

/** A switch that is off where nothing is said. */
export const off = (about: About): Option<boolean> => ({
  ...about,
  isSwitch: true,
  read: (given) => switched(given) ?? false,
});

/** A whole number of octets or the like, within limits. */
export const whole = (low: number, high: number, about: About): Option<number | undefined> => ({
  ...about,
  isSwitch: false,
  read(given, name) {
    const word = once(given, name);
    if (word === undefined) return undefined;
    if (!/^[+-]?\d{1,15}$/.test(word)) {
      const says = `--${name} ${shown(word)} is not a whole number`;
      throw new MtucalcError('usage', says, `give a number from ${low} to ${high}`);
    }
    const value = Number(word);
    if (value < low || value > high) throw new MtucalcError('usage', `--${name} ${value} is outside ${low} to ${high}`);
    return value;
  },
});

/** One of a few words. */
export const oneOf = <const W extends string>(words: readonly W[], about: About): Option<W | undefined> => ({
  ...about,
  isSwitch: false,
  words,
  read(given, name) {
    const word = once(given, name);
    if (word === undefined) return undefined;
    const found = words.find((known) => known === word.toLowerCase());
    if (!found) throw new MtucalcError('usage', `--${name} ${shown(word)} is not known`, `one of ${words.join(', ')}`);
    return found;
  },
});

/** An IP version written 4, v4 or ipv4. */
export const ipVersion = (about: About): Option<4 | 6 | undefined> => ({
  ...about,
  isSwitch: false,
  words: ['4', '6'],
  read(given, name) {
    const word = once(given, name);
    if (word === undefined) return undefined;
    const found = /^(?:ip)?v?([46])$/i.exec(word)?.[1];
    if (!found)
      throw new MtucalcError('usage', `--${name} ${shown(word)} is no IP version`, `--${name} 4 or --${name} 6`);
    return found === '4' ? 4 : 6;
  },
});

/** The same option, its text read further. */
export const readAs = <T, U>(option: Option<T>, further: (value: T, name: string) => U): Option<U> => ({
  ...option,
  read: (given, name) => further(option.read(given, name), name),
});

function once(given: Given, name: string): string | undefined {
  if (given.length === 0) return undefined;
  if (given.length > 1) throw new MtucalcError('usage', `--${name} is given ${given.length} times, once is meant`);
  const value = printable(name, String(given[0]));
  if (value === '') throw new MtucalcError('usage', `--${name} has no value`);
  return value;
}

const switched = (given: Given): boolean | undefined => (given.length === 0 ? undefined : given.at(-1) === true);

/** Control characters have no business in an option and would reach the terminal with the answer. */
function printable(name: string, word: string): string {
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(word)) {
    throw new MtucalcError('usage', `--${name} ${shown(word)} holds control characters`, 'type it again without them');
  }
  return word;
}
