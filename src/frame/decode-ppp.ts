import { u16 } from '../packet/octets.js';
import { decodeIp, decodeIpv4, decodeIpv6 } from './decode-ip.js';
import { decodeEtherType } from './decode-link.js';
import type { Frame } from './frame.js';
import { MPLS, PPP, PPPOE } from './header-bits.js';
import { cut, unknown } from './stop.js';

const PPPOE_HEADER = 6;

/** PPPoE session, RFC 2516 4. */
export function decodePppoe(frame: Frame, at: number): void {
  if (at + PPPOE_HEADER > frame.limit) {
    cut(frame, at);
    return;
  }
  frame.layers |= PPPOE;
  decodePpp(frame, at + PPPOE_HEADER);
}

/** PPP, RFC 1661 2 and 1662 3: address and control may be there, the protocol may be one octet. */
export function decodePpp(frame: Frame, start: number): void {
  const { bytes, limit: end } = frame;
  let at = start;
  if (at + 2 > end) {
    cut(frame, at);
    return;
  }
  frame.layers |= PPP;
  if (bytes[at] === 0xff && bytes[at + 1] === 0x03) at += 2;
  else if (bytes[at] === 0x0f && bytes[at + 1] === 0x00) {
    // Cisco HDLC on a link that says PPP: an EtherType follows.
    if (at + 4 > end) cut(frame, at);
    else decodeEtherType(frame, u16(bytes, at + 2), at + 4);
    return;
  }
  if (at >= end) {
    cut(frame, at);
    return;
  }
  let protocol = bytes[at] as number;
  at += 1;
  if ((protocol & 1) === 0) {
    if (at >= end) {
      cut(frame, at);
      return;
    }
    protocol = (protocol << 8) | (bytes[at] as number);
    at += 1;
  }
  if (protocol === 0x21) decodeIpv4(frame, at);
  else if (protocol === 0x57) decodeIpv6(frame, at);
  else if (protocol === 0x281 || protocol === 0x283) decodeMpls(frame, at);
  else unknown(frame, at);
}

/** MPLS label stack, RFC 3032 2.1; what lies under it is known by its first half octet only. */
export function decodeMpls(frame: Frame, start: number): void {
  const { bytes, limit: end } = frame;
  frame.layers |= MPLS;
  for (let at = start; at + 4 <= end; at += 4) {
    if (((bytes[at + 2] as number) & 1) === 0) continue;
    const version = at + 4 < end ? (bytes[at + 4] as number) >> 4 : 0;
    if (version === 4 || version === 6) decodeIp(frame, at + 4);
    else unknown(frame, at + 4);
    return;
  }
  cut(frame, start);
}
