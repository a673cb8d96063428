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

/** "did you mean pppoe or pppoe-jumbo?", or the whole list where nothing is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(name, names);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `known: ${names.slice(0, 40).join(', ')}`;
}

/** A name from outside, fit to be shown: control characters visible, not longer than a line. */
export function shown(text: string): string {
  const visible = JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text).slice(1, -1);
  return `'${visible.replaceAll('\\"', '"')}'`;
}
