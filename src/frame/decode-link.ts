import { ETHERNET_FIELD, ETHERNET_HEADER } from '../packet/ethernet.js';
import { FAMILY, NULL_FIELD, NULL_HEADER } from '../packet/host-links.js';
import { COOKED_FIELD, COOKED_HEADER, COOKED2_FIELD, COOKED2_HEADER } from '../packet/linux-cooked.js';
import { u16 } from '../packet/octets.js';
import type { Frame } from './frame.js';
import { HEADER, type Header, headerOfEtherType } from './header.js';
import { cut, goOn, unknown } from './stop.js';

/** The lowest EtherType, IEEE 802.3 3.2.6. */
const LEAST_ETHER_TYPE = 0x0600;

/** Ethernet II or 802.3, from the destination address on. */
export function decodeEthernet(frame: Frame, at: number): Header {
  if (at + ETHERNET_HEADER > frame.limit) return cut(frame, at);
  return goOn(frame, at + ETHERNET_HEADER, headerOfEtherType(u16(frame.bytes, at + ETHERNET_FIELD.etherType)));
}

/** Linux `any`, the form before libpcap 1.10. */
export function decodeCooked(frame: Frame, at: number): Header {
  if (at + COOKED_HEADER > frame.limit) return cut(frame, at);
  return goOn(frame, at + COOKED_HEADER, headerOfEtherType(u16(frame.bytes, at + COOKED_FIELD.protocol)));
}

/** Linux `any`, with the device. */
export function decodeCooked2(frame: Frame, at: number): Header {
  if (at + COOKED2_HEADER > frame.limit) return cut(frame, at);
  return goOn(frame, at + COOKED2_HEADER, headerOfEtherType(u16(frame.bytes, at + COOKED2_FIELD.protocol)));
}

/**
 * BSD loopback: the address family in the writer's byte order, or the network's; some writers put an EtherType there.
 */
export function decodeNull(frame: Frame, at: number): Header {
  if (at + NULL_HEADER > frame.limit) return cut(frame, at);
  const header = headerOfFamily(familyIn(frame.bytes, at + NULL_FIELD.family));
  if (header !== HEADER.unknown) return goOn(frame, at + NULL_HEADER, header);
  const type = u16(frame.bytes, at + NULL_FIELD.family + 2);
  const plain = u16(frame.bytes, at + NULL_FIELD.family) === 0 || type === 0;
  if (plain || type < LEAST_ETHER_TYPE) return unknown(frame, at);
  return goOn(frame, at + NULL_HEADER, headerOfEtherType(type));
}

/** A 32-bit address family of either byte order; -1 where it is none. */
export function familyIn(bytes: Uint8Array, at: number): number {
  const high = u16(bytes, at);
  const low = u16(bytes, at + 2);
  return high === 0 ? low : low === 0 ? (high >> 8) | ((high & 0xff) << 8) : -1;
}

/** What an address family announces, whichever system's it is. */
export function headerOfFamily(family: number): Header {
  switch (family) {
    case FAMILY.ipv4:
      return HEADER.ipv4;
    case FAMILY.ipv6Linux:
    case FAMILY.ipv6OpenBsd:
    case FAMILY.ipv6Solaris:
    case FAMILY.ipv6FreeBsd:
    case FAMILY.ipv6Macos:
      return HEADER.ipv6;
    default:
      return HEADER.unknown;
  }
}
