import {
  CISCO_METADATA,
  CISCO_METADATA_FIELD,
  LARGEST_LENGTH,
  LLC,
  LLC_FIELD,
  LLC_SNAP_HEADER,
  MACSEC_BIT,
  MACSEC_CHANNEL,
  MACSEC_FIELD,
  MACSEC_HEADER,
  SERVICE_INSTANCE,
  TAG,
  TAG_FIELD,
  VN_TAG,
  VN_TAG_FIELD,
} from '../packet/ethernet.js';
import { NEXT_PROTOCOL, NSH_FIELD, NSH_HEADER, NSH_LENGTH } from '../packet/nsh.js';
import { u16 } from '../packet/octets.js';
import type { Frame } from './frame.js';
import { HEADER, type Header, headerOfEtherType } from './header.js';
import { QINQ, VLAN } from './header-bits.js';
import { cut, encrypted, goOn, unknown } from './stop.js';

/**
 * Tags that stand before the real EtherType, as many as there are; `at` is behind the EtherType that announces the
 * first.
 */
export function decodeTags(frame: Frame, start: number, first: Header): Header {
  const { bytes, limit: end } = frame;
  let at = start;
  let header = first;
  let tag = VLAN;
  for (;;) {
    let length = TAG;
    let type: number = TAG_FIELD.etherType;
    if (header === HEADER.vlan) {
      if (at + length <= end) frame.layers |= tag;
      tag = QINQ;
    } else if (header === HEADER.vnTag) {
      length = VN_TAG;
      type = VN_TAG_FIELD.etherType;
    } else if (header === HEADER.ciscoMetadata) {
      length = CISCO_METADATA;
      type = CISCO_METADATA_FIELD.etherType;
    } else return goOn(frame, at, header);
    if (at + length > end) return cut(frame, at);
    header = headerOfEtherType(u16(bytes, at + type));
    at += length;
  }
}

/** The customer's frame in a provider's backbone, IEEE 802.1ah. */
export function decodeServiceInstance(frame: Frame, at: number): Header {
  return goOn(frame, at + SERVICE_INSTANCE, HEADER.ethernet);
}

/** LLC, IEEE 802.2, and SNAP behind it. */
export function decodeLlc(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + LLC_SNAP_HEADER > end) return cut(frame, at);
  const snap = bytes[at + LLC_FIELD.dsap] === LLC.snap && bytes[at + LLC_FIELD.ssap] === LLC.snap;
  const type = u16(bytes, at + LLC_FIELD.etherType);
  if (!snap || bytes[at + LLC_FIELD.control] !== LLC.unnumbered || type <= LARGEST_LENGTH) return unknown(frame, at);
  return goOn(frame, at + LLC_SNAP_HEADER, headerOfEtherType(type));
}

/** MACsec, IEEE 802.1AE 9: readable only where it authenticates without encrypting. */
export function decodeMacsec(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  const control = at < end ? (bytes[at + MACSEC_FIELD.control] as number) : 0;
  const next = at + MACSEC_HEADER + (control & MACSEC_BIT.channel ? MACSEC_CHANNEL : 0);
  if (next + 2 > end) return cut(frame, at);
  if (control & MACSEC_BIT.encrypted) return encrypted(frame, at);
  return goOn(frame, next + 2, headerOfEtherType(u16(bytes, next)));
}

/** Network Service Header, RFC 8300 2.2. */
export function decodeNsh(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + NSH_HEADER > end) return cut(frame, at);
  const next = at + (((bytes[at + NSH_FIELD.length] as number) & NSH_LENGTH) << 2);
  const header = headerOfNext(bytes[at + NSH_FIELD.nextProtocol] as number);
  return header === HEADER.unknown ? unknown(frame, at) : goOn(frame, next, header);
}

/** What a next protocol of NSH or VXLAN-GPE announces. */
export function headerOfNext(protocol: number): Header {
  switch (protocol) {
    case NEXT_PROTOCOL.ipv4:
      return HEADER.ipv4;
    case NEXT_PROTOCOL.ipv6:
      return HEADER.ipv6;
    case NEXT_PROTOCOL.ethernet:
      return HEADER.ethernet;
    case NEXT_PROTOCOL.nsh:
      return HEADER.nsh;
    case NEXT_PROTOCOL.mpls:
      return HEADER.mpls;
    default:
      return HEADER.unknown;
  }
}
