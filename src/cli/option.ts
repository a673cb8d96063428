import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';

/** The value of an option that makes sense once. */
export function once(args: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) throw new MtucalcError('usage', `--${name} is given ${value.length} times, once is meant`);
  const text = String(value);
  printable(name, text);
  if (text === '') throw new MtucalcError('usage', `--${name} has no value`);
  return text;
}

/** Control characters have no business in an option and would reach the terminal with the answer. */
function printable(name: string, text: string): void {
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text)) {
    throw new MtucalcError('usage', `--${name} ${shown(text)} holds control characters`, 'type it again without them');
  }
}

/** The values of an option that may stand several times. */
export function every(args: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = args[name];
  const texts = value === undefined || value === null ? [] : (Array.isArray(value) ? value : [value]).map(String);
  for (const text of texts) printable(name, text);
  return texts;
}

/** A switch; undefined where neither `--name` nor `--no-name` was given. */
export function flag(args: Readonly<Record<string, unknown>>, name: string): boolean | undefined {
  const value = args[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value)) throw new MtucalcError('usage', `--${name} is given ${value.length} times, once is meant`);
  return value === true;
}

/** A whole number of octets or the like, within limits. */
export function wholeNumber(
  args: Readonly<Record<string, unknown>>,
  name: string,
  [low, high]: readonly [number, number],
): number | undefined {
  const text = once(args, name);
  if (text === undefined) return undefined;
  if (!/^[+-]?\d{1,15}$/.test(text))
    throw new MtucalcError(
      'usage',
      `--${name} ${shown(text)} is not a whole number`,
      `give a number from ${low} to ${high}`,
    );
  const value = Number(text);
  if (value < low || value > high) throw new MtucalcError('usage', `--${name} ${value} is outside ${low} to ${high}`);
  return value;
}

/** One of a few words. */
export function choice<const W extends string>(
  args: Readonly<Record<string, unknown>>,
  name: string,
  words: readonly W[],
): W | undefined {
  const text = once(args, name);
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text.toLowerCase());
  if (!found) throw new MtucalcError('usage', `--${name} ${shown(text)} is not known`, `one of ${words.join(', ')}`);
  return found;
}

/** An IP version written 4, v4 or ipv4. */
export function family(args: Readonly<Record<string, unknown>>, name: string): 4 | 6 | undefined {
  const text = once(args, name);
  if (text === undefined) return undefined;
  const found = /^(?:ip)?v?([46])$/i.exec(text)?.[1];
  if (!found)
    throw new MtucalcError('usage', `--${name} ${shown(text)} is no IP version`, `--${name} 4 or --${name} 6`);
  return found === '4' ? 4 : 6;
}
