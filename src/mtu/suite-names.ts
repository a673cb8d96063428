import { aliasTable, canonical, type NamedRow } from './alias.js';
import type { Catalogue, EncrRow, IkeWords, IntegRow } from './catalogue.js';
import { didYouMean, guessInWords } from './nearest.js';

export interface SuiteNames {
  readonly encr: ReadonlyMap<string, NamedRow<EncrRow>>;
  readonly integ: ReadonlyMap<string, NamedRow<IntegRow>>;
  readonly longest: number;
  readonly ignored: RegExp;
  readonly sequences: RegExp;
  readonly noise: ReadonlySet<string>;
  readonly esn: ReadonlySet<string>;
}

const cache = new WeakMap<Catalogue, SuiteNames>();

/** The names of a catalogue, made once. */
export function suiteNamesOf(catalogue: Catalogue): SuiteNames {
  let tables = cache.get(catalogue);
  if (!tables) {
    const encr = aliasTable(catalogue.encr);
    const integ = aliasTable(catalogue.integ);
    let longest = 1;
    for (const table of [encr, integ]) {
      for (const name of table.keys()) {
        // A name of so many words has as many letters and hyphens at least.
        if (name.length > 2 * longest) longest = Math.max(longest, name.split('-').length);
      }
    }
    const { ignored, sequences, noise, esn }: IkeWords = catalogue.ike;
    tables = {
      encr,
      integ,
      longest,
      ignored: new RegExp(`^(?:${ignored.join('|')})$`),
      sequences: new RegExp(`^(?:${sequences.join('|')})$`),
      noise: new Set(noise),
      esn: new Set(esn),
    };
    cache.set(catalogue, tables);
  }
  return tables;
}

/** How many tokens from here are one IKE part written in several, as in prf-hmac-sha2-256; 0 for none. */
export function ikeSequence(tokens: readonly string[], at: number, { sequences }: SuiteNames): number {
  for (let length = Math.min(5, tokens.length - at); length > 1; length--) {
    if (sequences.test(tokens.slice(at, at + length).join('-'))) return length;
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
  for (let length = Math.min(tables.longest, tokens.length - at); length > 0; length--) {
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
