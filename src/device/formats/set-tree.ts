import type { Paste } from '../reading.js';

/** A statement of a configuration as its words, `set` and braces alike, with its line. */
export interface Statement {
  readonly words: readonly string[];
  readonly line: number;
}

/** Statements taken; a configuration of a large router has some ten thousand. */
const MOST = 100_000;
const DEEPEST = 32;

/** `set a b c 'd'` and `a { b { c d; } }` (Junos, VyOS, EdgeOS) as one list of words each. */
export function statementsOf({ lines }: Paste): Statement[] {
  const statements: Statement[] = [];
  const path: string[][] = [];
  for (const { text, number } of lines) {
    if (statements.length >= MOST) break;
    const line = text.trim().replace(/^\S*[#$>] (?=set )/, '');
    if (/^set\s/.test(line)) statements.push({ words: wordsOf(line.slice(4)), line: number });
    else if (line.endsWith('{')) {
      if (path.length < DEEPEST) path.push(wordsOf(line.slice(0, -1)));
    } else if (/^\}/.test(line)) path.pop();
    else if (path.length > 0)
      statements.push({ words: [...path.flat(), ...wordsOf(line.replace(/;.*$/, ''))], line: number });
  }
  return statements;
}

const wordsOf = (text: string): string[] =>
  [...text.matchAll(/'([^']{0,200})'|"([^"]{0,200})"|(\S+)/g)]
    .slice(0, 40)
    .map(([, single, double, bare]) => single ?? double ?? bare ?? '');

/** The words behind a path of which `*` is any word; null where it is another statement. */
export function behind(
  { words }: Statement,
  path: string,
): { readonly stars: readonly string[]; readonly rest: readonly string[] } | null {
  const parts = path.split(' ');
  if (words.length < parts.length) return null;
  const stars: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === '*') stars.push(words[index] as string);
    else if (words[index] !== part) return null;
  }
  return { stars, rest: words.slice(parts.length) };
}
