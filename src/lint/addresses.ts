import { addressText } from '../packet/address.js';
import { addressOctets } from '../packet/address-octets.js';

/** One IP address as a number of its version. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** Addresses from `low` to `high`, both included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly low: bigint;
  readonly high: bigint;
}

export type AddressSet = readonly AddressRange[];

const BITS: Readonly<Record<4 | 6, bigint>> = { 4: 32n, 6: 128n };

/** "10.1.2.3", "2001:db8::1"; undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  const octets = text.includes('%') ? undefined : addressOctets(text);
  if (!octets) return undefined;
  const value = octets.reduce((number, octet) => number * 256n + BigInt(octet), 0n);
  return { family: octets.length === 4 ? 4 : 6, value };
}

/** An address, "10.0.0.0/8", "10.0.0.0/255.0.0.0" or "10.0.0.1-10.0.0.9". */
export function parseRange(text: string): AddressRange | undefined {
  const [first = '', last] = text.split('-');
  if (last !== undefined) {
    const [low, high] = [parseAddress(first.trim()), parseAddress(last.trim())];
    return low && high && low.family === high.family && low.value <= high.value
      ? { family: low.family, low: low.value, high: high.value }
      : undefined;
  }
  const [host = '', mask] = text.trim().split('/');
  const address = parseAddress(host);
  if (!address) return undefined;
  const bits = BITS[address.family];
  let length = bits;
  if (mask !== undefined) {
    const dotted = mask.includes('.') ? parseAddress(mask)?.value : undefined;
    if (dotted !== undefined) length = BigInt(dotted.toString(2).replace(/0+$/, '').length);
    else if (/^\d{1,3}$/.test(mask) && BigInt(mask) <= bits) length = BigInt(mask);
    else return undefined;
  }
  const size = 1n << (bits - length);
  const low = (address.value / size) * size;
  return { family: address.family, low, high: low + size - 1n };
}

export const within = (set: AddressSet, { family, value }: Address): boolean =>
  set.some((range) => range.family === family && range.low <= value && value <= range.high);

/** An address inside a range that is no host of its own: the network address and what follows it are left. */
export const oneOf = ({ family, low, high }: AddressRange): Address => ({
  family,
  value: high - low >= 2n ? low + 2n : low,
});

/** An address that no set names: what any other host of the Internet has. */
export const elsewhere = (family: 4 | 6, side: 'lan' | 'far'): Address =>
  parseAddress(ELSEWHERE[side][family]) as Address;

const ELSEWHERE = {
  lan: { 4: '192.0.2.77', 6: '2001:db8:a77::77' },
  far: { 4: '203.0.113.77', 6: '2001:db8:b77::77' },
} as const;

export function textOfAddress({ family, value }: Address): string {
  const count = Number(BITS[family]) / 8;
  const octets = Uint8Array.from({ length: count }, (_, at) => Number((value >> BigInt(8 * (count - 1 - at))) & 255n));
  return addressText(octets, 0, family);
}
