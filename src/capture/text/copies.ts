import type { FrameRecord } from './frames.js';

/** Seconds within which the second view of a packet follows the first: a path, not a timeout (RFC 6298: 1 s, Linux 0.2 s). */
const SOON = 0.15;
/** Of the segments of one direction, so many come twice where two places were recorded into one text. */
const NEARLY_ALL = 0.75;
const FEWEST = 4;

/**
 * Second views of packets in a text that does not say where each was seen. One packet may be sent again; where nearly all of
 * a direction come twice, two devices were recorded.
 */
export function copiesIn(records: readonly FrameRecord[]): ReadonlySet<number> {
  const first = new Map<string, number>();
  const directions = new Map<string, { segments: number; again: number[] }>();
  for (const [index, { same, time, place }] of records.entries()) {
    if (same === null || time === null) continue;
    const key = `${place} ${same.direction} ${same.numbers}`;
    const direction = directions.get(`${place} ${same.direction}`) ?? { segments: 0, again: [] };
    directions.set(`${place} ${same.direction}`, direction);
    direction.segments++;
    const before = first.get(key);
    const then = before === undefined ? null : (records[before] as FrameRecord).time;
    if (then !== null && time - then <= SOON) {
      direction.again.push(index);
      first.delete(key);
    } else first.set(key, index);
  }
  const copies = [...directions.values()].filter(({ segments, again }) => {
    return segments >= FEWEST && again.length * 2 >= segments * NEARLY_ALL;
  });
  return new Set(copies.flatMap(({ again }) => again));
}

/** The component that shows most packets: each of the others shows the same ones again. */
export function mostSeen(records: readonly FrameRecord[], isComponent: (place: number) => boolean): number | null {
  const counts = new Map<number, number>();
  for (const { place } of records) if (isComponent(place)) counts.set(place, (counts.get(place) ?? 0) + 1);
  let most: number | null = null;
  for (const [place, count] of counts) if (most === null || count > (counts.get(most) ?? 0)) most = place;
  return most;
}
