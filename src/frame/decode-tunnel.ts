import { ETHERIP_FIELD, ETHERIP_HEADER, ETHERIP_VERSION } from '../packet/etherip.js';
import { ETHER_TYPE } from '../packet/ethernet.js';
import {
  EOIP_FIELD,
  ERSPAN2_HEADER,
  ERSPAN3_HEADER,
  ERSPAN3_OPTION,
  GRE_FIELD,
  GRE_FLAG,
  GRE_HEADER,
  GRE_OPTION,
  GRE_PROTOCOL,
  GRE_SECOND,
  WCCP_HEADER,
} from '../packet/gre.js';
import { u16 } from '../packet/octets.js';
import type { Frame } from './frame.js';
import { HEADER, type Header, headerOfEtherType } from './header.js';
import { EOIP, ETHERIP, GRE, IN_IPV6, IPIP, MPLS_TUNNEL, SIT } from './header-bits.js';
import { cut, goOn, unknown } from './stop.js';
import { enterTunnel } from './tunnel.js';

/** An IP packet directly in another. */
export function decodeInIp(frame: Frame, at: number, header: Header): Header {
  const v4 = header === HEADER.ipv4InIp;
  const kind = frame.ip.family === 6 ? IN_IPV6 : v4 ? IPIP : SIT;
  return enterTunnel(frame, kind, at) ? goOn(frame, at, v4 ? HEADER.ipv4 : HEADER.ipv6) : HEADER.end;
}

/** GRE, RFC 2784 and 2890; version 1 (PPTP), RFC 2637 4.1. */
export function decodeGre(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + GRE_HEADER > end) {
    frame.layers |= GRE;
    return cut(frame, at);
  }
  const type = u16(bytes, at + GRE_FIELD.protocol);
  if (type === GRE_PROTOCOL.eoip) frame.layers |= GRE;
  if (!enterTunnel(frame, type === GRE_PROTOCOL.eoip ? EOIP : GRE, at)) return HEADER.end;
  const flags = bytes[at + GRE_FIELD.flags] as number;
  const second = bytes[at + GRE_FIELD.version] as number;
  const pptp = (second & GRE_SECOND.version) === 1;
  let next = at + GRE_HEADER;
  if (flags & GRE_FLAG.checksumOrRouting) next += GRE_OPTION;
  if (flags & GRE_FLAG.key) next += GRE_OPTION;
  if (flags & GRE_FLAG.sequence) next += GRE_OPTION;
  if (pptp && second & GRE_SECOND.acknowledgment) next += GRE_OPTION;
  if (next > end) return cut(frame, at);
  // PPTP acknowledgments carry nothing, EoIP keepalives neither.
  if (type === ETHER_TYPE.ppp && pptp && !(flags & GRE_FLAG.sequence)) return HEADER.end;
  if (type === GRE_PROTOCOL.eoip && u16(bytes, at + EOIP_FIELD.frameLength) === 0) return HEADER.end;
  if (type === GRE_PROTOCOL.erspan2 && flags & GRE_FLAG.sequence) next += ERSPAN2_HEADER;
  return goOn(frame, next, headerOfGre(type));
}

function headerOfGre(type: number): Header {
  switch (type) {
    case ETHER_TYPE.transparentEthernet:
    case GRE_PROTOCOL.eoip:
    case GRE_PROTOCOL.erspan2:
      return HEADER.ethernet;
    case ETHER_TYPE.ppp:
      return HEADER.ppp;
    case GRE_PROTOCOL.erspan3:
      return HEADER.erspan3;
    case GRE_PROTOCOL.wccp:
      return HEADER.wccp;
    default:
      return type >= GRE_PROTOCOL.wifi && type <= GRE_PROTOCOL.wifiLast && (type & 15) === 0
        ? HEADER.wifi
        : headerOfEtherType(type);
  }
}

/** WCCP redirection: version 2 puts four octets before the packet. */
export function decodeWccp(frame: Frame, at: number): Header {
  if (at >= frame.limit) return cut(frame, at);
  return goOn(frame, (frame.bytes[at] as number) >> 4 === 4 ? at : at + WCCP_HEADER, HEADER.ipv4);
}

/** ERSPAN type III. */
export function decodeErspan3(frame: Frame, at: number): Header {
  if (at + ERSPAN3_HEADER > frame.limit) return cut(frame, at);
  const option = (frame.bytes[at + ERSPAN3_OPTION.at] as number) & ERSPAN3_OPTION.bit ? ERSPAN3_OPTION.octets : 0;
  return goOn(frame, at + ERSPAN3_HEADER + option, HEADER.ethernet);
}

/** EtherIP, RFC 3378; and EoIPv6 of RouterOS, which has the version in the other half of the octet. */
export function decodeEtherIp(frame: Frame, at: number): Header {
  if (at + ETHERIP_HEADER > frame.limit) return cut(frame, at);
  const first = frame.bytes[at + ETHERIP_FIELD.version] as number;
  if (first >> 4 !== ETHERIP_VERSION && (first & 15) !== ETHERIP_VERSION) return unknown(frame, at);
  return enterTunnel(frame, ETHERIP, at) ? goOn(frame, at + ETHERIP_HEADER, HEADER.ethernet) : HEADER.end;
}

/** A label stack in IP (RFC 4023) or UDP (RFC 7510). */
export function decodeMplsTunnel(frame: Frame, at: number): Header {
  return enterTunnel(frame, MPLS_TUNNEL, at) ? goOn(frame, at, HEADER.mpls) : HEADER.end;
}
