/** Internet checksum, RFC 1071: ones' complement sum of 16-bit words, an odd octet padded with zero. */

/** Running sum over `octets`, to be continued or closed with `fold`. */
export function sum16(octets: Uint8Array, sum = 0): number {
  const even = octets.length & ~1;
  let total = sum;
  for (let i = 0; i < even; i += 2) total += ((octets[i] as number) << 8) | (octets[i + 1] as number);
  return even < octets.length ? total + ((octets[even] as number) << 8) : total;
}

/** The value that goes into the checksum field. */
export function fold(sum: number): number {
  let total = sum;
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000);
  return ~total & 0xffff;
}

/** Checksum of a header whose own checksum field is zero; over a whole valid header it gives 0. */
export const checksum = (octets: Uint8Array): number => fold(sum16(octets));

/** Sum of the pseudo-header of RFC 9293 §3.1 (IPv4) and RFC 8200 §8.1 (IPv6); `length` is header and payload. */
export function pseudoSum(source: Uint8Array, destination: Uint8Array, protocol: number, length: number): number {
  return sum16(destination, sum16(source)) + protocol + (length >>> 16) + (length & 0xffff);
}
