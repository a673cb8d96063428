/**
 * What was met on the way into a frame, one bit each, so that `frame.layers & GRE` is a test without a loop.
 * The order of tunnels is in `frame.path`.
 */
export const VLAN = 1 << 0;
/** Two or more VLAN tags (IEEE 802.1ad, or the same tag twice). */
export const QINQ = 1 << 1;
/** PPPoE session frame, RFC 2516 (EtherType 0x8864). */
export const PPPOE = 1 << 2;
/** PPP framing, RFC 1661, under PPPoE, L2TP, GRE or as the link itself. */
export const PPP = 1 << 3;
export const MPLS = 1 << 4;
/** ESP directly in IP, protocol 50, RFC 4303. */
export const ESP = 1 << 5;
/** ESP in UDP 4500, RFC 3948. */
export const NATT = 1 << 6;
/** IKE: UDP 500, or UDP 4500 behind the four zero octets of RFC 3948 2.2. */
export const IKE = 1 << 7;
/** NAT keepalive: one octet 0xff on UDP 4500, RFC 3948 2.3. */
export const KEEPALIVE = 1 << 8;
export const AH = 1 << 9;
export const GRE = 1 << 10;
/** IPv4 in IPv4, RFC 2003. */
export const IPIP = 1 << 11;
/** IPv6 in IPv4, RFC 4213. */
export const SIT = 1 << 12;
/** IPv4 or IPv6 in IPv6, RFC 2473. */
export const IN_IPV6 = 1 << 13;
export const VXLAN = 1 << 14;
export const GENEVE = 1 << 15;
export const L2TP = 1 << 16;
export const WIREGUARD = 1 << 17;
/** TaZmen Sniffer Protocol, UDP 37008: how MikroTik's sniffer streams frames. */
export const TZSP = 1 << 18;
/** A piece of a datagram at the outermost IP header (an atomic IPv6 fragment is none). */
export const OUTER_FRAGMENT = 1 << 19;
/** An ICMP 3/4 or ICMPv6 type 2 message. */
export const PTB = 1 << 20;
/** GTP-U, UDP 2152, 3GPP TS 29.281. */
export const GTP = 1 << 21;

/**
 * A TCP header of which the ports are there but not all 20 octets, or that is shorter than it may be; `frame.tcp` is
 * false.
 */
export const TCP_CUT = 1 << 22;
/** AYIYA, UDP 5072 (draft-massar-v6ops-ayiya). */
export const AYIYA = 1 << 23;

/** EoIP of RouterOS: GRE too. */
export const EOIP = 1 << 24;
/** EtherIP, RFC 3378, and EoIPv6 of RouterOS. */
export const ETHERIP = 1 << 25;
/** L2TP version 3, in IP or UDP. */
export const L2TPV3 = 1 << 26;
/** Teredo, RFC 4380. */
export const TEREDO = 1 << 27;
/** CAPWAP data, RFC 5415. */
export const CAPWAP = 1 << 28;
/** MPLS in IP or UDP, RFC 4023 and 7510. */
export const MPLS_TUNNEL = 1 << 29;
/** VXLAN that names what is inside, draft-ietf-nvo3-vxlan-gpe. */
export const VXLAN_GPE = 1 << 30;

/** Every layer that carries a whole inner packet in clear. */
export const TUNNELS =
  GRE |
  IPIP |
  SIT |
  IN_IPV6 |
  VXLAN |
  GENEVE |
  L2TP |
  TZSP |
  GTP |
  AYIYA |
  EOIP |
  ETHERIP |
  L2TPV3 |
  TEREDO |
  CAPWAP |
  MPLS_TUNNEL |
  VXLAN_GPE;

/** Names of the layers, by bit, for text and JSON. */
export const layerNames: readonly (readonly [number, string])[] = [
  [VLAN, 'vlan'],
  [QINQ, 'qinq'],
  [PPPOE, 'pppoe'],
  [PPP, 'ppp'],
  [MPLS, 'mpls'],
  [ESP, 'esp'],
  [NATT, 'natt'],
  [IKE, 'ike'],
  [KEEPALIVE, 'keepalive'],
  [AH, 'ah'],
  [GRE, 'gre'],
  [IPIP, 'ipip'],
  [SIT, '6in4'],
  [IN_IPV6, 'ip-in-ipv6'],
  [VXLAN, 'vxlan'],
  [GENEVE, 'geneve'],
  [L2TP, 'l2tp'],
  [WIREGUARD, 'wireguard'],
  [TZSP, 'tzsp'],
  [GTP, 'gtp'],
  [AYIYA, 'ayiya'],
  [EOIP, 'eoip'],
  [ETHERIP, 'etherip'],
  [L2TPV3, 'l2tpv3'],
  [TEREDO, 'teredo'],
  [CAPWAP, 'capwap'],
  [MPLS_TUNNEL, 'mpls-in-udp'],
  [VXLAN_GPE, 'vxlan-gpe'],
];
