import { MtucalcError } from '../error.js';
import { didYouMean, guessInWords, shown } from '../mtu/nearest.js';
import type { OptionTable } from './option.js';

/** How the words of a command line are read: nothing is guessed from their form. */
export const configuration = {
  'camel-case-expansion': false,
  'duplicate-arguments-array': true,
  'dot-notation': false,
  'short-option-groups': false,
  'parse-positional-numbers': false,
} as const;

const yes = new Set(['true', 'yes', 'on', '1']);
const no = new Set(['false', 'no', 'off', '0']);
const builtIn = new Set(['help', 'version', 'h']);

/**
 * The command line in the one spelling that yargs reads as it is meant. yargs takes `-caes256` for one long name, any
 * value of a switch but `true` for no, and knows no nearest name; everything else is left to it.
 */
export function respelled(options: OptionTable, argv: readonly string[], hint: string): string[] {
  const end = argv.indexOf('--');
  const [mine, rest] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end)];
  const spelled: string[] = [];
  const switched = new Map<string, boolean>();
  for (let i = 0; i < mine.length; i++) {
    const word = mine[i] as string;
    const [, letter, value] = /^-([A-Za-z])(?:=?(.+))?$/s.exec(word) ?? /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    // yargs would take -1 for a switch of that name, and drop it.
    const digit = /^-(\d.*)$/s.exec(word)?.[1];
    if (digit !== undefined && !Object.hasOwn(options, digit))
      throw new MtucalcError('usage', `unknown option ${shown(word)}`, hint);
    if (letter === undefined || builtIn.has(letter)) {
      spelled.push(word);
      continue;
    }
    const { name, negated } = named(options, word, letter, hint);
    if (options[name]?.isSwitch) {
      const on = switchValue(word, name, value) !== negated;
      // Of a switch given twice yargs keeps the last and does not tell.
      if (switched.has(name) && switched.get(name) !== on)
        throw new MtucalcError('usage', `--${name} and --no-${name} contradict each other`);
      switched.set(name, on);
      spelled.push(on ? `--${name}` : `--no-${name}`);
      continue;
    }
    const behind = value ?? mine[++i];
    // A number below zero is a value, whatever else begins with a hyphen is the next option.
    if (behind === undefined || (value === undefined && behind.startsWith('-') && !/^-(\d|$)/.test(behind)))
      throw new MtucalcError('usage', `--${name} has no value`, hint);
    spelled.push(`--${name}=${behind}`);
  }
  return [...spelled, ...rest];
}

/** The option meant by `-x`, `--name` or `--no-name`. */
function named(
  options: OptionTable,
  word: string,
  given: string,
  hint: string,
): { readonly name: string; readonly negated: boolean } {
  const known = Object.keys(options);
  if (!word.startsWith('--')) {
    const name = known.find((one) => options[one]?.alias === given);
    if (name !== undefined) return { name, negated: false };
    throw new MtucalcError('usage', `unknown option ${shown(word)}`, hint);
  }
  if (Object.hasOwn(options, given)) return { name: given, negated: false };
  const opposite = given.replace(/^no-/, '');
  if (opposite !== given && Object.hasOwn(options, opposite) && options[opposite]?.isSwitch)
    return { name: opposite, negated: true };
  // --mtu is --link-mtu: the last word alone.
  const ends = known.filter((one) => one.endsWith(`-${given}`));
  const guess = ends.length === 1 ? { near: ends, known } : didYouMean(given, known);
  const near = guess.near.length > 0 ? `${guessInWords(guess, '--')} ` : '';
  throw new MtucalcError('usage', `unknown option ${shown(`--${given}`)}`, `${near}${hint}`);
}

function switchValue(word: string, name: string, value: string | undefined): boolean {
  if (value === undefined || yes.has(value.toLowerCase())) return true;
  if (no.has(value.toLowerCase())) return false;
  const spelling = word.slice(0, word.indexOf('='));
  throw new MtucalcError('usage', `${spelling}=${shown(value)} is neither yes nor no`, `--${name} or --no-${name}`);
}
