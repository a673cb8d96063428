import { LARGEST_FRAME } from './limits.js';
import { u32In } from './order.js';

/** Type, length, length again. */
const FRAMING = 12;
/** Section, interface, old, simple and enhanced packet, names, statistics, journal. */
const types: readonly number[] = [0x0a0d0d0a, 1, 2, 3, 6, 4, 5, 9];

/** The next place in `bytes` from `from` on where a known block begins and ends with the same length, or -1. */
export function findBlock(bytes: Uint8Array, from: number, length: number, little: boolean): number {
  for (let at = from; at + FRAMING <= length; at++) {
    if (!types.includes(u32In(bytes, at, little))) continue;
    const said = u32In(bytes, at + 4, little);
    if (said < FRAMING || said > LARGEST_FRAME || said & 3 || at + said > length) continue;
    if (u32In(bytes, at + said - 4, little) === said) return at;
  }
  return -1;
}
