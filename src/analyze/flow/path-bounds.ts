import { formatAddress } from './address.js';

/** What flows prove of one host's packets to another. Octets of whole IP packets, times in seconds. */
export interface PathBound {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  /**
   * Largest packet that arrived; the first frame of its flow, and when the last flow ended that got so much through.
   */
  readonly arrived: number;
  readonly flow: number;
  readonly last: number;
  /** The same of all other flows. */
  readonly elsewhere: number;
  readonly elsewhereLast: number;
}

/** Words of one bound. */
export const BOUND = { FAMILY: 0, FROM: 1, TO: 5, ARRIVED: 9, FLOW: 10, ELSEWHERE: 11 } as const;
export const BOUND_WORDS = 12;

/**
 * Bounds as a table holds them, `BOUND_WORDS` and two times each: of thousands of pairs few are ever named, and their
 * names took longer to write than all that is concluded from them. A worker thread can hand it over.
 */
export interface PackedBounds {
  readonly words: Int32Array;
  /** When the flows of `ARRIVED` and `ELSEWHERE` ended. */
  readonly times: Float64Array;
}

/** In the order in which the pairs were met. */
export function* boundsOf({ words, times }: PackedBounds): Generator<PathBound, void, undefined> {
  for (let at = 0, pair = 0; at < words.length; at += BOUND_WORDS, pair += 2) {
    const family = words[at + BOUND.FAMILY] === 6 ? 6 : 4;
    yield {
      from: formatAddress(words, at + BOUND.FROM, family),
      to: formatAddress(words, at + BOUND.TO, family),
      family,
      arrived: words[at + BOUND.ARRIVED]!,
      flow: words[at + BOUND.FLOW]!,
      last: times[pair]!,
      elsewhere: words[at + BOUND.ELSEWHERE]!,
      elsewhereLast: times[pair + 1]!,
    };
  }
}

/** Octets of the largest packet that arrived on any of them; 0: none did. */
export function largestBound({ words }: PackedBounds): number {
  let largest = 0;
  for (let at = BOUND.ARRIVED; at < words.length; at += BOUND_WORDS) largest = Math.max(largest, words[at]!);
  return largest;
}

/** By names, of those that somebody asked about. */
const named = new WeakMap<PackedBounds, ReadonlyMap<string, PathBound>>();

/** The bound of one host's packets to another, both as bare addresses; undefined where nothing is proven. */
export function boundBetween(bounds: PackedBounds, from: string, to: string): PathBound | undefined {
  let byName = named.get(bounds);
  if (byName === undefined) {
    byName = new Map(Array.from(boundsOf(bounds), (one) => [`${one.from} ${one.to}`, one]));
    named.set(bounds, byName);
  }
  return byName.get(`${from} ${to}`);
}
