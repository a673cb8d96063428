import { LinkType } from '../../src/frame/link-type.js';
import { ethernet, ipv4, ipv6, join, pppoe, udp, vlan, w16, w32 } from '../packet/packets.js';

/** What may stand in front of an IP packet on its way through a gateway. */
export interface Wrap {
  readonly name: string;
  readonly linkType: number;
  /** `sent`: by the host that captures. */
  wrap(packet: Uint8Array, sent: boolean): Uint8Array;
}

const typeOf = (packet: Uint8Array): number => (packet[0]! >> 4 === 4 ? 0x0800 : 0x86dd);
const cooked2 = (packet: Uint8Array, device: number): Uint8Array =>
  join(w16(typeOf(packet)), [0, 0], w32(device), [0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0], packet);
const inGre = (packet: Uint8Array, flags: number, options: number[] = []): Uint8Array =>
  ethernet(0x0800, ipv4(47, join([flags, 0], w16(typeOf(packet)), options, packet), { id: 7 }));
const inVxlan = (packet: Uint8Array): Uint8Array =>
  udp(50_000, 4789, join([8, 0, 0, 0, 0, 0, 5, 0], ethernet(typeOf(packet), packet)));
const E = LinkType.ethernet;

export const wraps: readonly Wrap[] = [
  { name: 'Ethernet', linkType: E, wrap: (packet) => ethernet(typeOf(packet), packet) },
  { name: '802.1Q', linkType: E, wrap: (packet) => ethernet(0x8100, vlan(5, typeOf(packet), packet)) },
  { name: 'QinQ', linkType: E, wrap: (packet) => ethernet(0x88a8, vlan(7, 0x8100, vlan(5, typeOf(packet), packet))) },
  {
    name: 'PPPoE',
    linkType: E,
    wrap: (packet) => ethernet(0x8864, pppoe(typeOf(packet) === 0x0800 ? 0x21 : 0x57, packet)),
  },
  {
    name: 'PPPoE in 802.1Q',
    linkType: E,
    wrap: (packet) => ethernet(0x8100, vlan(7, 0x8864, pppoe(typeOf(packet) === 0x0800 ? 0x21 : 0x57, packet))),
  },
  {
    name: 'Linux cooked',
    linkType: LinkType.linuxCooked,
    wrap: (packet, sent) => join([0, sent ? 4 : 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0], w16(typeOf(packet)), packet),
  },
  { name: 'Linux cooked 2', linkType: LinkType.linuxCooked2, wrap: (packet) => cooked2(packet, 3) },
  {
    name: 'Linux cooked 2, a device for each direction',
    linkType: LinkType.linuxCooked2,
    wrap: (packet, sent) => cooked2(packet, sent ? 3 : 4),
  },
  { name: 'raw IP', linkType: LinkType.raw, wrap: (packet) => packet },
  {
    name: 'BSD loopback',
    linkType: LinkType.null,
    wrap: (packet) => join([typeOf(packet) === 0x0800 ? 2 : 30, 0, 0, 0], packet),
  },
  { name: 'GRE', linkType: E, wrap: (packet) => inGre(packet, 0) },
  { name: 'GRE with key', linkType: E, wrap: (packet) => inGre(packet, 0x20, [0, 0, 0, 9]) },
  { name: 'VXLAN', linkType: E, wrap: (packet) => ethernet(0x0800, ipv4(17, inVxlan(packet), { df: false })) },
  { name: 'VXLAN over IPv6', linkType: E, wrap: (packet) => ethernet(0x86dd, ipv6(17, inVxlan(packet))) },
  {
    name: 'IP in IP, tagged',
    linkType: E,
    wrap: (packet) => ethernet(0x8100, vlan(9, 0x0800, ipv4(typeOf(packet) === 0x0800 ? 4 : 41, packet))),
  },
  {
    name: 'IP in IPv6, cooked',
    linkType: LinkType.linuxCooked2,
    wrap: (packet) => cooked2(ipv6(typeOf(packet) === 0x0800 ? 4 : 41, packet), 2),
  },
];
