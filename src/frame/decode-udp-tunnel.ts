import { ETHER_TYPE } from '../packet/ethernet.js';
import { GENEVE_FIELD, GENEVE_HEADER, GENEVE_LENGTH } from '../packet/geneve.js';
import { PROTOCOL_NUMBER } from '../packet/ipv4.js';
import { u16 } from '../packet/octets.js';
import {
  AYIYA_FIELD,
  AYIYA_HEADER,
  CAPWAP,
  CAPWAP_FIELD,
  CAPWAP_HEADER,
  GTP,
  GTP_FIELD,
  GTP_HEADER,
  GTP_OPTION,
  TEREDO_AUTHENTICATION,
  TEREDO_AUTHENTICATION_FIELD,
  TEREDO_INDICATOR,
  TEREDO_ORIGIN,
  TZSP,
  TZSP_FIELD,
  TZSP_HEADER,
} from '../packet/udp-tunnels.js';
import { VXLAN_FIELD, VXLAN_HAS_PROTOCOL, VXLAN_HEADER } from '../packet/vxlan.js';
import { headerOfNext } from './decode-tag.js';
import type { Frame } from './frame.js';
import { HEADER, type Header, headerOfEtherType } from './header.js';
import {
  AYIYA,
  CAPWAP as CAPWAP_BIT,
  GENEVE,
  GTP as GTP_BIT,
  TEREDO,
  TZSP as TZSP_BIT,
  VXLAN,
  VXLAN_GPE,
} from './header-bits.js';
import { cut, encrypted, goOn, unknown } from './stop.js';
import { enterTunnel } from './tunnel.js';

/** VXLAN, RFC 7348 5: an Ethernet frame; VXLAN-GPE names what it is. */
export function decodeVxlan(frame: Frame, at: number, header: Header): Header {
  if (at + VXLAN_HEADER > frame.limit) return cut(frame, at);
  const generic = header === HEADER.vxlanGpe;
  if (!enterTunnel(frame, generic ? VXLAN_GPE : VXLAN, at)) return HEADER.end;
  const flags = frame.bytes[at + VXLAN_FIELD.flags] as number;
  const named = generic && (flags & VXLAN_HAS_PROTOCOL) !== 0;
  const inside = named ? headerOfNext(frame.bytes[at + VXLAN_FIELD.nextProtocol] as number) : HEADER.ethernet;
  return goOn(frame, at + VXLAN_HEADER, inside);
}

/** Geneve, RFC 8926 3.4. */
export function decodeGeneve(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + GENEVE_HEADER > end) return cut(frame, at);
  if (!enterTunnel(frame, GENEVE, at)) return HEADER.end;
  const options = ((bytes[at + GENEVE_FIELD.versionLength] as number) & GENEVE_LENGTH) << 2;
  const type = u16(bytes, at + GENEVE_FIELD.protocol);
  const inside = type === ETHER_TYPE.transparentEthernet ? HEADER.ethernet : headerOfEtherType(type);
  return goOn(frame, at + GENEVE_HEADER + options, inside);
}

/** TZSP, how RouterOS streams what its sniffer sees: tagged fields up to the end tag, then the frame. */
export function decodeTzsp(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + TZSP_HEADER > end) return cut(frame, at);
  if (bytes[at + TZSP_FIELD.version] !== TZSP.version || (bytes[at + TZSP_FIELD.type] as number) > TZSP.mostType)
    return unknown(frame, at);
  if (!enterTunnel(frame, TZSP_BIT, at)) return HEADER.end;
  let next = at + TZSP_HEADER;
  while (next < end && bytes[next] !== TZSP.endTag) {
    const padding = bytes[next] === TZSP.padding;
    if (!padding && next + 1 >= end) break;
    next += padding ? 1 : 2 + (bytes[next + 1] as number);
  }
  if (next >= end || bytes[next] !== TZSP.endTag) return cut(frame, next);
  const inside = u16(bytes, at + TZSP_FIELD.protocol) === TZSP.ethernet ? HEADER.ethernet : HEADER.unknown;
  return goOn(frame, next + 1, inside);
}

/** GTP-U version 1, 3GPP TS 29.281 5.1: a G-PDU carries an IP packet. */
export function decodeGtp(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + GTP_HEADER > end) return cut(frame, at);
  const flags = bytes[at + GTP_FIELD.flags] as number;
  if (flags >> 5 !== GTP.version || bytes[at + GTP_FIELD.type] !== GTP.packet) return HEADER.end;
  if (!enterTunnel(frame, GTP_BIT, at)) return HEADER.end;
  let next = at + GTP_HEADER;
  if (flags & GTP.optional) {
    next += GTP_OPTION;
    let more = flags & GTP.extension ? (bytes[next - 1] as number) : 0;
    while (more !== 0 && next < end) {
      const octets = (bytes[next] as number) << 2;
      if (octets === 0) break;
      more = bytes[next + octets - 1] as number;
      next += octets;
    }
  }
  return goOn(frame, next, HEADER.ip);
}

/** AYIYA: identity, signature, then IPv6 where the next header says so. */
export function decodeAyiya(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + AYIYA_HEADER > end) return cut(frame, at);
  if (bytes[at + AYIYA_FIELD.nextHeader] !== PROTOCOL_NUMBER.ipv6) return HEADER.end;
  if (!enterTunnel(frame, AYIYA, at)) return HEADER.end;
  const identity = 1 << ((bytes[at + AYIYA_FIELD.identity] as number) >> 4);
  const signature = ((bytes[at + AYIYA_FIELD.signature] as number) >> 4) << 2;
  return goOn(frame, at + AYIYA_HEADER + identity + signature, HEADER.ipv6);
}

/** Teredo, RFC 4380 5.1.1: indications, then IPv6; anything else on its port is something else. */
export function decodeTeredo(frame: Frame, start: number): Header {
  const { bytes, limit: end } = frame;
  let at = start;
  if (at + TEREDO_ORIGIN > end) return cut(frame, at);
  if (u16(bytes, at) === TEREDO_INDICATOR.authentication) {
    const identifier = bytes[at + TEREDO_AUTHENTICATION_FIELD.identifierLength] as number;
    at += TEREDO_AUTHENTICATION + identifier + (bytes[at + TEREDO_AUTHENTICATION_FIELD.valueLength] as number);
  }
  if (at + 2 <= end && u16(bytes, at) === TEREDO_INDICATOR.origin) at += TEREDO_ORIGIN;
  if (at >= end) return cut(frame, start);
  if ((bytes[at] as number) >> 4 !== 6) return HEADER.end;
  return enterTunnel(frame, TEREDO, start) ? goOn(frame, at, HEADER.ipv6) : HEADER.end;
}

/** CAPWAP data, RFC 5415 4.3: frames between a controller and its access points. */
export function decodeCapwap(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + CAPWAP_HEADER > end) return cut(frame, at);
  const preamble = bytes[at + CAPWAP_FIELD.preamble] as number;
  if (preamble >> 4 !== 0) return HEADER.end;
  if ((preamble & CAPWAP.type) !== 0) return encrypted(frame, at);
  const length = ((bytes[at + CAPWAP_FIELD.headerLength] as number) >> 3) << 2;
  const later = (u16(bytes, at + CAPWAP_FIELD.fragmentOffset) & CAPWAP.offset) !== 0;
  if (later || (bytes[at + CAPWAP_FIELD.flags] as number) & CAPWAP.keepAlive) return HEADER.end;
  if (length < CAPWAP_HEADER) return unknown(frame, at);
  if (!enterTunnel(frame, CAPWAP_BIT, at)) return HEADER.end;
  const native = (bytes[at + CAPWAP_FIELD.kind] as number) & CAPWAP.native;
  return goOn(frame, at + length, native ? HEADER.wifi : HEADER.ethernet);
}
