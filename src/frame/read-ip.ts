import { DF, FRAGMENT_OFFSET, IPV4_FIELD, MF } from '../packet/ipv4.js';
import {
  EXTENSION,
  EXTENSION_FIELD,
  EXTENSION_LEAST,
  FRAGMENT_FIELD,
  FRAGMENT_MORE,
  FRAGMENT_START,
  IPV6_FIELD,
  IPV6_HEADER,
} from '../packet/ipv6.js';
import { u16, u32 } from '../packet/octets.js';
import type { IpView } from './ip-view.js';

/** Fills `view` from the IPv4 header at `at`, of which 20 octets are there. */
export function readIpv4(view: IpView, bytes: Uint8Array, at: number): void {
  const flags = u16(bytes, at + IPV4_FIELD.flagsOffset);
  view.family = 4;
  view.offset = at;
  view.headerLength = ((bytes[at + IPV4_FIELD.versionIhl] as number) & 15) << 2;
  view.totalLength = u16(bytes, at + IPV4_FIELD.totalLength);
  view.df = (flags & DF) !== 0;
  view.mf = (flags & MF) !== 0;
  view.fragmentOffset = (flags & FRAGMENT_OFFSET) << 3;
  view.fragment = (flags & (MF | FRAGMENT_OFFSET)) !== 0;
  view.fragmentHeader = false;
  view.id = u16(bytes, at + IPV4_FIELD.identification);
  view.ttl = bytes[at + IPV4_FIELD.ttl] as number;
  view.protocol = bytes[at + IPV4_FIELD.protocol] as number;
  view.source = at + IPV4_FIELD.source;
  view.destination = at + IPV4_FIELD.destination;
}

/** Fills `view` from the IPv6 header at `at`, of which 40 octets are there; `protocol` is what comes next. */
export function readIpv6(view: IpView, bytes: Uint8Array, at: number): void {
  view.family = 6;
  view.offset = at;
  view.headerLength = IPV6_HEADER;
  view.totalLength = u16(bytes, at + IPV6_FIELD.payloadLength) + IPV6_HEADER;
  view.df = true;
  view.mf = false;
  view.fragmentOffset = 0;
  view.fragment = false;
  view.fragmentHeader = false;
  view.id = 0;
  view.ttl = bytes[at + IPV6_FIELD.hopLimit] as number;
  view.protocol = bytes[at + IPV6_FIELD.nextHeader] as number;
  view.source = at + IPV6_FIELD.source;
  view.destination = at + IPV6_FIELD.destination;
}

/**
 * Walks the extension headers behind an IPv6 header, RFC 8200 4, and notes a fragment header in `view`. False where one
 * of them is cut off before `end`. A later piece has nothing behind its fragment header that is an extension.
 */
export function walkExtensions(view: IpView, bytes: Uint8Array, end: number): boolean {
  let { protocol } = view;
  let at = view.offset + IPV6_HEADER;
  let whole = true;
  while (isExtension(protocol)) {
    whole = at + EXTENSION_LEAST <= end;
    if (!whole) break;
    let length = EXTENSION_LEAST;
    if (protocol === EXTENSION.fragment) {
      const field = u16(bytes, at + FRAGMENT_FIELD.offset);
      view.fragmentHeader = true;
      view.fragmentOffset = field & FRAGMENT_START;
      view.mf ||= (field & FRAGMENT_MORE) !== 0;
      view.fragment ||= (field & (FRAGMENT_START | FRAGMENT_MORE)) !== 0;
      view.id = u32(bytes, at + FRAGMENT_FIELD.identification);
    } else length += (bytes[at + EXTENSION_FIELD.length] as number) << 3;
    protocol = bytes[at + EXTENSION_FIELD.nextHeader] as number;
    at += length;
    if (view.fragmentOffset !== 0) break;
  }
  view.protocol = protocol;
  view.headerLength = at - view.offset;
  return whole;
}

const isExtension = (protocol: number): boolean =>
  protocol === EXTENSION.hopByHop ||
  protocol === EXTENSION.routing ||
  protocol === EXTENSION.fragment ||
  protocol === EXTENSION.destinationOptions;
