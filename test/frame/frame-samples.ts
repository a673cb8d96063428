import { LinkType } from '../../src/frame/link-type.js';
import {
  ethernet,
  filled,
  fragmentHeader,
  icmp,
  ipv4,
  ipv6,
  join,
  mssOption,
  pppoe,
  tcp,
  timestampsOption,
  udp,
  vlan,
  w16,
  w32,
} from '../packet/packets.js';

/** One frame of every kind: link type and octets, by name. */
const data = tcp(filled(100), { options: timestampsOption });
const syn = tcp([], { flags: 2, options: [...mssOption(1460), 4, 2, 1, 1, 1, 3, 3, 7] });
const esp = join(w32(0xc0ffee00), w32(17), filled(88));
const inner = ethernet(0x0800, ipv4(6, data));
const original = ipv4(6, tcp(filled(20), { seq: 0x80000001 }), { totalLength: 1500 });
const original6 = ipv6(6, tcp(filled(20), { seq: 5 }), 1460);
const sack = tcp([], { options: [1, 1, 5, 18, ...w32(100), ...w32(200), ...w32(0xfffffff0), ...w32(16)] });
const E = LinkType.ethernet;

export const samples: readonly (readonly [name: string, linkType: number, octets: Uint8Array])[] = [
  ['Ethernet, IPv4, TCP data', E, ethernet(0x0800, ipv4(6, data))],
  ['Ethernet, IPv4 with options, SYN', E, ethernet(0x0800, ipv4(6, syn, { options: [7, 4, 4, 0] }))],
  ['Ethernet, IPv4, SACK', E, ethernet(0x0800, ipv4(6, sack))],
  ['Ethernet with padding', E, join(ethernet(0x0800, ipv4(6, tcp([]))), [0, 0, 0, 0, 0, 0])],
  ['VLAN', E, ethernet(0x8100, vlan(5, 0x0800, ipv4(6, data)))],
  ['QinQ', E, ethernet(0x88a8, vlan(5, 0x8100, vlan(6, 0x86dd, ipv6(6, data))))],
  ['PPPoE', E, ethernet(0x8864, pppoe(0x21, ipv4(6, data)))],
  ['PPPoE, IPv6', E, ethernet(0x8864, pppoe(0x57, ipv6(17, udp(1000, 2000, filled(9)))))],
  ['MPLS', E, ethernet(0x8847, join(w32(0x00010040), w32(0x00020140), ipv4(6, data)))],
  ['SNAP', E, ethernet(148, join([0xaa, 0xaa, 3, 0, 0, 0, 8, 0], ipv4(6, data)))],
  ['ARP', E, ethernet(0x0806, filled(28))],
  ['IPv6, extension headers', E, ethernet(0x86dd, ipv6(0, join([60, 0, 1, 4, 0, 0, 0, 0], [6, 1], filled(14), syn)))],
  ['IPv4 first fragment', E, ethernet(0x0800, ipv4(17, udp(9, 10, filled(64)), { df: false, mf: true }))],
  ['IPv4 later fragment', E, ethernet(0x0800, ipv4(17, filled(64), { df: false, offset: 1480 }))],
  ['IPv6 first fragment', E, ethernet(0x86dd, ipv6(44, join(fragmentHeader(6, 0, true), data)))],
  ['IPv6 later fragment', E, ethernet(0x86dd, ipv6(44, join(fragmentHeader(6, 1448, false), filled(40))))],
  ['IPv6 atomic fragment', E, ethernet(0x86dd, ipv6(44, join(fragmentHeader(6, 0, false), data)))],
  ['ICMP echo', E, ethernet(0x0800, ipv4(1, icmp(8, 0, 1, filled(56))))],
  ['ICMP PTB', E, ethernet(0x0800, ipv4(1, icmp(3, 4, 1438, original.subarray(0, 28))))],
  ['ICMP PTB quoting ESP', E, ethernet(0x0800, ipv4(1, icmp(3, 4, 1400, ipv4(50, esp).subarray(0, 28))))],
  ['ICMP PTB quoting NAT-T', E, ethernet(0x0800, ipv4(1, icmp(3, 4, 0, ipv4(17, udp(4500, 4500, esp)))))],
  ['ICMPv6 PTB', E, ethernet(0x86dd, ipv6(58, icmp(2, 0, 1280, original6)))],
  ['ESP', E, ethernet(0x0800, ipv4(50, esp))],
  ['ESP in UDP', E, ethernet(0x0800, ipv4(17, udp(4500, 4500, esp)))],
  ['IKE on 4500', E, ethernet(0x0800, ipv4(17, udp(4500, 4500, join(w32(0), filled(40)))))],
  ['NAT keepalive', E, ethernet(0x0800, ipv4(17, udp(4500, 4500, [255])))],
  ['IKE on 500', E, ethernet(0x0800, ipv4(17, udp(500, 500, join(filled(17), [0x20], filled(6), w32(28)))))],
  ['AH', E, ethernet(0x0800, ipv4(51, join([6, 4, 0, 0], filled(20), data)))],
  ['GRE', E, ethernet(0x0800, ipv4(47, join([0, 0, 8, 0], ipv4(6, data))))],
  ['GRE with key and sequence', E, ethernet(0x0800, ipv4(47, join([0x30, 0, 0x86, 0xdd], filled(8), ipv6(6, data))))],
  ['GRE, Ethernet', E, ethernet(0x0800, ipv4(47, join([0, 0, 0x65, 0x58], inner)))],
  ['PPTP', E, ethernet(0x0800, ipv4(47, join([0x30, 0x01, 0x88, 0x0b], filled(8), [0xff, 3, 0, 0x21], ipv4(6, data))))],
  ['IPIP', E, ethernet(0x0800, ipv4(4, ipv4(6, data)))],
  ['6in4', E, ethernet(0x0800, ipv4(41, ipv6(6, data)))],
  ['4in6', E, ethernet(0x86dd, ipv6(4, ipv4(6, data)))],
  ['VXLAN', E, ethernet(0x0800, ipv4(17, udp(50000, 4789, join([8, 0, 0, 0, 0, 0, 5, 0], inner))))],
  ['Geneve', E, ethernet(0x0800, ipv4(17, udp(50000, 6081, join([1, 0, 0x65, 0x58, 0, 0, 5, 0], filled(4), inner))))],
  [
    'L2TP',
    E,
    ethernet(0x0800, ipv4(17, udp(1701, 1701, join([0x40, 2, 0, 60, 0, 1, 0, 1], [0xff, 3, 0, 0x21], ipv4(6, data))))),
  ],
  [
    'WireGuard data',
    E,
    ethernet(0x0800, ipv4(17, udp(51820, 51820, join([4, 0, 0, 0], filled(4), w32(9 << 24), w32(0), filled(48))))),
  ],
  ['TZSP', E, ethernet(0x0800, ipv4(17, udp(37008, 37008, join([1, 0, 0, 1, 10, 1, 9, 1], inner))))],
  ['GTP', E, ethernet(0x0800, ipv4(17, udp(2152, 2152, join([0x30, 255, 0, 9, 0, 0, 0, 1], ipv4(6, data)))))],
  [
    'ESP in VXLAN in GRE',
    E,
    ethernet(
      0x0800,
      ipv4(47, join([0, 0, 8, 0], ipv4(17, udp(1, 4789, join(w32(0), w32(0), ethernet(0x0800, ipv4(50, esp))))))),
    ),
  ],
  ['Linux cooked', LinkType.linuxCooked, join(filled(14), w16(0x0800), ipv4(6, data))],
  ['Linux cooked 2', LinkType.linuxCooked2, join(w16(0x86dd), filled(18), ipv6(6, data))],
  ['raw IPv4', LinkType.raw, ipv4(6, data)],
  ['raw IPv6', LinkType.raw, ipv6(6, data)],
  ['null, little endian', LinkType.null, join([2, 0, 0, 0], ipv4(6, data))],
  ['null, IPv6 of macOS', LinkType.null, join([30, 0, 0, 0], ipv6(6, data))],
  ['loop', LinkType.loop, join([0, 0, 0, 2], ipv4(6, data))],
  ['PPP', LinkType.ppp, join([0xff, 3, 0, 0x21], ipv4(6, data))],
  ['PPP, short protocol', LinkType.ppp, join([0x21], ipv4(6, data))],
  ['Cisco HDLC', LinkType.ciscoHdlc, join([0x0f, 0, 8, 0], ipv4(6, data))],
  ['Frame Relay', LinkType.frameRelay, join([0x18, 0x41, 3, 0xcc], ipv4(6, data))],
  ['TZSP as link', LinkType.tzsp, join([1, 0, 0, 1, 0, 1], inner)],
  [
    'radiotap, 802.11',
    LinkType.radiotap,
    join([0, 0, 8, 0, 0, 0, 0, 0], [0x88, 1], filled(22), [0, 0], [0xaa, 0xaa, 3, 0, 0, 0, 8, 0], ipv4(6, data)),
  ],
  ['unknown link', 9999, filled(60)],
];
