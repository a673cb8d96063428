import { IPV4_FIELD, IPV4_HEADER } from '../packet/ipv4.js';
import { EXTENSION, IPV6_FIELD, IPV6_HEADER } from '../packet/ipv6.js';
import { u16 } from '../packet/octets.js';
import type { Frame } from './frame.js';
import { HEADER, type Header, headerOfProtocol } from './header.js';
import { OUTER_FRAGMENT } from './header-bits.js';
import type { IpView } from './ip-view.js';
import { readIpv4, readIpv6, walkExtensions } from './read-ip.js';
import { cut, goOn, malformed } from './stop.js';

/** IPv4 or IPv6 by the version in the first half octet. */
export function decodeIp(frame: Frame, at: number): Header {
  if (at >= frame.limit) return cut(frame, at);
  const version = (frame.bytes[at] as number) >> 4;
  if (version === 4) return decodeIpv4(frame, at);
  return version === 6 ? decodeIpv6(frame, at) : malformed(frame, at);
}

/** The first IP header of a frame is `outer`, each further one `inner`. */
function viewFor(frame: Frame): IpView {
  if (frame.outer.family === 0) return frame.outer;
  frame.ip = frame.inner;
  return frame.inner;
}

/** A header that cannot be read: what the link announced is kept, and its length where that is there. */
function refuse(frame: Frame, at: number, family: 4 | 6): void {
  if (frame.outer.family !== 0 || frame.announced !== 0) return;
  const field = at + (family === 4 ? IPV4_FIELD.totalLength : IPV6_FIELD.payloadLength);
  const sane = at < frame.limit && (family === 6 || readableStart(frame.bytes[at] as number));
  frame.announced = family;
  frame.announcedLength =
    sane && field + 2 <= frame.limit ? u16(frame.bytes, field) + (family === 6 ? IPV6_HEADER : 0) : -1;
}

const readableStart = (first: number): boolean => first >> 4 === 4 && (first & 15) << 2 >= IPV4_HEADER;

/** IPv4, RFC 791 3.1. */
export function decodeIpv4(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + IPV4_HEADER > end) {
    refuse(frame, at, 4);
    return cut(frame, at);
  }
  const first = bytes[at + IPV4_FIELD.versionIhl] as number;
  const said = u16(bytes, at + IPV4_FIELD.totalLength);
  const totalLength = said === 0 ? frame.wire - at : said;
  if (said === 0) frame.superPacket = true;
  if (!readableStart(first) || totalLength < (first & 15) << 2) {
    refuse(frame, at, 4);
    return malformed(frame, at);
  }
  const view = viewFor(frame);
  readIpv4(view, bytes, at);
  view.totalLength = totalLength;
  if (at + totalLength < end) frame.limit = at + totalLength;
  if (view.fragment) {
    if (view === frame.outer) frame.layers |= OUTER_FRAGMENT;
    if (view.fragmentOffset !== 0) return HEADER.end;
  }
  return goOn(frame, at + view.headerLength, headerOfProtocol(view.protocol));
}

/** IPv6 and its extension headers, RFC 8200 3 and 4. */
export function decodeIpv6(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + IPV6_HEADER > end) {
    if (at >= end || (bytes[at] as number) >> 4 === 6) refuse(frame, at, 6);
    return cut(frame, at);
  }
  if ((bytes[at] as number) >> 4 !== 6) return malformed(frame, at);
  const view = viewFor(frame);
  readIpv6(view, bytes, at);
  if (view.totalLength === IPV6_HEADER && view.protocol !== EXTENSION.noNext) {
    // A jumbogram (RFC 2675) or a super-packet before segmentation; either way the wire length says it.
    view.totalLength = frame.wire - at;
    frame.superPacket = true;
  }
  if (at + view.totalLength < end) frame.limit = at + view.totalLength;
  const whole = walkExtensions(view, bytes, frame.limit);
  if (view.fragment && view === frame.outer) frame.layers |= OUTER_FRAGMENT;
  const next = at + view.headerLength;
  if (!whole) return cut(frame, next);
  return view.fragmentOffset !== 0 ? HEADER.end : goOn(frame, next, headerOfProtocol(view.protocol));
}
