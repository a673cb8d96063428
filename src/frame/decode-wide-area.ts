import { u16 } from '../packet/octets.js';
import {
  ARCNET_FIELD,
  ARCNET_HEADER,
  ARCNET_HEADER_RFC1051,
  ARCNET_PROTOCOL,
  NLPID,
  NLPID_SNAP,
  NLPID_SNAP_FIELD,
  Q922_LAST,
} from '../packet/wide-area.js';
import type { Frame } from './frame.js';
import { HEADER, type Header, headerOfEtherType } from './header.js';
import { cut, goOn, unknown } from './stop.js';

/** Frame Relay: Q.922 address, then an EtherType (Cisco) or NLPID (RFC 2427 3). */
export function decodeFrameRelay(frame: Frame, start: number): Header {
  const { bytes, limit: end } = frame;
  let at = start;
  while (at < end && ((bytes[at] as number) & Q922_LAST) === 0) at += 1;
  at += 1;
  if (at + 4 > end) return cut(frame, start);
  if (bytes[at] !== NLPID.unnumbered) return goOn(frame, at + 2, headerOfEtherType(u16(bytes, at)));
  at += bytes[at + 1] === NLPID.padding ? 2 : 1;
  const nlpid = bytes[at];
  if (nlpid === NLPID.ipv4) return goOn(frame, at + 1, HEADER.ipv4);
  if (nlpid === NLPID.ipv6) return goOn(frame, at + 1, HEADER.ipv6);
  if (nlpid !== NLPID.snap || at + NLPID_SNAP > end) return unknown(frame, at);
  return goOn(frame, at + NLPID_SNAP, headerOfEtherType(u16(bytes, at + NLPID_SNAP_FIELD.etherType)));
}

/** ARCnet behind its addresses. */
export function decodeArcnet(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + ARCNET_HEADER > end) return cut(frame, frame.start);
  const protocol = bytes[at + ARCNET_FIELD.protocol];
  if (protocol === ARCNET_PROTOCOL.ipv4Rfc1051) return goOn(frame, at + ARCNET_HEADER_RFC1051, HEADER.ipv4);
  if (protocol === ARCNET_PROTOCOL.ipv4) return goOn(frame, at + ARCNET_HEADER, HEADER.ipv4);
  if (protocol === ARCNET_PROTOCOL.ipv6) return goOn(frame, at + ARCNET_HEADER, HEADER.ipv6);
  return unknown(frame, at);
}
