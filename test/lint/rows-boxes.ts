import type { LintRow } from './rows.js';

const vti = { mss: { ipv4: 1398, ipv6: 1378 }, tunnelMtu: 1438, linkMtu: 1500, inner: 4, style: 'vti' } as const;
const policy = { ...vti, style: 'policy' } as const;
/** As -c gives it: the gateway's way is not said. */
const suite = { ...vti, style: undefined, layers: ['IPv4', 'ESP'] } as const;

/** Boxes that are configured by interface, and files of daemons: [format, rows]. */
export const boxRows: Readonly<Record<string, readonly LintRow[]>> = {
  cisco: [
    {
      says: 'a VTI that is right',
      text: 'interface Tunnel0\n ip mtu 1438\n ip tcp adjust-mss 1398\n tunnel mode ipsec ipv4\n tunnel protection ipsec profile P\n!\n',
      profile: { ...vti, tunnelIf: 'Tunnel0', layers: ['IPv4', 'ESP'] },
      expect: [],
    },
    {
      says: 'MTU and MSS of Ethernet less GRE',
      text: 'interface Tunnel0\n ip mtu 1476\n ip tcp adjust-mss 1436\n tunnel mode ipsec ipv4\n!\ninterface GigabitEthernet0/1\n no ip address\n',
      profile: { ...vti, tunnelIf: 'Tunnel0', layers: ['IPv4', 'ESP'] },
      expect: [
        ['interface-mtu', 2],
        ['mss-above-budget', 3],
      ],
    },
    {
      says: 'taken away further down',
      text: 'interface Tunnel0\n ip mtu 1438\n ip tcp adjust-mss 1398\n no ip tcp adjust-mss\n tunnel mode ipsec ipv4\n tunnel protection ipsec profile P\n!\n',
      profile: { ...vti, tunnelIf: 'Tunnel0', layers: ['IPv4', 'ESP'] },
      expect: [['no-clamp', 2]],
    },
    {
      says: 'taken away, and set again',
      text: 'interface Tunnel0\n no ip tcp adjust-mss\n ip mtu 1438\n ip tcp adjust-mss 1398\n tunnel mode ipsec ipv4\n tunnel protection ipsec profile P\n!\n',
      profile: { ...vti, tunnelIf: 'Tunnel0', layers: ['IPv4', 'ESP'] },
      expect: [],
    },
    {
      says: 'a tunnel without a clamp; the one that is shut down does not count',
      text: 'interface Tunnel0\n ip mtu 1400\n!\ninterface Tunnel1\n shutdown\n!\n',
      expect: [['no-clamp', 2]],
    },
    {
      says: 'a crypto map: the clamp stands on the inside interface',
      text: 'crypto map M 10 ipsec-isakmp\n!\ninterface GigabitEthernet0/0\n crypto map M\n!\ninterface GigabitEthernet0/1\n ip tcp adjust-mss 1398\n',
      profile: policy,
      expect: [],
    },
    {
      says: 'a VTI whose name is not said: no policy in the file, so that the suite is its own',
      text: 'interface Tunnel0\n ip mtu 1438\n ip tcp adjust-mss 1399\n tunnel mode ipsec ipv4\n tunnel protection ipsec profile P\n!\n',
      profile: suite,
      expect: [['mss-above-budget', 3]],
    },
    {
      says: 'the same with what fits',
      text: 'interface Tunnel0\n ip mtu 1438\n ip tcp adjust-mss 1398\n tunnel mode ipsec ipv4\n tunnel protection ipsec profile P\n!\n',
      profile: suite,
      expect: [],
    },
    {
      says: 'policies, where that was said, although the file has a VTI',
      text: 'interface Tunnel0\n ip mtu 1438\n ip tcp adjust-mss 1398\n tunnel mode ipsec ipv4\n tunnel protection ipsec profile P\n!\n',
      profile: { ...suite, style: 'policy' },
      expect: [['no-clamp', 1]],
    },
    {
      says: 'ASA: 1380 by itself, for all',
      text: 'ASA Version 9.16(4)\ninterface GigabitEthernet0/0\n nameif outside\ncrypto map M interface outside\nno sysopt connection tcpmss\n',
      profile: policy,
      expect: [['no-clamp', 4]],
    },
    {
      says: 'ASA: 0 turns it off',
      text: 'ASA Version 9.16(4)\ninterface GigabitEthernet0/0\n nameif outside\ncrypto map M interface outside\nsysopt connection tcpmss 0\n',
      profile: policy,
      expect: [['no-clamp', 4]],
    },
  ],
  vyos: [
    {
      says: 'EdgeOS: mss-clamp for kinds of interfaces: vtun is none of tun',
      text: 'set firewall options mss-clamp interface-type pppoe\nset firewall options mss-clamp interface-type tun\nset firewall options mss-clamp mss 1398\nset interfaces openvpn vtun0 mode site-to-site\n',
      expect: [['no-clamp', 4]],
    },
    {
      says: 'EdgeOS: the kind that is there',
      text: 'set firewall options mss-clamp interface-type vti\nset firewall options mss-clamp mss 1398\nset interfaces vti vti0 mtu 1438\n',
      profile: suite,
      expect: [],
    },
    {
      says: 'set commands',
      text: "set interfaces vti vti0 mtu '1438'\nset interfaces vti vti0 ip adjust-mss '1398'\n",
      profile: { ...vti, tunnelIf: 'vti0', layers: ['IPv4', 'ESP'] },
      expect: [],
    },
    {
      says: 'the tree, with a number that is too large',
      text: 'interfaces {\n    vti vti0 {\n        ip {\n            adjust-mss 1436\n        }\n        mtu 1438\n    }\n}\n',
      profile: { ...vti, tunnelIf: 'vti0', layers: ['IPv4', 'ESP'] },
      expect: [['mss-above-budget', 4]],
    },
    {
      says: 'EdgeOS: one clamp for all',
      text: 'firewall {\n    options {\n        mss-clamp {\n            interface-type all\n            mss 1412\n        }\n    }\n}\ninterfaces {\n    vti vti0 {\n        mtu 1436\n    }\n}\n',
      profile: { ...vti, tunnelIf: 'vti0', layers: ['IPv4', 'ESP'] },
      expect: [['mss-above-budget', 5]],
    },
    {
      says: 'a policy route that is bound to nothing',
      text: 'set policy route P rule 10 set tcp-mss 1398\nset interfaces ethernet eth0 address dhcp\n',
      expect: [['unread', 1]],
    },
    {
      says: 'deleted again',
      text: 'set interfaces wireguard wg0 mtu 1500\ndelete interfaces wireguard wg0\n',
      expect: [],
    },
  ],
  junos: [
    {
      says: 'the clamp for IPsec',
      text: 'set security flow tcp-mss ipsec-vpn mss 1398\nset interfaces st0 unit 0 family inet mtu 1438\n',
      profile: { ...vti, tunnelIf: 'st0.0', layers: ['IPv4', 'ESP'] },
      expect: [],
    },
    {
      says: 'in braces, for GRE alone',
      text: 'security {\n    flow {\n        tcp-mss {\n            gre-in {\n                mss 1400;\n            }\n        }\n    }\n}\ninterfaces {\n    st0 {\n        unit 0 {\n            family inet {\n                mtu 1438;\n            }\n        }\n    }\n}\n',
      profile: { ...vti, tunnelIf: 'st0.0', layers: ['IPv4', 'ESP'] },
      expect: [['no-clamp', 14]],
    },
  ],
  fortios: [
    {
      says: 'a clamp for what this side opens, and a policy without one for what the far side opens',
      text: 'config firewall policy\n    edit 1\n        set srcintf "lan"\n        set dstintf "hq"\n        set action accept\n        set tcp-mss-sender 1398\n        set tcp-mss-receiver 1398\n    next\n    edit 2\n        set srcintf "hq"\n        set dstintf "lan"\n        set action accept\n    next\nend\nconfig vpn ipsec phase1-interface\n    edit "hq"\n        set interface "wan1"\n    next\nend\n',
      profile: suite,
      expect: [['one-direction-clamp', 12]],
    },
    {
      says: 'the far side opens nothing: no policy accepts it',
      text: 'config firewall policy\n    edit 1\n        set srcintf "lan"\n        set dstintf "hq"\n        set action accept\n        set tcp-mss-sender 1398\n        set tcp-mss-receiver 1398\n    next\n    edit 2\n        set srcintf "hq"\n        set dstintf "lan"\n        set status disable\n        set action accept\n    next\n    edit 3\n        set srcintf "lan"\n        set dstintf "wan1"\n        set action accept\n    next\nend\nconfig vpn ipsec phase1-interface\n    edit "hq"\n        set interface "wan1"\n    next\nend\n',
      profile: suite,
      expect: [],
    },
    {
      says: 'the interface clamps, whatever the policies say',
      text: 'config system interface\n    edit "hq"\n        set tcp-mss 1398\n    next\nend\nconfig firewall policy\n    edit 2\n        set srcintf "hq"\n        set dstintf "lan"\n        set action accept\n    next\nend\nconfig vpn ipsec phase1-interface\n    edit "hq"\n        set interface "wan1"\n    next\nend\n',
      profile: suite,
      expect: [],
    },
    {
      says: 'policies one way only',
      text: 'config firewall policy\n    edit 1\n        set srcintf "lan"\n        set dstintf "vpn-hq"\n        set tcp-mss-sender 1398\n    next\nend\nconfig vpn ipsec phase1-interface\n    edit "vpn-hq"\n        set interface "wan1"\n    next\nend\n',
      profile: { ...vti, tunnelIf: 'vpn-hq', layers: ['IPv4', 'ESP'] },
      expect: [['one-direction-clamp', 5]],
    },
    {
      says: 'the interface of the only phase 1, its name not said',
      text: 'config system interface\n    edit "hq"\n        set tcp-mss 1399\n    next\nend\nconfig vpn ipsec phase1-interface\n    edit "hq"\n        set interface "wan1"\n    next\nend\n',
      profile: suite,
      expect: [['mss-above-budget', 3]],
    },
    {
      says: 'the same without a clamp',
      text: 'config vpn ipsec phase1-interface\n    edit "hq"\n        set interface "wan1"\n    next\nend\n',
      profile: suite,
      expect: [['no-clamp', 3]],
    },
    {
      says: 'on the interface',
      text: 'config system interface\n    edit "vpn-hq"\n        set tcp-mss 1398\n    next\nend\n',
      profile: { ...vti, tunnelIf: 'vpn-hq', layers: ['IPv4', 'ESP'] },
      expect: [],
    },
  ],
  pf: [
    {
      says: 'enc0, for policies',
      text: 'match on enc0 inet proto tcp scrub (max-mss 1398)\n',
      profile: policy,
      expect: [],
    },
    {
      says: 'a macro, and the number of GRE',
      text: 'vpn = "gre0"\nmatch on $vpn inet proto tcp all scrub (no-df, max-mss 1436)\n',
      profile: { ...vti, style: 'none', tunnelIf: 'gre0' },
      expect: [['mss-above-budget', 2]],
    },
    {
      says: 'loaded from another file',
      text: 'pass out all\nload anchor "vpn" from "/etc/vpn.conf"\n',
      expect: [['unread', 2]],
    },
  ],
  openwrt: [
    {
      says: 'mtu_fix of the zone covers WireGuard both ways',
      text: "config interface 'wg0'\n\toption proto 'wireguard'\n\toption mtu '1412'\nconfig zone\n\toption name 'vpn'\n\tlist network 'wg0'\n\toption mtu_fix '1'\n",
      profile: {
        mss: { ipv4: 1372, ipv6: 1352 },
        tunnelMtu: 1412,
        linkMtu: 1492,
        layers: ['IPv6', 'UDP', 'WireGuard'],
        outer: 6,
      },
      expect: [],
    },
    {
      says: 'the default MTU, and no clamp',
      text: "network.wg0=interface\nnetwork.wg0.proto='wireguard'\nfirewall.@zone[0]=zone\nfirewall.@zone[0].network='lan'\n",
      profile: {
        mss: { ipv4: 1372, ipv6: 1352 },
        tunnelMtu: 1412,
        linkMtu: 1492,
        layers: ['IPv6', 'UDP', 'WireGuard'],
        outer: 6,
      },
      expect: [
        ['interface-mtu', 1],
        ['no-clamp', 1],
      ],
    },
  ],
  wireguard: [
    {
      says: 'a client',
      text: '[Interface]\nPrivateKey = x\nMTU = 1420\n[Peer]\nEndpoint = 203.0.113.1:51820\n',
      expect: [],
    },
    {
      says: 'too large for IPv6 outside',
      text: '[Interface]\nMTU = 1440\n[Peer]\nEndpoint = [2001:db8::1]:51820\n',
      expect: [['interface-mtu', 2]],
    },
    {
      says: 'PostUp clamps one way',
      text: '[Interface]\nMTU = 1420\nPostUp = iptables -t mangle -A FORWARD -o %i -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu\n',
      expect: [['one-direction-clamp', 3]],
    },
  ],
  netplan: [
    {
      says: 'a WireGuard tunnel larger than its header leaves',
      text: 'network:\n  version: 2\n  tunnels:\n    wg0:\n      mode: wireguard\n      mtu: 1480\n',
      expect: [['interface-mtu', 6]],
    },
  ],
  strongswan: [
    {
      says: 'numbers of the plug-in',
      text: 'charon {\n  plugins {\n    kernel-netlink {\n      mtu = 1400\n    }\n  }\n}\n',
      expect: [],
    },
  ],
  'ipsec-conf': [
    {
      says: 'read to the end',
      text: 'config setup\nconn site\n    left=192.0.2.1\n    right=198.51.100.2\n    esp=aes256-sha256\n',
      expect: [],
    },
  ],
};
