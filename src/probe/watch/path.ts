import { type Change, changeKind } from './change.js';
import { isDecided, type Reading } from './reading.js';

/** A path that is watched: a target as it was written, and what is kept of it. */
export interface WatchedPath {
  readonly target: string;
  /** Which family is asked for; null: whichever the name has. */
  readonly family: 4 | 6 | null;
  /** MTU that was given for it, octets. */
  readonly expected: number | null;
  /** The last measurement that decided something: what the next is compared with. */
  readonly base: Reading | null;
  /** Unix seconds of the measurement that showed the last change; null where none was seen. */
  readonly changedAt: number | null;
  /** Packets that were left of the budget, and when; null before the first. */
  readonly spare: { readonly at: number; readonly packets: number } | null;
  /** The newest last. */
  readonly readings: readonly Reading[];
}

export const newPath = (target: string, family: 4 | 6 | null, expected: number | null): WatchedPath => ({
  target,
  family,
  expected,
  base: null,
  changedAt: null,
  spare: null,
  readings: [],
});

/** One text for one path. */
export const keyOf = ({ target, family }: Pick<WatchedPath, 'target' | 'family'>): string =>
  `${family ?? ''} ${target}`;

/** The path with one measurement more, `keep` of them in all, and the change it shows. */
export function noted(
  path: WatchedPath,
  reading: Reading,
  keep: number,
): { readonly path: WatchedPath; readonly change: Change | null } {
  const { target, family, base } = path;
  const last = path.readings.at(-1) ?? null;
  const kind = changeKind(base, last, reading);
  const change: Change | null =
    kind === null ? null : { target, family, at: reading.at, kind, before: base ?? (last as Reading), after: reading };
  const isNews = kind === 'worse' || kind === 'better' || kind === 'other';
  return {
    path: {
      ...path,
      base: isDecided(reading) ? reading : base,
      changedAt: isNews ? reading.at : path.changedAt,
      readings: [...path.readings, reading].slice(-keep),
    },
    change,
  };
}

/** Packets that may be sent to one target: half of the hour's budget at once, the other half as the hour goes by. */
export function allowance({ spare }: WatchedPath, budget: number, now: number): number {
  const most = budget / 2;
  if (spare === null) return Math.floor(most);
  return Math.floor(Math.min(most, spare.packets + (Math.max(0, now - spare.at) * most) / 3600));
}

export const spent = (path: WatchedPath, budget: number, packets: number, now: number): WatchedPath => ({
  ...path,
  spare: { at: now, packets: Math.max(0, allowance(path, budget, now) - packets) },
});
