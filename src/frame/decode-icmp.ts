import { u16, u32 } from '../packet/octets.js';
import type { Frame } from './frame.js';
import { PTB } from './header-bits.js';
import type { IpView } from './ip-view.js';
import { cut } from './stop.js';

/** ICMP, RFC 792 and 1191 4; ICMPv6, RFC 4443. */
export function decodeIcmp(frame: Frame, view: IpView, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 4 > end) {
    cut(frame, at);
    return;
  }
  const type = bytes[at] as number;
  const code = bytes[at + 1] as number;
  const v6 = view.protocol === 58;
  frame.transport = at;
  frame.icmpType = type;
  frame.icmpCode = code;
  const room = view.totalLength - (at - view.offset);
  frame.payload = at + 8;
  frame.payloadLength = room > 8 ? room - 8 : 0;
  const ptb = v6 ? type === 2 : type === 3 && code === 4;
  if (ptb) frame.layers |= PTB;
  if (at + 8 > end) {
    cut(frame, at);
    return;
  }
  if (ptb) frame.mtu = v6 ? u32(bytes, at + 4) : u16(bytes, at + 6);
  const error = v6 ? type >= 1 && type <= 4 : type === 3 || type === 4 || type === 5 || type === 11 || type === 12;
  if (error) decodeQuote(frame, at + 8);
}

/** The start of the packet that caused an ICMP error, RFC 1812 4.3.2.3 and 4443 2.4: as far as it goes. */
function decodeQuote(frame: Frame, at: number): void {
  const { bytes, limit: end, quote } = frame;
  quote.clear();
  if (at >= end) return;
  const view = quote.ip;
  const version = (bytes[at] as number) >> 4;
  let upper: number;
  if (version === 4 && at + 20 <= end) {
    const flags = u16(bytes, at + 6);
    view.family = 4;
    view.headerLength = ((bytes[at] as number) & 15) << 2;
    view.totalLength = u16(bytes, at + 2);
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
    upper = at + view.headerLength;
  } else if (version === 6 && at + 40 <= end) {
    view.family = 6;
    view.totalLength = u16(bytes, at + 4) + 40;
    view.df = true;
    view.mf = false;
    view.fragmentOffset = 0;
    view.fragment = false;
    view.fragmentHeader = false;
    view.id = 0;
    view.ttl = bytes[at + 7] as number;
    view.source = at + 8;
    view.destination = at + 24;
    upper = quotedExtensions(frame, at + 40, bytes[at + 6] as number);
    view.headerLength = upper - at;
  } else return;
  view.offset = at;
  if (view.fragmentOffset !== 0 || upper + 4 > end) return;
  const { protocol } = view;
  if (protocol === 6 || protocol === 17) {
    quote.sourcePort = u16(bytes, upper);
    quote.destinationPort = u16(bytes, upper + 2);
  }
  if (protocol === 6 && upper + 8 <= end) quote.seq = u32(bytes, upper + 4);
  if (protocol === 50) quote.spi = u32(bytes, upper);
  if (protocol === 17 && upper + 12 <= end && (quote.destinationPort === 4500 || quote.sourcePort === 4500)) {
    quote.spi = u32(bytes, upper + 8);
  }
}

/** Offset of the upper-layer header in a quoted IPv6 packet; sets its protocol and fragment fields. */
function quotedExtensions(frame: Frame, start: number, first: number): number {
  const { bytes, limit: end } = frame;
  const view = frame.quote.ip;
  let protocol = first;
  let at = start;
  while ((protocol === 0 || protocol === 43 || protocol === 44 || protocol === 60) && at + 8 <= end) {
    if (protocol === 44) {
      const field = u16(bytes, at + 2);
      view.fragmentHeader = true;
      view.fragmentOffset = field & 0xfff8;
      view.mf = (field & 1) !== 0;
      view.fragment = (field & 0xfff9) !== 0;
      view.id = u32(bytes, at + 4);
    }
    const length = protocol === 44 ? 8 : ((bytes[at + 1] as number) + 1) << 3;
    protocol = bytes[at] as number;
    at += length;
  }
  view.protocol = protocol;
  return at;
}
