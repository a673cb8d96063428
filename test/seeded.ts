import { join } from './packet/packets.js';

/** A small seeded generator (mulberry32): the same seed, the same run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Octets that mean something somewhere. */
export const nasty = [0, 1, 2, 4, 5, 0x0f, 0x40, 0x45, 0x60, 0x7f, 0x80, 0xfe, 0xff];

/** A copy with some octets changed, a piece taken out or doubled, or the end cut off. */
export function mutated(octets: Uint8Array, random: (below: number) => number): Uint8Array {
  let copy: Uint8Array = octets.slice();
  for (let changes = random(6); changes > 0 && copy.length > 0; changes--) {
    const at = random(copy.length);
    const kind = random(8);
    if (kind < 3) copy[at] = random(256);
    else if (kind < 6) copy[at] = nasty[random(nasty.length)]!;
    else if (kind === 6) copy = copy.slice(0, at);
    else copy = join(copy.subarray(0, at), octets.subarray(random(octets.length)));
  }
  return copy;
}
