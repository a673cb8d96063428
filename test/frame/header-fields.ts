import { HEADER, type Header } from '../../src/frame/header.js';
import * as etherip from '../../src/packet/etherip.js';
import * as ethernet from '../../src/packet/ethernet.js';
import * as geneve from '../../src/packet/geneve.js';
import * as gre from '../../src/packet/gre.js';
import * as host from '../../src/packet/host-links.js';
import * as icmp from '../../src/packet/icmp-message.js';
import * as ipsec from '../../src/packet/ipsec.js';
import * as ipv4 from '../../src/packet/ipv4.js';
import * as ipv6 from '../../src/packet/ipv6.js';
import * as l2tp from '../../src/packet/l2tp.js';
import * as cooked from '../../src/packet/linux-cooked.js';
import * as mpls from '../../src/packet/mpls.js';
import * as nsh from '../../src/packet/nsh.js';
import * as ppp from '../../src/packet/ppp.js';
import * as tcp from '../../src/packet/tcp.js';
import * as udp from '../../src/packet/udp.js';
import * as tunnels from '../../src/packet/udp-tunnels.js';
import * as vxlan from '../../src/packet/vxlan.js';
import * as area from '../../src/packet/wide-area.js';
import * as wifi from '../../src/packet/wifi.js';

interface Fields {
  readonly name: string;
  /** Where each field begins; it ends where the next does, or the header. */
  readonly fields: Readonly<Record<string, number>>;
  /** Of the part that is always there. */
  readonly octets: number;
  /** What fills the header up to the next one. */
  readonly rest?: string;
}
const row = (name: string, fields: Fields['fields'], octets: number, rest?: string): Fields => ({
  name,
  fields,
  octets,
  ...(rest === undefined ? {} : { rest }),
});
const bare = (name: string): Fields => row(name, {}, 0, 'octets');
const vxlanFields = [vxlan.VXLAN_FIELD, vxlan.VXLAN_HEADER] as const;

/** For each header the table of packet/ that the cursor reads it by. */
export const headerFields: Readonly<Record<Header, Fields>> = {
  [HEADER.end]: bare('end'),
  [HEADER.unknown]: bare('not read'),
  [HEADER.unreadLink]: bare('a link type that is not read'),
  [HEADER.payload]: bare('an upper layer that is not read'),
  [HEADER.ethernet]: row('Ethernet', ethernet.ETHERNET_FIELD, ethernet.ETHERNET_HEADER),
  [HEADER.vlan]: row('VLAN tag', ethernet.TAG_FIELD, ethernet.TAG, 'further tags'),
  [HEADER.vnTag]: row('VN-Tag', ethernet.VN_TAG_FIELD, ethernet.VN_TAG),
  [HEADER.ciscoMetadata]: row('Cisco metadata', ethernet.CISCO_METADATA_FIELD, ethernet.CISCO_METADATA),
  [HEADER.serviceInstance]: row('I-TAG', ethernet.SERVICE_INSTANCE_FIELD, ethernet.SERVICE_INSTANCE),
  [HEADER.macsec]: row('MACsec', ethernet.MACSEC_FIELD, ethernet.MACSEC_HEADER, 'channel and EtherType, or encrypted'),
  [HEADER.nsh]: row('NSH', nsh.NSH_FIELD, nsh.NSH_HEADER, 'metadata'),
  [HEADER.llc]: row('LLC, SNAP', ethernet.LLC_FIELD, ethernet.LLC_SNAP_HEADER),
  [HEADER.mpls]: row('MPLS', mpls.MPLS_FIELD, mpls.MPLS_ENTRY, 'further labels'),
  [HEADER.pppoe]: row('PPPoE', ppp.PPPOE_FIELD, ppp.PPPOE_HEADER),
  [HEADER.ppp]: row('PPP', {}, 0, 'address, control, protocol'),
  [HEADER.ciscoHdlc]: row('Cisco HDLC', ppp.CISCO_HDLC_FIELD, ppp.CISCO_HDLC_HEADER),
  [HEADER.ipv4]: row('IPv4', ipv4.IPV4_FIELD, ipv4.IPV4_HEADER, 'options, or the payload of a later piece'),
  [HEADER.ipv6]: row('IPv6', ipv6.IPV6_FIELD, ipv6.IPV6_HEADER, 'extension headers, or the payload of a later piece'),
  [HEADER.ip]: row('IP, by its version', {}, 0, 'header'),
  [HEADER.ipv4InIp]: row('IPv4 in IP', {}, 0),
  [HEADER.ipv6InIp]: row('IPv6 in IP', {}, 0),
  [HEADER.tcp]: row('TCP', tcp.TCP_FIELD, tcp.TCP_HEADER_MINIMUM, 'options and payload'),
  [HEADER.udp]: row('UDP', udp.UDP_FIELD, udp.UDP_HEADER, 'payload'),
  [HEADER.icmp]: row('ICMP', icmp.ICMP_FIELD, icmp.ICMP_HEADER, 'data, or the packet an error quotes'),
  [HEADER.esp]: row('ESP', ipsec.ESP_FIELD, ipsec.ESP_HEADER, 'encrypted, ICV'),
  [HEADER.natt]: row('ESP or IKE in UDP', ipsec.ESP_FIELD, ipsec.ESP_HEADER, 'encrypted, ICV, or IKE'),
  [HEADER.ah]: row('AH', ipsec.AH_FIELD, 12, 'ICV'),
  [HEADER.ike]: row('IKE', ipsec.IKE_FIELD, ipsec.IKE_HEADER, 'payloads'),
  [HEADER.gre]: row('GRE', gre.GRE_FIELD, gre.GRE_HEADER, 'checksum, key, sequence number'),
  [HEADER.erspan3]: row('ERSPAN III', gre.ERSPAN3_FIELD, gre.ERSPAN3_HEADER, 'platform header'),
  [HEADER.wccp]: row('WCCP', {}, 0, 'redirection'),
  [HEADER.etherIp]: row('EtherIP', etherip.ETHERIP_FIELD, etherip.ETHERIP_HEADER),
  [HEADER.l2tp]: row('L2TP', l2tp.L2TP_FIELD, 2, 'tunnel, session, and what the flags announce'),
  [HEADER.l2tpv3]: row('L2TPv3', l2tp.L2TPV3_IP_FIELD, l2tp.L2TPV3_IP_HEADER, 'cookie, sublayer'),
  [HEADER.mplsInIp]: row('MPLS in IP', {}, 0),
  [HEADER.mplsInUdp]: row('MPLS in UDP', {}, 0),
  [HEADER.vxlan]: row('VXLAN', ...vxlanFields),
  [HEADER.vxlanGpe]: row('VXLAN-GPE', ...vxlanFields),
  [HEADER.geneve]: row('Geneve', geneve.GENEVE_FIELD, geneve.GENEVE_HEADER, 'options'),
  [HEADER.tzsp]: row('TZSP', tunnels.TZSP_FIELD, tunnels.TZSP_HEADER, 'tagged fields'),
  [HEADER.gtp]: row('GTP-U', tunnels.GTP_FIELD, tunnels.GTP_HEADER, 'sequence number, extensions'),
  [HEADER.ayiya]: row('AYIYA', tunnels.AYIYA_FIELD, tunnels.AYIYA_HEADER, 'identity, signature'),
  [HEADER.teredo]: row('Teredo', {}, 0, 'indications'),
  [HEADER.capwap]: row('CAPWAP', tunnels.CAPWAP_FIELD, tunnels.CAPWAP_HEADER, 'wireless information, or encrypted'),
  [HEADER.wifi]: row('802.11', wifi.WIFI_FIELD, wifi.WIFI_HEADER, 'fourth address, quality of service, or encrypted'),
  [HEADER.radiotap]: row('radiotap', wifi.RADIOTAP_FIELD, wifi.RADIOTAP_LEAST, 'fields'),
  [HEADER.cooked]: row('Linux cooked', cooked.COOKED_FIELD, cooked.COOKED_HEADER),
  [HEADER.cooked2]: row('Linux cooked 2', cooked.COOKED2_FIELD, cooked.COOKED2_HEADER),
  [HEADER.null]: row('BSD loopback', host.NULL_FIELD, host.NULL_HEADER),
  [HEADER.frameRelay]: row('Frame Relay', {}, 0, 'address, NLPID'),
  [HEADER.arcnet]: row('ARCnet', area.ARCNET_FIELD, area.ARCNET_HEADER),
  [HEADER.enc]: row('enc', host.ENC_FIELD, host.ENC_HEADER),
  [HEADER.pflog]: row('pflog', host.PFLOG_FIELD, 44, 'rest, and padding'),
  [HEADER.nflog]: row('NFLOG', host.NFLOG_FIELD, host.NFLOG_HEADER, 'fields up to the payload'),
  [HEADER.ppi]: row('PPI', host.PPI_FIELD, host.PPI_HEADER, 'fields'),
  [HEADER.pktap]: row('PKTAP', host.PKTAP_FIELD, 36, 'rest'),
  [HEADER.ipnet]: row('IPNET', host.IPNET_FIELD, host.IPNET_HEADER),
  [HEADER.juniper]: row('Juniper', host.JUNIPER_FIELD, 6, 'extensions'),
};
