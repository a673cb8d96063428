import { canonical, type NamedRow, type Names, namesOf } from './alias.js';
import type { Catalogue, EncrRow, IkeWords, IntegRow } from './catalogue.js';
import { didYouMean, guessInWords } from './nearest.js';

export interface SuiteNames {
  readonly encr: Names<EncrRow>;
  readonly integ: Names<IntegRow>;
  /** Of how many tokens a name consists at most. */
  longest(): number;
  /** One token that belongs to IKE. */
  ignored(token: string): boolean;
  /** Several, joined by hyphens. */
  sequence(tokens: string): boolean;
  readonly noise: ReadonlySet<string>;
  readonly esn: ReadonlySet<string>;
}

const cache = new WeakMap<Catalogue, SuiteNames>();

/** The names of a catalogue, made once. */
export function suiteNamesOf(catalogue: Catalogue): SuiteNames {
  let tables = cache.get(catalogue);
  if (!tables) {
    const { ignored, sequences, noise, esn }: IkeWords = catalogue.ike;
    let longest: number | undefined;
    tables = {
      encr: namesOf(catalogue.encr),
      integ: namesOf(catalogue.integ),
      longest: () => {
        longest ??= longestOf(catalogue);
        return longest;
      },
      ignored: oneOf(ignored),
      sequence: oneOf(sequences),
      noise: new Set(noise),
      esn: new Set(esn),
    };
    cache.set(catalogue, tables);
  }
  return tables;
}

/** Whether a text is one of those regular expressions from end to end. */
function oneOf(patterns: readonly string[]): (text: string) => boolean {
  let any: RegExp | undefined;
  return (text) => {
    any ??= new RegExp(`^(?:${patterns.join('|')})$`);
    return any.test(text);
  };
}

function longestOf({ encr, integ }: Catalogue): number {
  let longest = 1;
  for (const { id, name, aliases } of [...encr, ...integ]) {
    for (const spelling of [canonical(id), canonical(name), ...aliases]) {
      // A name of so many words has as many letters and hyphens at least.
      if (spelling.length > 2 * longest) longest = Math.max(longest, spelling.split('-').length);
    }
  }
  return longest;
}

/** How many tokens from here are one IKE part written in several, as in prf-hmac-sha2-256; 0 for none. */
export function ikeSequence(tokens: readonly string[], at: number, { sequence }: SuiteNames): number {
  for (let length = Math.min(5, tokens.length - at); length > 1; length--) {
    if (sequence(tokens.slice(at, at + length).join('-'))) return length;
  }
  return 0;
}

export interface Found {
  readonly length: number;
  readonly encr?: NamedRow<EncrRow> | undefined;
  readonly integ?: NamedRow<IntegRow> | undefined;
}

/** The longest known name that starts at this token; a name of both kinds is the cipher's until one was found. */
export function longestName(
  tokens: readonly string[],
  at: number,
  cipherFound: boolean,
  tables: SuiteNames,
): Found | undefined {
  const left = tokens.length - at;
  for (let length = left === 1 ? 1 : Math.min(tables.longest(), left); length > 0; length--) {
    const name = tokens.slice(at, at + length).join('-');
    const encr = tables.encr.get(name);
    const integ = tables.integ.get(name);
    if (encr && (!integ || !cipherFound)) return { length, encr };
    if (integ) return { length, integ };
  }
  return undefined;
}

/** The nearest known names to a token, or to the whole text. */
export function nearestHint(token: string, text: string, known: readonly string[]): string {
  for (const name of [token, canonical(text)]) {
    const guess = didYouMean(name, known);
    if (guess.near.length > 0) return guessInWords(guess);
  }
  return '';
}

/** Whether a text names a cipher (or AH) at all, whatever else it says. */
export function namesCipher(text: string, catalogue: Catalogue): boolean {
  const tables = suiteNamesOf(catalogue);
  const tokens = canonical(text).split('-').filter(Boolean);
  return tokens.some((token, at) => {
    if (ikeSequence(tokens, at, tables) > 0 && at > 0) return false;
    const found = longestName(tokens, at, false, tables);
    return found?.encr !== undefined || token === 'ah';
  });
}
