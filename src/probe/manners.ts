import { ipv4Octets } from '../packet/ipv4.js';
import { ipv6Octets } from '../packet/ipv6.js';

/** Packets per second and in all, unless the user says otherwise. */
export interface Manners {
  readonly pps: number;
  readonly maxProbes: number;
}

/** Network and prefix length of addresses that are not somebody else's (IANA special-purpose registries). */
const own4: readonly (readonly [string, number])[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['198.18.0.0', 15],
];
const own6: readonly (readonly [string, number])[] = [
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
  ['2001:db8::', 32],
];

/**
 * Gentle towards the internet: a hundred packets in all. On networks of one's own, certainty under loss may cost more.
 */
export function mannersFor(family: 4 | 6, address: string): Manners {
  const octets = family === 4 ? ipv4Octets(address) : ipv6Octets(address);
  const own = (family === 4 ? own4 : own6).some(([network, length]) =>
    isWithin(octets, family === 4 ? ipv4Octets(network) : ipv6Octets(network), length),
  );
  return own ? { pps: 1000, maxProbes: 600 } : { pps: 500, maxProbes: 100 };
}

function isWithin(octets: Uint8Array, network: Uint8Array, length: number): boolean {
  for (let bit = 0; bit < length; bit++) {
    const mask = 0x80 >> (bit & 7);
    if (((octets[bit >> 3] as number) & mask) !== ((network[bit >> 3] as number) & mask)) return false;
  }
  return true;
}
