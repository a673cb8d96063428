import { distance } from 'fastest-levenshtein';

/** The known names nearest to an unknown one, best first, at most three; none that share nothing with it. */
export function nearest(name: string, known: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const ranked = [...new Set(known)]
    .map((candidate) => ({
      candidate,
      far:
        candidate.startsWith(wanted) || wanted.startsWith(candidate) ? 0.5 : distance(wanted, candidate.toLowerCase()),
    }))
    .filter(({ candidate, far }) => far <= Math.max(2, Math.floor(Math.max(candidate.length, wanted.length) / 3)))
    .sort((a, b) => a.far - b.far || a.candidate.length - b.candidate.length);
  return ranked.slice(0, 3).map(({ candidate }) => candidate);
}

/** What to offer in place of an unknown name. */
export interface Guess {
  /** The nearest, best first; empty where none is near. */
  readonly near: readonly string[];
  readonly known: readonly string[];
}

export function didYouMean(name: string, known: Iterable<string>): Guess {
  const names = [...known];
  return { near: nearest(name, names), known: names };
}

/** "did you mean pppoe or pppoe-jumbo?", or the whole list where nothing is near; `mark` stands before each name. */
export const guessInWords = ({ near, known }: Guess, mark = ''): string =>
  near.length > 0
    ? `did you mean ${near.map((name) => mark + name).join(' or ')}?`
    : `known: ${known
        .slice(0, 40)
        .map((name) => mark + name)
        .join(', ')}`;

/** The hint beside an unknown name. */
export const hintFor = (name: string, known: Iterable<string>): string => guessInWords(didYouMean(name, known));

/** The hint beside an unknown name of a row: its other spellings are looked through where no row's own name is near. */
export function hintForRow(
  name: string,
  rows: readonly { readonly id: string; readonly aliases: readonly string[] }[],
): string {
  const known = rows.map(({ id }) => id);
  const near = nearest(name, known);
  return guessInWords({
    near:
      near.length > 0
        ? near
        : nearest(
            name,
            rows.flatMap(({ aliases }) => aliases),
          ),
    known,
  });
}

/** A name from outside, fit to be shown: control characters visible, not longer than a line. */
export function shown(text: string): string {
  const visible = JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text).slice(1, -1);
  return `'${visible.replaceAll('\\"', '"')}'`;
}
