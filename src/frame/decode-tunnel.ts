import { u16 } from '../packet/octets.js';
import { decodeIp, decodeIpv4, decodeIpv6, enterTunnel } from './decode-ip.js';
import { decodeEthernet, decodeEtherType } from './decode-link.js';
import { decodePpp } from './decode-ppp.js';
import type { Frame } from './frame.js';
import { AYIYA, GENEVE, GRE, GTP, L2TP, TZSP, VXLAN } from './header-bits.js';
import { cut, unknown } from './stop.js';

/** GRE, RFC 2784 and 2890; version 1 (PPTP), RFC 2637 4.1. */
export function decodeGre(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 4 > end) {
    frame.layers |= GRE;
    cut(frame, at);
    return;
  }
  if (!enterTunnel(frame, GRE, at)) return;
  const flags = bytes[at] as number;
  const second = bytes[at + 1] as number;
  const type = u16(bytes, at + 2);
  let next = at + 4;
  if (flags & 0xc0) next += 4;
  if (flags & 0x20) next += 4;
  if (flags & 0x10) next += 4;
  if ((second & 7) === 1 && second & 0x80) next += 4;
  if (next > end) cut(frame, at);
  else if (type === 0x6558) decodeEthernet(frame, next);
  else if (type === 0x880b) {
    // PPTP acknowledgments carry nothing.
    if ((second & 7) !== 1 || flags & 0x10) decodePpp(frame, next);
  } else if (type === 0x88be) decodeEthernet(frame, flags & 0x10 ? next + 8 : next);
  else if (type === 0x22eb) decodeErspan3(frame, next);
  else if (type === 0x883e) decodeWccp(frame, next);
  else decodeEtherType(frame, type, next);
}

/** WCCP redirection: version 2 puts four octets before the packet. */
function decodeWccp(frame: Frame, at: number): void {
  if (at >= frame.limit) cut(frame, at);
  else decodeIpv4(frame, (frame.bytes[at] as number) >> 4 === 4 ? at : at + 4);
}

/** ERSPAN type III: 12 octets, and 8 more when its O bit says so. */
function decodeErspan3(frame: Frame, at: number): void {
  if (at + 12 > frame.limit) cut(frame, at);
  else decodeEthernet(frame, at + ((frame.bytes[at + 11] as number) & 1 ? 20 : 12));
}

/** VXLAN, RFC 7348 5. */
export function decodeVxlan(frame: Frame, at: number): void {
  if (at + 8 > frame.limit) cut(frame, at);
  else if (enterTunnel(frame, VXLAN, at)) decodeEthernet(frame, at + 8);
}

/** Geneve, RFC 8926 3.4. */
export function decodeGeneve(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 8 > end) {
    cut(frame, at);
    return;
  }
  if (!enterTunnel(frame, GENEVE, at)) return;
  const next = at + 8 + (((bytes[at] as number) & 0x3f) << 2);
  const type = u16(bytes, at + 2);
  if (type === 0x6558) decodeEthernet(frame, next);
  else decodeEtherType(frame, type, next);
}

/** L2TP version 2, RFC 2661 3.1: data messages carry PPP. */
export function decodeL2tp(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 6 > end) {
    cut(frame, at);
    return;
  }
  const flags = u16(bytes, at);
  if ((flags & 15) !== 2 || flags & 0x8000) return;
  if (!enterTunnel(frame, L2TP, at)) return;
  let next = at + 6;
  if (flags & 0x4000) next += 2;
  if (flags & 0x0800) next += 4;
  if (flags & 0x0200) {
    if (next + 2 > end) {
      cut(frame, next);
      return;
    }
    next += 2 + u16(bytes, next);
  }
  decodePpp(frame, next);
}

/** TZSP: version 1, type 0 (received) or 1, encapsulated protocol, tagged fields up to tag 1. */
export function decodeTzsp(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 4 > end) {
    cut(frame, at);
    return;
  }
  if (bytes[at] !== 1 || (bytes[at + 1] as number) > 1) {
    unknown(frame, at);
    return;
  }
  if (!enterTunnel(frame, TZSP, at)) return;
  let next = at + 4;
  while (next < end && bytes[next] !== 1) {
    const padding = bytes[next] === 0;
    if (!padding && next + 1 >= end) break;
    next += padding ? 1 : 2 + (bytes[next + 1] as number);
  }

  if (next >= end || bytes[next] !== 1) cut(frame, next);
  else if (bytes[at + 2] === 0 && bytes[at + 3] === 1) decodeEthernet(frame, next + 1);
  else unknown(frame, next + 1);
}

/** GTP-U version 1, 3GPP TS 29.281 5.1: a G-PDU carries an IP packet. */
export function decodeGtp(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 8 > end) {
    cut(frame, at);
    return;
  }
  const flags = bytes[at] as number;
  if (flags >> 5 !== 1 || bytes[at + 1] !== 255) return;
  if (!enterTunnel(frame, GTP, at)) return;
  let next = at + 8;
  if (flags & 7) {
    next += 4;
    let more = flags & 4 ? (bytes[next - 1] as number) : 0;
    while (more !== 0 && next < end) {
      const octets = (bytes[next] as number) << 2;
      if (octets === 0) break;
      more = bytes[next + octets - 1] as number;
      next += octets;
    }
  }
  decodeIp(frame, next);
}

/** AYIYA: identity of 2^n octets, signature in 4-octet words, then IPv6 where the next header says so. */
export function decodeAyiya(frame: Frame, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + 8 > end) {
    cut(frame, at);
    return;
  }
  if (bytes[at + 3] !== 41 || !enterTunnel(frame, AYIYA, at)) return;
  const identity = 1 << ((bytes[at] as number) >> 4);
  decodeIpv6(frame, at + 8 + identity + (((bytes[at + 1] as number) >> 4) << 2));
}
