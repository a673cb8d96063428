/** Odd factors of the words of an IPv6 address behind the first, of either end. */
export const REST = {
  a: 0x1e3779b1,
  b: 0x45ebca6b,
  c: 0x42b2ae35,
  d: 0x27d4eb2f,
  e: 0x165667b1,
  f: 0x53a2646d,
} as const;

/** An IPv4 key has its differences in four words, an IPv6 key in all ten. */
export function hashOf(keys: Int32Array, at: number): number {
  let hash = Math.imul(keys[at]! ^ 0x2c1b3c6d, 0x9e3779b1) ^ keys[at + 1]!;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ keys[at + 2]!;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ keys[at + 6]!;
  hash = Math.imul(hash ^ (hash >>> 15), 0x9e3779b1);
  // Products that do not wait for each other.
  if (keys[at]! & 1) {
    const lower =
      Math.imul(keys[at + 3]!, REST.a) + Math.imul(keys[at + 4]!, REST.b) + Math.imul(keys[at + 5]!, REST.c);
    const higher =
      Math.imul(keys[at + 7]!, REST.d) + Math.imul(keys[at + 8]!, REST.e) + Math.imul(keys[at + 9]!, REST.f);
    hash = Math.imul(hash ^ ((lower + higher) | 0), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash ^ (hash >>> 16);
}
