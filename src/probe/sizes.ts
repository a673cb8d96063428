import { IPV4_MINIMUM_MTU, IPV4_REASSEMBLY_MINIMUM } from '../packet/ipv4.js';
import { IPV6_MINIMUM_MTU } from '../packet/ipv6.js';

/** No PTB can rightly say less, octets: RFC 791 §3.2, RFC 8200 §5. */
export const leastMtu = (family: 4 | 6): number => (family === 4 ? IPV4_MINIMUM_MTU : IPV6_MINIMUM_MTU);

/** Size of a control probe, octets: what every host takes in (RFC 791 §3.1, RFC 8200 §5). */
export const controlSize = (family: 4 | 6): number => (family === 4 ? IPV4_REASSEMBLY_MINIMUM : IPV6_MINIMUM_MTU);

/**
 * What still gets through a link far below the minimum; room for the headers and a number to be recognised by. Octets.
 */
export const tinySize = (family: 4 | 6): number => (family === 4 ? IPV4_MINIMUM_MTU : 96);

/** Sizes at which paths usually end, largest first: links, tunnels and the round numbers people configure. */
const usual = [
  9000, 8192, 4470, 2002, 1600, 1500, 1492, 1480, 1472, 1460, 1450, 1440, 1420, 1412, 1400, 1380, 1360, 1320, 1280,
] as const;
/** Below 1280 they are rare; a coarse ladder is enough, once nothing larger arrives. */
const rare = [1180, 1092, 1006, 900, 800, 700, 640] as const;

/** The usual sizes and the rare ones strictly between two limits, largest first. */
export const ladder = (low: number, high: number): number[] =>
  [...usual, ...rare].filter((size) => size > low && size < high);

export const isUsual = (size: number): boolean => [...usual, ...rare].some((known) => known === size);

/**
 * First sizes to try strictly between two limits, smallest first: the usual ones, or an even spread where few are
 * known.
 */
export function firstSizes(low: number, high: number, most: number): number[] {
  const inside = (sizes: readonly number[]): number[] => sizes.filter((size) => size > low && size < high).reverse();
  const known = inside(usual);
  if (known.length >= 3) return known;
  const ladder = [...inside(rare), ...known];
  return ladder.length >= 3 ? ladder : spread(low, high, most);
}

/**
 * Up to `most` sizes that cut the room strictly between two limits into equal parts; all of them where they are few.
 */
export function spread(low: number, high: number, most: number): number[] {
  const inside = high - low - 1;
  if (inside <= most) return Array.from({ length: Math.max(0, inside) }, (_, i) => low + 1 + i);
  return Array.from({ length: most }, (_, i) => low + Math.ceil(((i + 1) * (inside + 1)) / (most + 1)));
}
