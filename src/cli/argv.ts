import { MtucalcError } from '../error.js';
import { didYouMean, guessInWords, shown } from '../mtu/nearest.js';
import type { Command } from './command.js';

const yes = new Set(['true', 'yes', 'on', '1']);
const no = new Set(['false', 'no', 'off', '0']);
const builtIn = new Set(['help', 'version']);

/**
 * The command line as the parser is to see it: every option is one of the command's own, a switch says yes or no in
 * one way, and `-cVALUE` is two words. What is neither is refused here, with its own text.
 */
export function checkedArgv(command: Command, argv: readonly string[], hint: string): string[] {
  const { options } = command;
  const known = Object.keys(options);
  const checked: string[] = [];
  const said = new Map<string, boolean>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '--') return [...checked, ...argv.slice(i)];
    const short = /^-([A-Za-z])(?:=?(.+))?$/s.exec(word);
    if (short && short[1] !== 'h') {
      const name = known.find((one) => options[one]?.alias === short[1]);
      if (name === undefined) throw new MtucalcError('usage', `unknown option ${shown(word)}`, hint);
      checked.push(`--${name}`, ...(short[2] === undefined ? [] : [short[2]]));
      if (short[2] === undefined && options[name]?.type !== 'boolean') i = takeValue(name, i);
      continue;
    }
    const long = /^--([^=]+)(?:=(.*))?$/s.exec(word);
    if (!long) {
      checked.push(word);
      continue;
    }
    const [, given = '', value] = long;
    if (builtIn.has(given)) {
      checked.push(word);
      continue;
    }
    const negated = !Object.hasOwn(options, given) && given.startsWith('no-');
    const name = negated ? given.slice(3) : given;
    const isSwitch = Object.hasOwn(options, name) && options[name]?.type === 'boolean';
    if (!Object.hasOwn(options, name) || (negated && !isSwitch)) {
      throw new MtucalcError('usage', `unknown option ${shown(`--${given}`)}`, `${nearestOption(given, known)}${hint}`);
    }
    if (!isSwitch) {
      checked.push(word);
      if (value === undefined) i = takeValue(name, i);
      continue;
    }
    const on = switchValue(given, value) !== negated;
    if (said.has(name) && said.get(name) !== on)
      throw new MtucalcError('usage', `--${name} and --no-${name} contradict each other`);
    if (!said.has(name)) checked.push(on ? `--${name}` : `--no-${name}`);
    said.set(name, on);
  }
  return checked;

  function takeValue(name: string, at: number): number {
    const value = argv[at + 1];
    if (value === undefined || (value.startsWith('-') && !/^-(\d|$)/.test(value))) {
      throw new MtucalcError('usage', `--${name} has no value`, hint);
    }
    checked.push(value);
    return at + 1;
  }
}

function switchValue(name: string, value: string | undefined): boolean {
  if (value === undefined || yes.has(value.toLowerCase())) return true;
  if (no.has(value.toLowerCase())) return false;
  throw new MtucalcError('usage', `--${name}=${shown(value)} is neither yes nor no`, `--${name} or --no-${name}`);
}

function nearestOption(given: string, known: readonly string[]): string {
  const guess = didYouMean(given, known);
  return guess.near.length > 0 ? `${guessInWords(guess, '--')} ` : '';
}
