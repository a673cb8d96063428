import { u16, u32 } from '../packet/octets.js';
import { decodeUpper } from './decode-upper.js';
import { DEEPEST, type Frame, Stop } from './frame.js';
import { AH, OUTER_FRAGMENT } from './header-bits.js';
import type { IpView } from './ip-view.js';
import { cut, malformed } from './stop.js';

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const FRAGMENT_HEADER = 8;
const NO_NEXT_HEADER = 59;

/** IPv4 or IPv6 by the version in the first half octet. */
export function decodeIp(frame: Frame, at: number): void {
  if (at >= frame.limit) {
    cut(frame, at);
    return;
  }
  const version = (frame.bytes[at] as number) >> 4;
  if (version === 4) decodeIpv4(frame, at);
  else if (version === 6) decodeIpv6(frame, at);
  else malformed(frame, at);
}

/** The first IP header of a frame is `outer`, each further one `inner`. */
function viewFor(frame: Frame): IpView {
  if (frame.outer.family === 0) return frame.outer;
  frame.ip = frame.inner;
  return frame.inner;
}

/** A header that cannot be read: what the link announced is kept, and its length where that is there. */
function refuse(frame: Frame, at: number, family: 4 | 6): void {
  const field = family === 4 ? at + 2 : at + 4;
  if (frame.outer.family === 0 && frame.announced === 0) {
    frame.announced = family;
    const sane = at < frame.limit && (family === 6 || readableStart(frame.bytes[at] as number));
    frame.announcedLength =
      sane && field + 2 <= frame.limit ? u16(frame.bytes, field) + (family === 6 ? IPV6_HEADER : 0) : -1;
  }
}

const readableStart = (first: number): boolean => first >> 4 === 4 && (first & 15) >= 5;

/** IPv4, RFC 791 3.1. */
export function decodeIpv4(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + IPV4_HEADER > end) {
    refuse(frame, at, 4);
    cut(frame, at);
    return;
  }
  const first = bytes[at] as number;
  const headerLength = (first & 15) << 2;
  let totalLength = u16(bytes, at + 2);
  if (totalLength === 0) {
    totalLength = frame.start + frame.originalLength - at;
    frame.superPacket = true;
  }
  if (first >> 4 !== 4 || headerLength < IPV4_HEADER || totalLength < headerLength) {
    refuse(frame, at, 4);
    malformed(frame, at);
    return;
  }
  const view = viewFor(frame);
  const flags = u16(bytes, at + 6);
  view.family = 4;
  view.offset = at;
  view.headerLength = headerLength;
  view.totalLength = totalLength;
  view.df = (flags & 0x4000) !== 0;
  view.mf = (flags & 0x2000) !== 0;
  view.fragmentOffset = (flags & 0x1fff) << 3;
  view.fragment = (flags & 0x3fff) !== 0;
  view.fragmentHeader = false;
  view.id = u16(bytes, at + 4);
  view.ttl = bytes[at + 8] as number;
  view.protocol = bytes[at + 9] as number;
  view.source = at + 12;
  view.destination = at + 16;
  if (at + totalLength < end) frame.limit = at + totalLength;
  if (view.fragment) {
    if (view === frame.outer) frame.layers |= OUTER_FRAGMENT;
    if (view.fragmentOffset !== 0) return;
  }
  decodeUpper(frame, view, view.protocol, at + headerLength);
}

/** IPv6 and its extension headers, RFC 8200 3 and 4. */
export function decodeIpv6(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + IPV6_HEADER > end) {
    if (at >= end || (bytes[at] as number) >> 4 === 6) refuse(frame, at, 6);
    cut(frame, at);
    return;
  }
  if ((bytes[at] as number) >> 4 !== 6) {
    malformed(frame, at);
    return;
  }
  const view = viewFor(frame);
  const payload = u16(bytes, at + 4);
  view.family = 6;
  view.offset = at;
  view.headerLength = IPV6_HEADER;
  view.totalLength = payload + IPV6_HEADER;
  if (payload === 0 && bytes[at + 6] !== NO_NEXT_HEADER) {
    // A jumbogram (RFC 2675) or a super-packet before segmentation; either way the wire length says it.
    view.totalLength = frame.start + frame.originalLength - at;
    frame.superPacket = true;
  }
  if (at + view.totalLength < end) frame.limit = at + view.totalLength;
  view.df = true;
  view.mf = false;
  view.fragmentOffset = 0;
  view.fragment = false;
  view.fragmentHeader = false;
  view.id = 0;
  view.ttl = bytes[at + 7] as number;
  view.source = at + 8;
  view.destination = at + 24;
  walkExtensions(frame, view, bytes[at + 6] as number, at + IPV6_HEADER);
}

function walkExtensions(frame: Frame, view: IpView, first: number, start: number): void {
  const { bytes, limit: end } = frame;
  let protocol = first;
  let at = start;
  while (protocol === 0 || protocol === 43 || protocol === 44 || protocol === 60) {
    if (at + FRAGMENT_HEADER > end) {
      view.protocol = protocol;
      view.headerLength = at - view.offset;
      cut(frame, at);
      return;
    }
    if (protocol === 44) {
      const field = u16(bytes, at + 2);
      view.fragmentHeader = true;
      view.fragmentOffset = field & 0xfff8;
      view.mf = view.mf || (field & 1) !== 0;
      view.fragment = view.fragment || (field & 0xfff9) !== 0;
      view.id = u32(bytes, at + 4);
      if (view.fragment && view === frame.outer) frame.layers |= OUTER_FRAGMENT;
    }
    const length = protocol === 44 ? FRAGMENT_HEADER : ((bytes[at + 1] as number) + 1) << 3;
    protocol = bytes[at] as number;
    at += length;
    if (view.fragmentOffset !== 0) {
      view.protocol = protocol;
      view.headerLength = at - view.offset;
      return;
    }
  }
  view.protocol = protocol;
  view.headerLength = at - view.offset;
  decodeUpper(frame, view, protocol, at);
}

/** Authentication Header, RFC 4302 2: counted, then read through. */
export function decodeAh(frame: Frame, view: IpView, at: number): void {
  const { bytes, limit: end } = frame;
  frame.layers |= AH;
  if (at + 8 > end) {
    cut(frame, at);
    return;
  }
  const length = ((bytes[at + 1] as number) + 2) << 2;
  view.protocol = bytes[at] as number;
  decodeUpper(frame, view, view.protocol, at + length);
}

/** Notes a tunnel; false where the nesting is deeper than is followed. */
export function enterTunnel(frame: Frame, kind: number, at: number): boolean {
  frame.layers |= kind;
  if (frame.tunnels === DEEPEST) {
    frame.stop = Stop.deep;
    frame.stopAt = at;
    return false;
  }
  frame.path[frame.tunnels] = kind;
  frame.tunnels += 1;
  return true;
}
