import { ARCNET_ADDRESSES } from '../packet/wide-area.js';
import type { Frame } from './frame.js';
import { HEADER, type Header } from './header.js';
import { goOn } from './stop.js';

/** LINKTYPE values that are read, https://www.tcpdump.org/linktypes.html */
export const LinkType = {
  null: 0,
  ethernet: 1,
  arcnetBsd: 7,
  ppp: 9,
  rawBsd: 12,
  rawOpenBsd: 14,
  pppHdlc: 50,
  pppoe: 51,
  raw: 101,
  ciscoHdlc: 104,
  wifi: 105,
  atmClip: 106,
  frameRelay: 107,
  loop: 108,
  enc: 109,
  linuxCooked: 113,
  pflog: 117,
  radiotap: 127,
  tzsp: 128,
  arcnetLinux: 129,
  user2: 149,
  pppPppd: 166,
  juniperEthernet: 178,
  ppi: 192,
  pppDirection: 204,
  mpls: 219,
  ipnet: 226,
  ipv4: 228,
  ipv6: 229,
  nflog: 239,
  pktap: 258,
  linuxCooked2: 276,
} as const;

/** Goes on with what a link type announces at `at`. */
export function enterLink(frame: Frame, linkType: number, at: number): Header {
  if (linkType === LinkType.ethernet) return goOn(frame, at, HEADER.ethernet);
  switch (linkType) {
    // One octet of direction, or none that matters, stands before PPP.
    case LinkType.pppPppd:
    case LinkType.pppDirection:
      return goOn(frame, at + 1, HEADER.ppp);
    case LinkType.arcnetBsd:
      return goOn(frame, at + ARCNET_ADDRESSES.bsd, HEADER.arcnet);
    case LinkType.arcnetLinux:
      return goOn(frame, at + ARCNET_ADDRESSES.linux, HEADER.arcnet);
    default:
      return goOn(frame, at, headerOfLink(linkType));
  }
}

function headerOfLink(linkType: number): Header {
  switch (linkType) {
    case LinkType.linuxCooked:
      return HEADER.cooked;
    case LinkType.linuxCooked2:
      return HEADER.cooked2;
    case LinkType.raw:
    case LinkType.rawBsd:
    case LinkType.rawOpenBsd:
      return HEADER.ip;
    case LinkType.ipv4:
    case LinkType.atmClip:
      return HEADER.ipv4;
    case LinkType.ipv6:
      return HEADER.ipv6;
    case LinkType.null:
    case LinkType.loop:
      return HEADER.null;
    case LinkType.ppp:
    case LinkType.pppHdlc:
      return HEADER.ppp;
    case LinkType.pppoe:
      return HEADER.pppoe;
    case LinkType.ciscoHdlc:
      return HEADER.ciscoHdlc;
    case LinkType.mpls:
      return HEADER.mpls;
    case LinkType.tzsp:
      return HEADER.tzsp;
    case LinkType.frameRelay:
      return HEADER.frameRelay;
    case LinkType.juniperEthernet:
      return HEADER.juniper;
    case LinkType.pktap:
    case LinkType.user2:
      return HEADER.pktap;
    case LinkType.wifi:
      return HEADER.wifi;
    case LinkType.radiotap:
      return HEADER.radiotap;
    case LinkType.enc:
      return HEADER.enc;
    case LinkType.pflog:
      return HEADER.pflog;
    case LinkType.nflog:
      return HEADER.nflog;
    case LinkType.ppi:
      return HEADER.ppi;
    case LinkType.ipnet:
      return HEADER.ipnet;
    default:
      return HEADER.unreadLink;
  }
}

/** Link types of which nothing is read here, by their common names; a frame of theirs is counted and left. */
const named: Readonly<Record<number, string>> = {
  3: 'AX.25',
  6: 'IEEE 802.5 Token Ring',
  8: 'SLIP',
  10: 'FDDI',
  99: 'Symantec Enterprise Firewall',
  100: 'ATM RFC 1483',
  119: 'Prism monitor mode',
  122: 'IP over Fibre Channel',
  123: 'SunATM',
  137: 'Juniper multilink PPP',
  138: 'Apple IP over FireWire',
  139: 'SS7 MTP2 with pseudo-header',
  140: 'SS7 MTP2',
  141: 'SS7 MTP3',
  143: 'DOCSIS',
  144: 'Linux IrDA',
  163: 'AVS monitor mode',
  165: 'BACnet MS/TP',
  187: 'Bluetooth HCI H4',
  189: 'Linux USB',
  195: 'IEEE 802.15.4',
  201: 'Bluetooth HCI H4 with pseudo-header',
  220: 'Linux USB, padded',
  224: 'Fibre Channel',
  227: 'CAN',
  230: 'IEEE 802.15.4 without FCS',
  231: 'D-Bus',
  240: 'Hilscher netANALYZER',
  243: 'MPEG-2 transport stream',
  249: 'USBPcap',
  251: 'Bluetooth LE',
  253: 'Linux Netlink',
  254: 'Bluetooth Linux monitor',
  256: 'Bluetooth LE with pseudo-header',
  265: 'DisplayPort AUX',
  271: 'Linux vsock monitor',
  272: 'Nordic BLE',
  283: 'IEEE 802.15.4 TAP',
};

/** LINKTYPE_USER0 to 15: what they mean is a matter between whoever writes and whoever reads. */
const PRIVATE_FIRST = 147;
const PRIVATE_LAST = 162;

/** The name of a link type, for a message. */
export function linkTypeName(linkType: number): string {
  const name = linkType >= PRIVATE_FIRST && linkType <= PRIVATE_LAST ? 'private use' : named[linkType];
  return name ? `${linkType} (${name})` : String(linkType);
}
