import { ETHER_TYPE, LARGEST_LENGTH } from '../packet/ethernet.js';
import { PROTOCOL_NUMBER } from '../packet/ipv4.js';
import { PPP_PROTOCOL } from '../packet/ppp.js';

/**
 * What may begin at a place in a frame. Each is read by one decoder, which answers what begins behind it: decode.ts.
 */
export const HEADER = {
  /** Nothing further: read to the end, or stopped for the reason that `frame.stop` gives. */
  end: 0,
  unknown: 1,
  ethernet: 2,
  ipv4: 3,
  ipv6: 4,
  /** By the version in its first half octet. */
  ip: 5,
  tcp: 6,
  udp: 7,
  icmp: 8,
  esp: 9,
  ah: 10,
  gre: 11,
  /** An upper layer that is not read. */
  payload: 12,
  ipv4InIp: 13,
  ipv6InIp: 14,
  etherIp: 15,
  l2tpv3: 16,
  mplsInIp: 17,

  natt: 18,
  ike: 19,
  vxlan: 20,
  vxlanGpe: 21,
  geneve: 22,
  l2tp: 23,
  tzsp: 24,
  gtp: 25,
  ayiya: 26,
  teredo: 27,
  capwap: 28,
  mplsInUdp: 29,

  vlan: 30,
  vnTag: 31,
  ciscoMetadata: 32,
  serviceInstance: 33,
  macsec: 34,
  nsh: 35,
  llc: 36,
  mpls: 37,
  pppoe: 38,
  ppp: 39,
  ciscoHdlc: 40,
  erspan3: 41,
  wccp: 42,
  wifi: 43,
  radiotap: 44,

  cooked: 45,
  cooked2: 46,
  null: 47,
  frameRelay: 48,
  arcnet: 49,
  enc: 50,
  pflog: 51,
  nflog: 52,
  ppi: 53,
  pktap: 54,
  ipnet: 55,
  juniper: 56,
  /** A link type of which nothing is read. */
  unreadLink: 57,
} as const;
export type Header = (typeof HEADER)[keyof typeof HEADER];

/** What an EtherType announces; a length (IEEE 802.3) announces LLC. */
export function headerOfEtherType(type: number): Header {
  switch (type) {
    case ETHER_TYPE.ipv4:
      return HEADER.ipv4;
    case ETHER_TYPE.ipv6:
      return HEADER.ipv6;
    case ETHER_TYPE.vlan:
    case ETHER_TYPE.serviceVlan:
    case ETHER_TYPE.oldVlan:
      return HEADER.vlan;
    case ETHER_TYPE.pppoeSession:
      return HEADER.pppoe;
    case ETHER_TYPE.mpls:
    case ETHER_TYPE.mplsMulticast:
      return HEADER.mpls;
    case ETHER_TYPE.vnTag:
      return HEADER.vnTag;
    case ETHER_TYPE.ciscoMetadata:
      return HEADER.ciscoMetadata;
    case ETHER_TYPE.serviceInstance:
      return HEADER.serviceInstance;
    case ETHER_TYPE.macsec:
      return HEADER.macsec;
    case ETHER_TYPE.nsh:
      return HEADER.nsh;
    default:
      return type <= LARGEST_LENGTH ? HEADER.llc : HEADER.unknown;
  }
}

/** What an IP protocol number announces. */
export function headerOfProtocol(protocol: number): Header {
  switch (protocol) {
    case PROTOCOL_NUMBER.tcp:
      return HEADER.tcp;
    case PROTOCOL_NUMBER.udp:
      return HEADER.udp;
    case PROTOCOL_NUMBER.icmp:
    case PROTOCOL_NUMBER.icmpv6:
      return HEADER.icmp;
    case PROTOCOL_NUMBER.esp:
      return HEADER.esp;
    case PROTOCOL_NUMBER.ah:
      return HEADER.ah;
    case PROTOCOL_NUMBER.gre:
      return HEADER.gre;
    case PROTOCOL_NUMBER.ipv4:
      return HEADER.ipv4InIp;
    case PROTOCOL_NUMBER.ipv6:
      return HEADER.ipv6InIp;
    case PROTOCOL_NUMBER.etherIp:
      return HEADER.etherIp;
    case PROTOCOL_NUMBER.l2tp:
      return HEADER.l2tpv3;
    case PROTOCOL_NUMBER.mpls:
      return HEADER.mplsInIp;
    default:
      return HEADER.payload;
  }
}

/** What a PPP protocol number announces. */
export function headerOfPpp(protocol: number): Header {
  switch (protocol) {
    case PPP_PROTOCOL.ipv4:
      return HEADER.ipv4;
    case PPP_PROTOCOL.ipv6:
      return HEADER.ipv6;
    case PPP_PROTOCOL.mpls:
    case PPP_PROTOCOL.mplsMulticast:
      return HEADER.mpls;
    default:
      return HEADER.unknown;
  }
}
