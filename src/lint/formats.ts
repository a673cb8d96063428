import { MtucalcError } from '../error.js';
import type { Facts } from './facts.js';
import { factsOfCisco } from './facts-cisco.js';
import { factsOfFortios } from './facts-fortios.js';
import { factsOfFirewalld, factsOfIptables, factsOfNft } from './facts-netfilter.js';
import { factsOfOpenwrt } from './facts-openwrt.js';
import { factsOfJunos, factsOfNetplan, factsOfVyos } from './facts-paths.js';
import { factsOfPf } from './facts-pf.js';
import { factsOfRouteros } from './facts-routeros.js';
import { factsOfIpsecConf, factsOfWireguard } from './facts-sections.js';
import { factsOfStrongswan, factsOfSwanctl } from './facts-swanctl.js';

interface ConfigurationFormat {
  readonly id: string;
  readonly title: string;
  /** Lines that only this format has. */
  readonly sign: RegExp;
  read(text: string): Facts;
}

/** The registry: one line for each format. */
export const formats: readonly ConfigurationFormat[] = [
  {
    id: 'iptables',
    title: 'iptables-save',
    sign: /^\s*(\*(mangle|filter|nat|raw|security)\s*$|(sudo\s+)?(\S*\/)?(ip6?|ip46)tables(-legacy|-nft)?\s+-|(\[\d+:\d+\]\s*)?-A (FORWARD|POSTROUTING|PREROUTING|INPUT|OUTPUT) |:(FORWARD|INPUT|OUTPUT|PREROUTING|POSTROUTING) (ACCEPT|DROP))/,
    read: factsOfIptables,
  },
  {
    id: 'firewalld',
    title: 'firewalld direct rules (direct.xml, firewall-cmd --direct)',
    sign: /^\s*(<(rule|passthrough) (ipv|table|chain|priority)="|<direct>|(\S*[#$]\s+)?(sudo\s+)?(\S*\/)?firewall-cmd\s.*--direct\b|ipv[46] (mangle|filter|nat|raw|security) \S+ -?\d+ -)/,
    read: factsOfFirewalld,
  },
  {
    id: 'nftables',
    title: 'nft list ruleset',
    sign: /^\s*(table (ip6? |inet |arp |bridge |netdev )?\S+ \{|chain \S+ \{|type \w+ hook \w+ |(sudo\s+)?(\S*\/)?nft\s+(add|insert|create|flush|delete|'|")|(add|insert|create|flush|destroy) (table|chain|rule|set|map|ruleset)\b|define \w+ =|flush ruleset)/,
    read: factsOfNft,
  },
  {
    id: 'routeros',
    title: 'RouterOS export',
    sign: /^\s*(\[[^\]]*\] *[^>]*> *)?(\/(ip|ipv6|interface|ppp|system|queue|routing)([ /]|$)|(add|set) .*\b(action|chain)=|\d+\s+([A-Z]+\s+)?(;;;|chain=)|chain=\w+ action=)/,
    read: factsOfRouteros,
  },
  {
    id: 'swanctl',
    title: 'swanctl.conf',
    sign: /^\s*(connections|secrets|pools|authorities|children)\s*\{|^\s*(esp_proposals|remote_addrs|local_addrs|remote_ts|local_ts|copy_df)\s*=/,
    read: factsOfSwanctl,
  },
  {
    id: 'strongswan',
    title: 'strongswan.conf',
    sign: /^\s*(charon|charon-\w+|libstrongswan|swanctl|starter|pki)\s*\{|^\s*(kernel-netlink|load_modular|install_routes)\b/,
    read: factsOfStrongswan,
  },
  {
    id: 'ipsec-conf',
    title: 'ipsec.conf',
    sign: /^(conn \S+|config setup)\s*$|^\s+(keyexchange|leftsubnet|rightsubnet|left|right|esp|ike|authby|type)=/,
    read: factsOfIpsecConf,
  },
  {
    id: 'cisco',
    title: 'Cisco IOS, IOS-XE or ASA running-config',
    sign: /^\s*(interface (Tunnel|GigabitEthernet|TenGig|FastEthernet|Ethernet|Vlan|Dialer|Virtual-\w+|Loopback|Port-channel)\S*|interface \S+$|ip(v6)? tcp adjust-mss \d|crypto (map|ipsec|isakmp|ikev2)\s|tunnel (mode|source|destination|protection)\s|sysopt connection|nameif \S|ip mtu \d)/,
    read: factsOfCisco,
  },
  {
    id: 'vyos',
    title: 'VyOS or EdgeOS configuration',
    sign: /^\s*(\S*[#$]\s+)?(set (interfaces|firewall|vpn|protocols|nat|system|service|policy) (vti|wireguard|tunnel|ethernet|pppoe|openvpn|options|ipsec|vxlan|bridge|l2tpv3|dummy|xfrm|ip|ipv4|ipv6|host-name|source|name|static|route6?)\b|(ethernet eth\d|vti vti\d|wireguard wg\d|tunnel tun\d|pppoe (pppoe)?\d|openvpn vtun\d) \{|adjust-mss |mss-clamp)/,
    read: factsOfVyos,
  },
  {
    id: 'junos',
    title: 'Junos configuration',
    sign: /^\s*(set (security|interfaces (st0|gr-|ge-|xe-|reth|lo0|irb|ae\d)|routing-options|policy-options|chassis|groups|applications)\b|(st0|ge-\S+|xe-\S+|reth\d+|security|routing-options) \{|tcp-mss \{|family inet6? \{?)/,
    read: factsOfJunos,
  },
  {
    id: 'fortios',
    title: 'FortiOS configuration',
    sign: /^\s*(config (system|vpn|firewall|router|user|log|wireless-controller|endpoint-control|webfilter)\b|edit \S+|set (tcp-mss\S*|srcintf|dstintf|mtu-override|vdom|allowaccess)\b|next$)/,
    read: factsOfFortios,
  },
  {
    id: 'pf',
    title: 'pf.conf',
    sign: /^\s*((match|pass|block)\s+(in|out|on|log|quick|all|return|drop|inet6?|proto|from)\b|scrub\s+(in|out|on|from|all)\b|set (skip on|block-policy|limit|optimization|state-policy)\b|nat on |rdr on |antispoof\b)/,
    read: factsOfPf,
  },
  {
    id: 'openwrt',
    title: 'OpenWrt UCI (network, firewall)',
    sign: /^\s*(config (interface|zone|defaults|forwarding|rule|redirect|device|globals|wireguard_\w+)\b|option (mtu_fix|proto|mtu|masq|network|input|forward|output|ifname|device)\b|(uci (set|add_list) )?(network|firewall)\.\S+=)/,
    read: factsOfOpenwrt,
  },
  {
    id: 'wireguard',
    title: 'wg-quick configuration, .netdev of WireGuard',
    sign: /^\s*(\[(Interface|Peer|WireGuard|WireGuardPeer)\]\s*$|(PrivateKey|PublicKey|AllowedIPs|Endpoint|ListenPort|PostUp|PostDown|PersistentKeepalive|PresharedKey)\s*=)/,
    read: factsOfWireguard,
  },
  {
    id: 'netplan',
    title: 'netplan YAML',
    sign: /^\s*(network:|tunnels:|ethernets:|renderer:\s|mode: (wireguard|gre|gretap|ipip|vti|sit|vxlan))/,
    read: factsOfNetplan,
  },
];

const LONGEST_LINE = 20_000;

/** The language of a name. @throws MtucalcError for an unknown one. */
export function findLanguage(name: string): (typeof formats)[number] {
  const found = formats.find(({ id }) => id === name);
  if (!found)
    throw new MtucalcError(
      'unknown-name',
      `unknown format '${name.slice(0, 40)}'`,
      `one of ${formats.map(({ id }) => id).join(', ')}`,
    );
  return found;
}

/** Reads a configuration; without a format the one whose signs are most frequent. */
export function readConfiguration(text: string, format?: string): Facts {
  if (text.trim() === '') throw new MtucalcError('not-recognised', 'the configuration is empty', 'export it anew');
  const long = text.split('\n').findIndex((line) => line.length > LONGEST_LINE);
  if (long >= 0)
    throw new MtucalcError(
      'too-many',
      `line ${long + 1} has more than ${LONGEST_LINE} characters`,
      'is this a configuration?',
    );
  if (format !== undefined) return findLanguage(format).read(text);
  const lines = text.split(/\r?\n/);
  const counted = formats.map((candidate) => ({
    candidate,
    lines: lines.filter((line) => candidate.sign.test(line)).length,
  }));
  const best = counted.reduce((a, b) => (b.lines > a.lines ? b : a));
  if (best.lines === 0 && lines.some((line) => /^Chain \S+ \((?:policy \w+|\d+ references)/.test(line)))
    throw new MtucalcError(
      'not-recognised',
      'this is iptables -L, which leaves out what decides: without -v the interfaces, and parts of matches',
      'paste iptables-save instead, of IPv6 ip6tables-save',
    );
  if (best.lines === 0)
    throw new MtucalcError(
      'not-recognised',
      'this is none of the configurations lint knows',
      `${formats.map(({ id, title }) => `${id} (${title})`).join(', ')}; --from-format says which`,
    );
  return best.candidate.read(text);
}
