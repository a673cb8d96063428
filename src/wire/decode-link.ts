import { decodeIp, decodeIpv4, decodeIpv6 } from './decode-ip.js';
import { decodeMpls, decodePpp, decodePppoe } from './decode-ppp.js';
import type { Frame } from './frame.js';
import { QINQ, VLAN } from './layer.js';
import { u16 } from './octets.js';
import { cut, unknown } from './stop.js';

/** LINKTYPE values that are read, https://www.tcpdump.org/linktypes.html */
export const LinkType = {
  null: 0,
  ethernet: 1,
  ppp: 9,
  rawBsd: 12,
  rawOpenBsd: 14,
  pppHdlc: 50,
  pppoe: 51,
  raw: 101,
  ciscoHdlc: 104,
  loop: 108,
  linuxCooked: 113,
  tzsp: 128,
  pppPppd: 166,
  pppDirection: 204,
  ipv4: 228,
  ipv6: 229,
  linuxCooked2: 276,
} as const;

const VLAN_TAG = 4;

/** Fills the frame from its octets: `bytes`, `start`, `end`, `linkType` and the record's fields are set before. */
export function decodeFrame(frame: Frame): void {
  frame.reset();
  const { bytes, start } = frame;
  switch (frame.linkType) {
    case LinkType.ethernet:
      decodeEthernet(frame, start);
      return;
    case LinkType.linuxCooked:
      if (start + 16 > frame.end) cut(frame, start);
      else decodeEtherType(frame, u16(bytes, start + 14), start + 16);
      return;
    case LinkType.linuxCooked2:
      if (start + 20 > frame.end) cut(frame, start);
      else decodeEtherType(frame, u16(bytes, start), start + 20);
      return;
    case LinkType.raw:
    case LinkType.rawBsd:
    case LinkType.rawOpenBsd:
      decodeIp(frame, start);
      return;
    case LinkType.ipv4:
      decodeIpv4(frame, start);
      return;
    case LinkType.ipv6:
      decodeIpv6(frame, start);
      return;
    case LinkType.null:
    case LinkType.loop:
      decodeNull(frame, start);
      return;
    case LinkType.ppp:
    case LinkType.pppHdlc:
      decodePpp(frame, start);
      return;
    case LinkType.pppPppd:
    case LinkType.pppDirection:
      decodePpp(frame, start + 1);
      return;
    case LinkType.pppoe:
      decodePppoe(frame, start);
      return;
    case LinkType.ciscoHdlc:
      if (start + 4 > frame.end) cut(frame, start);
      else decodeEtherType(frame, u16(bytes, start + 2), start + 4);
      return;
    default:
      unknown(frame, start);
  }
}

/** Ethernet II or 802.3 with LLC/SNAP, from the destination address on. */
export function decodeEthernet(frame: Frame, at: number): void {
  if (at + 14 > frame.end) {
    cut(frame, at);
    return;
  }
  const bytes = frame.bytes;
  decodeEtherType(frame, u16(bytes, at + 12), at + 14);
}

/** What an EtherType announces, from the octet behind it on. */
export function decodeEtherType(frame: Frame, etherType: number, at: number): void {
  if (etherType === 0x0800 || etherType === 0x86dd) {
    decodeIp(frame, at);
    return;
  }
  const { bytes, end } = frame;
  let type = etherType;
  let next = at;
  let tag = VLAN;
  while (type === 0x8100 || type === 0x88a8 || type === 0x9100) {
    if (next + VLAN_TAG > end) {
      cut(frame, next);
      return;
    }
    frame.layers |= tag;
    tag = QINQ;
    type = u16(bytes, next + 2);
    next += VLAN_TAG;
  }
  if (type === 0x0800 || type === 0x86dd) decodeIp(frame, next);
  else if (type === 0x8864) decodePppoe(frame, next);
  else if (type === 0x8847 || type === 0x8848) decodeMpls(frame, next);
  else if (type <= 1500) decodeLlc(frame, next);
  else unknown(frame, next);
}

/** LLC, IEEE 802.2, and SNAP behind it. */
function decodeLlc(frame: Frame, at: number): void {
  const { bytes, end } = frame;
  if (at + 8 > end) {
    cut(frame, at);
    return;
  }
  if (bytes[at] !== 0xaa || bytes[at + 1] !== 0xaa || bytes[at + 2] !== 3) {
    unknown(frame, at);
    return;
  }
  const type = u16(bytes, at + 6);
  if (type > 1500) decodeEtherType(frame, type, at + 8);
  else unknown(frame, at);
}

/** BSD loopback: the address family in the writer's byte order, or the network's. */
function decodeNull(frame: Frame, at: number): void {
  if (at + 4 > frame.end) {
    cut(frame, at);
    return;
  }
  const bytes = frame.bytes;
  const family =
    (bytes[at] as number) | (bytes[at + 1] as number) || (bytes[at + 3] as number) | (bytes[at + 2] as number);
  if (family === 2) decodeIpv4(frame, at + 4);
  else if (family === 24 || family === 28 || family === 30 || family === 10) decodeIpv6(frame, at + 4);
  else unknown(frame, at);
}
