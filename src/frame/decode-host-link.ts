import {
  ENC_FIELD,
  ENC_HEADER,
  IPNET_FIELD,
  IPNET_HEADER,
  JUNIPER_FIELD,
  JUNIPER_FLAG,
  JUNIPER_HEADER,
  NFLOG_FIELD,
  NFLOG_HEADER,
  NFLOG_PAYLOAD,
  NFLOG_TLV,
  NFLOG_TLV_FIELD,
  NFLOG_TYPE,
  PFLOG_FIELD,
  PFLOG_LEAST,
} from '../packet/host-links.js';
import { u16, u16Little } from '../packet/octets.js';
import { familyIn, headerOfFamily } from './decode-link.js';
import type { Frame } from './frame.js';
import { HEADER, type Header } from './header.js';
import { cut, goOn, malformed, unknown } from './stop.js';

/** enc(4) of OpenBSD, FreeBSD, pfSense and OPNsense: packets before they are encrypted, and after. */
export function decodeEnc(frame: Frame, at: number): Header {
  if (at + ENC_HEADER > frame.limit) return cut(frame, at);
  return goOn(frame, at + ENC_HEADER, headerOfFamily(familyIn(frame.bytes, at + ENC_FIELD.family)));
}

/** pflog(4): packets that a rule of pf logs. */
export function decodePflog(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + PFLOG_LEAST > end) return cut(frame, at);
  const length = ((bytes[at + PFLOG_FIELD.length] as number) + 3) & ~3;
  if (length < PFLOG_LEAST) return malformed(frame, at);
  return goOn(frame, at + length, headerOfFamily(bytes[at + PFLOG_FIELD.family] as number));
}

/** NFLOG, how packets of a policy-based IPsec tunnel are recorded in clear on Linux. */
export function decodeNflog(frame: Frame, start: number): Header {
  const { bytes, limit: end } = frame;
  // The kernel hands over the start of a packet as one field: the record's length is not the packet's.
  frame.wire = Number.MAX_SAFE_INTEGER;
  let at = start + NFLOG_HEADER;
  while (at + NFLOG_TLV <= end) {
    // A type is below 256 and never 0: the octet that is zero tells the byte order.
    const big = (bytes[at + NFLOG_TLV_FIELD.type] as number) === 0;
    const length = big ? u16(bytes, at + NFLOG_TLV_FIELD.length) : u16Little(bytes, at + NFLOG_TLV_FIELD.length);
    const type = big ? u16(bytes, at + NFLOG_TLV_FIELD.type) : u16Little(bytes, at + NFLOG_TLV_FIELD.type);
    if (length < NFLOG_TLV) return malformed(frame, at);
    if ((type & NFLOG_TYPE) === NFLOG_PAYLOAD) {
      const header = headerOfFamily(bytes[start + NFLOG_FIELD.family] as number);
      return goOn(frame, at + NFLOG_TLV, header === HEADER.unknown ? HEADER.ip : header);
    }
    at += (length + 3) & ~3;
  }
  return cut(frame, at);
}

/** Solaris ipnet(7D). */
export function decodeIpnet(frame: Frame, at: number): Header {
  if (at + IPNET_HEADER > frame.limit) return cut(frame, at);
  return goOn(frame, at + IPNET_HEADER, headerOfFamily(frame.bytes[at + IPNET_FIELD.family] as number));
}

/** Juniper's Ethernet pseudo-header. */
export function decodeJuniper(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + JUNIPER_HEADER + 2 > end) return cut(frame, at);
  const flags = bytes[at + JUNIPER_FIELD.flags] as number;
  if (flags & JUNIPER_FLAG.noLink) return unknown(frame, at);
  const extensions = flags & JUNIPER_FLAG.extensions ? 2 + u16(bytes, at + JUNIPER_FIELD.extensions) : 0;
  return goOn(frame, at + JUNIPER_HEADER + extensions, HEADER.ethernet);
}
