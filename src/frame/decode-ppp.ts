import { MPLS_BOTTOM, MPLS_ENTRY, MPLS_FIELD } from '../packet/mpls.js';
import { u16 } from '../packet/octets.js';
import {
  CISCO_HDLC_FIELD,
  CISCO_HDLC_HEADER,
  CISCO_HDLC_UNICAST,
  PPP_ADDRESS,
  PPP_CONTROL,
  PPP_FIELD,
  PPP_FRAMING,
  PPPOE_HEADER,
} from '../packet/ppp.js';
import type { Frame } from './frame.js';
import { HEADER, type Header, headerOfEtherType, headerOfPpp } from './header.js';
import { MPLS, PPP, PPPOE } from './header-bits.js';
import { cut, goOn, unknown } from './stop.js';

/** PPPoE session, RFC 2516 4. */
export function decodePppoe(frame: Frame, at: number): Header {
  if (at + PPPOE_HEADER > frame.limit) return cut(frame, at);
  frame.layers |= PPPOE;
  return goOn(frame, at + PPPOE_HEADER, HEADER.ppp);
}

/** PPP, RFC 1661 2 and 1662 3: address and control may be there, the protocol may be one octet. */
export function decodePpp(frame: Frame, start: number): Header {
  const { bytes, limit: end } = frame;
  let at = start;
  if (at + PPP_FRAMING > end) return cut(frame, at);
  frame.layers |= PPP;
  const address = bytes[at + PPP_FIELD.address];
  const control = bytes[at + PPP_FIELD.control];
  // Cisco HDLC on a link that says PPP.
  if (address === CISCO_HDLC_UNICAST && control === 0) return goOn(frame, at, HEADER.ciscoHdlc);
  if (address === PPP_ADDRESS && control === PPP_CONTROL) at += PPP_FRAMING;
  if (at >= end) return cut(frame, at);
  let protocol = bytes[at] as number;
  at += 1;
  if ((protocol & 1) === 0) {
    if (at >= end) return cut(frame, at);
    protocol = (protocol << 8) | (bytes[at] as number);
    at += 1;
  }
  return goOn(frame, at, headerOfPpp(protocol));
}

/** Cisco HDLC: address, control, EtherType. */
export function decodeCiscoHdlc(frame: Frame, at: number): Header {
  if (at + CISCO_HDLC_HEADER > frame.limit) return cut(frame, at);
  return goOn(frame, at + CISCO_HDLC_HEADER, headerOfEtherType(u16(frame.bytes, at + CISCO_HDLC_FIELD.etherType)));
}

/** MPLS label stack, RFC 3032 2.1; what lies under it is known by its first half octet only. */
export function decodeMpls(frame: Frame, start: number): Header {
  const { bytes, limit: end } = frame;
  frame.layers |= MPLS;
  for (let at = start; at + MPLS_ENTRY <= end; at += MPLS_ENTRY) {
    if (((bytes[at + MPLS_FIELD.bottom] as number) & MPLS_BOTTOM) === 0) continue;
    const next = at + MPLS_ENTRY;
    const version = next < end ? (bytes[next] as number) >> 4 : 0;
    return version === 4 || version === 6 ? goOn(frame, next, HEADER.ip) : unknown(frame, next);
  }
  return cut(frame, start);
}
