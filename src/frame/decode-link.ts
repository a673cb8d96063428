import { u16 } from '../packet/octets.js';
import { decodeIp, decodeIpv4, decodeIpv6 } from './decode-ip.js';
import { decodeMpls, decodePpp, decodePppoe } from './decode-ppp.js';
import * as rare from './decode-rare-link.js';
import { decodeTagged } from './decode-tag.js';
import { decodeTzsp } from './decode-tunnel.js';
import type { Frame } from './frame.js';
import { LinkType } from './link-type.js';
import { cut, unknown } from './stop.js';

/** Fills the frame from its octets: `bytes`, `start`, `end`, `linkType` and the record's fields are set before. */
export function decodeFrame(frame: Frame): void {
  frame.reset();
  frame.limit = frame.end;
  if (frame.linkType === LinkType.ethernet) decodeEthernet(frame, frame.start);
  else decodeLink(frame, frame.linkType, frame.start);
}

/** What a link type announces, from `at` on. */
export function decodeLink(frame: Frame, linkType: number, at: number): void {
  const { bytes, limit: end } = frame;
  switch (linkType) {
    case LinkType.ethernet:
      decodeEthernet(frame, at);
      return;
    case LinkType.linuxCooked:
      if (at + 16 > end) cut(frame, at);
      else decodeEtherType(frame, u16(bytes, at + 14), at + 16);
      return;
    case LinkType.linuxCooked2:
      if (at + 20 > end) cut(frame, at);
      else decodeEtherType(frame, u16(bytes, at), at + 20);
      return;
    case LinkType.raw:
    case LinkType.rawBsd:
    case LinkType.rawOpenBsd:
      decodeIp(frame, at);
      return;
    case LinkType.ipv4:
    case LinkType.atmClip:
      decodeIpv4(frame, at);
      return;
    case LinkType.ipv6:
      decodeIpv6(frame, at);
      return;
    case LinkType.null:
    case LinkType.loop:
      decodeNull(frame, at);
      return;
    case LinkType.ppp:
    case LinkType.pppHdlc:
      decodePpp(frame, at);
      return;
    case LinkType.pppPppd:
    case LinkType.pppDirection:
      decodePpp(frame, at + 1);
      return;
    case LinkType.pppoe:
      decodePppoe(frame, at);
      return;
    case LinkType.ciscoHdlc:
      if (at + 4 > end) cut(frame, at);
      else decodeEtherType(frame, u16(bytes, at + 2), at + 4);
      return;
    case LinkType.mpls:
      decodeMpls(frame, at);
      return;
    case LinkType.tzsp:
      decodeTzsp(frame, at);
      return;
    case LinkType.frameRelay:
      rare.decodeFrameRelay(frame, at);
      return;
    case LinkType.arcnetBsd:
      rare.decodeArcnet(frame, at + 2);
      return;
    case LinkType.arcnetLinux:
      rare.decodeArcnet(frame, at + 4);
      return;
    case LinkType.juniperEthernet:
      rare.decodeJuniperEthernet(frame, at);
      return;
    case LinkType.pktap:
      rare.decodePktap(frame, at);
      return;
    case LinkType.wifi:
      rare.decodeWifi(frame, at);
      return;
    case LinkType.radiotap:
      rare.decodeRadiotap(frame, at);
      return;
    default:
      unknown(frame, at);
  }
}

/** Ethernet II or 802.3 with LLC/SNAP, from the destination address on. */
export function decodeEthernet(frame: Frame, at: number): void {
  if (at + 14 > frame.limit) cut(frame, at);
  else decodeEtherType(frame, u16(frame.bytes, at + 12), at + 14);
}

/** What an EtherType announces, from the octet behind it on. */
export function decodeEtherType(frame: Frame, type: number, at: number): void {
  if (type === 0x0800) decodeIpv4(frame, at);
  else if (type === 0x86dd) decodeIpv6(frame, at);
  else if (type === 0x8864) decodePppoe(frame, at);
  else if (type === 0x8847 || type === 0x8848) decodeMpls(frame, at);
  else decodeTagged(frame, type, at);
}

/** BSD loopback: the address family in the writer's byte order, or the network's; some writers put an EtherType there. */
function decodeNull(frame: Frame, at: number): void {
  if (at + 4 > frame.limit) {
    cut(frame, at);
    return;
  }
  const bytes = frame.bytes;
  const high = u16(bytes, at);
  const low = u16(bytes, at + 2);
  const family = high === 0 ? low : low === 0 ? (high >> 8) | ((high & 0xff) << 8) : -1;
  if (family === 2) decodeIpv4(frame, at + 4);
  else if (family === 24 || family === 28 || family === 30 || family === 10) decodeIpv6(frame, at + 4);
  else if (family < 0 && low >= 0x0600) decodeEtherType(frame, low, at + 4);
  else unknown(frame, at);
}
