import { u16 } from '../packet/octets.js';
import { decodeIpv4, decodeIpv6 } from './decode-ip.js';
import { decodeEthernet, decodeEtherType, decodeLink } from './decode-link.js';
import { decodeLlc } from './decode-tag.js';
import type { Frame } from './frame.js';
import { cut, unknown } from './stop.js';

/** Frame Relay: Q.922 address, then an EtherType (Cisco) or NLPID (RFC 2427 3). */
export function decodeFrameRelay(frame: Frame, start: number): void {
  const { bytes, limit: end } = frame;
  let at = start;
  while (at < end && ((bytes[at] as number) & 1) === 0) at += 1;
  at += 1;
  if (at + 4 > end) {
    cut(frame, start);
    return;
  }
  if (bytes[at] !== 3) {
    decodeEtherType(frame, u16(bytes, at), at + 2);
    return;
  }
  at += bytes[at + 1] === 0 ? 2 : 1;
  const nlpid = bytes[at];
  if (nlpid === 0xcc) decodeIpv4(frame, at + 1);
  else if (nlpid === 0x8e) decodeIpv6(frame, at + 1);
  else if (nlpid === 0x80 && at + 6 <= end) decodeEtherType(frame, u16(bytes, at + 4), at + 6);
  else unknown(frame, at);
}

/** ARCnet as Linux and BSD hand it over; `type` is where its protocol octet stands. */
export function decodeArcnet(frame: Frame, type: number): void {
  const { bytes, limit: end } = frame;
  if (type + 4 > end) {
    cut(frame, frame.start);
    return;
  }
  const protocol = bytes[type];
  // RFC 1051: the packet follows. RFC 1201 2: split flag and sequence number come first.
  if (protocol === 0xf0) decodeIpv4(frame, type + 1);
  else if (protocol === 0xd4) decodeIpv4(frame, type + 4);
  else if (protocol === 0xc4) decodeIpv6(frame, type + 4);
  else unknown(frame, type);
}

/** macOS PKTAP: a header that names its own length and the link type of what follows, both little endian. */
export function decodePktap(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 12 > end) {
    cut(frame, at);
    return;
  }
  const length = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  const link = (bytes[at + 8] as number) | ((bytes[at + 9] as number) << 8);
  if (at + length > end) cut(frame, at);
  else if (link === 258) unknown(frame, at);
  else decodeLink(frame, link, at + length);
}

/** Juniper's Ethernet pseudo-header: 'MGC', flags, and extensions with their length. */
export function decodeJuniperEthernet(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 6 > end) {
    cut(frame, at);
    return;
  }
  const flags = bytes[at + 3] as number;
  const next = flags & 0x80 ? at + 6 + u16(bytes, at + 4) : at + 4;
  if (flags & 2) unknown(frame, at);
  else decodeEthernet(frame, next);
}

/** IEEE 802.11 behind a radiotap header, whose length is its third 16-bit word, little endian. */
export function decodeRadiotap(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 4 > end) cut(frame, at);
  else decodeWifi(frame, at + ((bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8)));
}

/** IEEE 802.11 data frames in clear: LLC follows the header. */
export function decodeWifi(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 24 > end) {
    cut(frame, at);
    return;
  }
  const control = bytes[at] as number;
  const flags = bytes[at + 1] as number;
  // Type 2 is data; subtype bit 2 says there is none; 0x40 in the flags says it is encrypted.
  if ((control & 0x0c) !== 0x08 || control & 0x40 || flags & 0x40) {
    unknown(frame, at);
    return;
  }
  let next = at + 24;
  if ((flags & 3) === 3) next += 6;
  if (control & 0x80) next += flags & 0x80 ? 6 : 2;
  decodeLlc(frame, next);
}
