import { ETHER_TYPE, ETHERNET_FIELD, ETHERNET_HEADER, TAG, TAG_FIELD } from '../packet/ethernet.js';
import { IPV4_FIELD, IPV4_HEADER } from '../packet/ipv4.js';
import { IPV6_FIELD, IPV6_HEADER } from '../packet/ipv6.js';
import {
  L2TP_FIELD,
  L2TP_FLAG,
  L2TP_HEADER,
  L2TP_OPTION,
  L2TPV3_BEFORE_FRAME,
  L2TPV3_IP_FIELD,
  L2TPV3_IP_HEADER,
  L2TPV3_UDP_HEADER,
} from '../packet/l2tp.js';
import { u16, u32 } from '../packet/octets.js';
import type { Frame } from './frame.js';
import { HEADER, type Header } from './header.js';
import { L2TP, L2TPV3 } from './header-bits.js';
import { cut, goOn, unknown } from './stop.js';
import { enterTunnel } from './tunnel.js';

/** L2TP in UDP: version 2 carries PPP, version 3 mostly Ethernet; control messages nothing. */
export function decodeL2tp(frame: Frame, at: number): Header {
  const { bytes, limit: end } = frame;
  if (at + L2TP_HEADER > end) return cut(frame, at);
  const flags = u16(bytes, at + L2TP_FIELD.flags);
  if (flags & L2TP_FLAG.control) return HEADER.end;
  const version = flags & L2TP_FLAG.version;
  if (version === 3) return decodeSession(frame, at, at + L2TPV3_UDP_HEADER);
  if (version !== 2 || !enterTunnel(frame, L2TP, at)) return HEADER.end;
  let next = at + L2TP_HEADER;
  if (flags & L2TP_FLAG.length) next += L2TP_OPTION.length;
  if (flags & L2TP_FLAG.sequence) next += L2TP_OPTION.sequence;
  if (flags & L2TP_FLAG.offset) {
    if (next + L2TP_OPTION.offset > end) return cut(frame, next);
    next += L2TP_OPTION.offset + u16(bytes, next);
  }
  return goOn(frame, next, HEADER.ppp);
}

/** L2TP version 3 directly in IP, RFC 3931 4.1.1. */
export function decodeL2tpv3(frame: Frame, at: number): Header {
  if (at + L2TPV3_IP_HEADER > frame.limit) return cut(frame, at);
  if (u32(frame.bytes, at + L2TPV3_IP_FIELD.session) === 0) return HEADER.end;
  return decodeSession(frame, at, at + L2TPV3_IP_HEADER);
}

/** The first place behind the session where an Ethernet frame with a sound IP header or ARP stands. */
function decodeSession(frame: Frame, at: number, behind: number): Header {
  if (!enterTunnel(frame, L2TPV3, at)) return HEADER.end;
  for (const octets of L2TPV3_BEFORE_FRAME) {
    if (isEthernet(frame, behind + octets)) return goOn(frame, behind + octets, HEADER.ethernet);
  }
  return behind + ETHERNET_HEADER > frame.limit ? cut(frame, behind) : unknown(frame, behind);
}

function isEthernet(frame: Frame, start: number): boolean {
  const { bytes, limit: end, ip: outer } = frame;
  let at = start + ETHERNET_HEADER;
  if (at > end) return false;
  let type = u16(bytes, start + ETHERNET_FIELD.etherType);
  while ((type === ETHER_TYPE.vlan || type === ETHER_TYPE.serviceVlan) && at + TAG <= end) {
    type = u16(bytes, at + TAG_FIELD.etherType);
    at += TAG;
  }
  if (type === ETHER_TYPE.arp) return true;
  const least = type === ETHER_TYPE.ipv4 ? IPV4_HEADER : type === ETHER_TYPE.ipv6 ? IPV6_HEADER : 0;
  if (least === 0 || at + least > end) return false;
  const first = bytes[at] as number;
  const sound = least === IPV4_HEADER ? first >> 4 === 4 && (first & 15) << 2 >= IPV4_HEADER : first >> 4 === 6;
  const length =
    least === IPV4_HEADER
      ? u16(bytes, at + IPV4_FIELD.totalLength)
      : u16(bytes, at + IPV6_FIELD.payloadLength) + IPV6_HEADER;
  // Of a first piece only a part is here.
  return sound && (outer.fragment || at + length <= outer.offset + outer.totalLength);
}
