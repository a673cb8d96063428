import { ETHERNET_MTU } from '../flow/sizes.js';
import type { FragmentGroup } from '../log/fragment-log.js';

/**
 * The most that encapsulation in UDP adds to a full packet, octets: outer IPv6, UDP, and what OpenVPN needs with the
 * largest ciphers.
 */
const MOST_OVERHEAD = 180;
/** Datagrams of one and the same size, so many of all: full packets of one connection inside. */
const LEAST_SAME = 3;

/**
 * Whether what is cut into pieces is itself a packet with something inside: by its protocol, or, in UDP of no known
 * port, because its datagrams are full Ethernet packets and one constant overhead, again and again. An application's
 * are of any size.
 */
export function isEncapsulated({ kind, application, largestDatagram, atLargest, complete }: FragmentGroup): boolean {
  if (kind === 'esp' || kind === 'natt' || kind === 'tunnel') return true;
  if (kind !== 'udp' || application || atLargest < LEAST_SAME || atLargest * 2 < complete) return false;
  return largestDatagram > ETHERNET_MTU && largestDatagram <= ETHERNET_MTU + MOST_OVERHEAD;
}
