import { groupsText } from '../../packet/address.js';

/** Text of an address whose words stand in `words` from `at`: dotted for IPv4, RFC 5952 for IPv6. */
export function formatAddress(words: Int32Array, at: number, family: 4 | 6): string {
  if (family === 4) {
    const word = words[at]! >>> 0;
    return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
  }
  const groups: number[] = [];
  for (let index = 0; index < 4; index++) {
    const word = words[at + index]! >>> 0;
    groups.push(word >>> 16, word & 0xffff);
  }
  return groupsText(groups);
}

/** Copies the address at `offset` of `bytes` into `words` from `at`; IPv4 leaves the last three words 0. */
export function copyAddress(bytes: Uint8Array, offset: number, family: number, words: Int32Array, at: number): void {
  words[at] = word(bytes, offset);
  if (family === 4) {
    words[at + 1] = 0;
    words[at + 2] = 0;
    words[at + 3] = 0;
    return;
  }
  words[at + 1] = word(bytes, offset + 4);
  words[at + 2] = word(bytes, offset + 8);
  words[at + 3] = word(bytes, offset + 12);
}

/** Big-endian 32-bit word. */
const word = (bytes: Uint8Array, offset: number): number =>
  (bytes[offset]! << 24) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
