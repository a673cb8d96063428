import type { LintProfile } from '../../src/lint/rule.js';

/** A rule set as people have it, and what is wrong with it: written down before lint was asked. */
export interface FieldCase {
  readonly says: string;
  readonly text: string;
  readonly profile?: LintProfile;
  /** What must be found: code and line. */
  readonly must: readonly (readonly [code: string, line: number])[];
  /** Whether there is a problem (exit 1). */
  readonly problem: boolean;
  /** Codes that would be false. */
  readonly mustNot?: readonly string[];
}

const wireguard: LintProfile = {
  mss: { ipv4: 1372, ipv6: 1352 },
  tunnelMtu: 1412,
  linkMtu: 1492,
  layers: ['IPv6', 'UDP', 'WireGuard'],
  outer: 6,
};
const ipsec: LintProfile = {
  mss: { ipv4: 1382, ipv6: 1362 },
  tunnelMtu: 1422,
  linkMtu: 1492,
  layers: ['IPv4', 'UDP', 'ESP tunnel'],
};

export const fieldCases: readonly FieldCase[] = [
  {
    says: 'a road-warrior recipe: filter table with conntrack first, clamp appended at the end',
    text: `*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p udp -m udp --dport 51820 -j ACCEPT
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -i wg0 -o eth0 -j ACCEPT
-A FORWARD -i wg0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
COMMIT
*nat
-A POSTROUTING -s 10.8.0.0/24 -o eth0 -j MASQUERADE
COMMIT
`,
    must: [['clamp-not-reached', 10]],
    problem: true,
    mustNot: ['masquerade-takes-ipsec', 'clamp-on-wan'],
  },
  {
    says: 'the same clamp in mangle, both ways: nothing wrong',
    text: `*mangle
:FORWARD ACCEPT [0:0]
-A FORWARD -i wg0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
-A FORWARD -o wg0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
COMMIT
*filter
:FORWARD DROP [0:0]
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -i wg0 -j ACCEPT
COMMIT
`,
    must: [],
    problem: false,
    mustNot: ['clamp-not-reached', 'one-direction-clamp', 'ptb-filtered'],
  },
  {
    says: 'multi-WAN with restored marks: an ACCEPT for what is marked stands above the clamp',
    text: `*mangle
:PREROUTING ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
-A PREROUTING -j CONNMARK --restore-mark
-A PREROUTING -m mark ! --mark 0x0 -j ACCEPT
-A PREROUTING -i eth1 -m conntrack --ctstate NEW -j MARK --set-xmark 0x2/0xffffffff
-A PREROUTING -m mark ! --mark 0x0 -j CONNMARK --save-mark
-A FORWARD -m mark --mark 0x2 -j ACCEPT
-A FORWARD -o wg0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
-A FORWARD -i wg0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1360
COMMIT
`,
    must: [['clamp-not-reached', 9]],
    problem: true,
  },
  {
    says: 'MikroTik default firewall, WireGuard out of the box, nothing clamps',
    text: `/interface wireguard
add listen-port=13231 mtu=1420 name=wireguard1
/interface list member
add interface=bridge list=LAN
add interface=pppoe-out1 list=WAN
/ip firewall filter
add action=accept chain=forward comment="defconf: accept in ipsec policy" ipsec-policy=in,ipsec
add action=accept chain=forward comment="defconf: accept out ipsec policy" ipsec-policy=out,ipsec
add action=fasttrack-connection chain=forward comment="defconf: fasttrack" connection-state=established,related hw-offload=yes
add action=accept chain=forward connection-state=established,related,untracked
add action=drop chain=forward connection-state=invalid
add action=drop chain=forward connection-nat-state=!dstnat connection-state=new in-interface-list=WAN
/ip firewall nat
add action=masquerade chain=srcnat ipsec-policy=out,none out-interface-list=WAN
`,
    profile: wireguard,
    must: [
      ['interface-mtu', 2],
      ['no-clamp', 2],
    ],
    problem: true,
    mustNot: ['fasttrack-before-ipsec', 'masquerade-takes-ipsec', 'ptb-filtered', 'unread'],
  },
  {
    says: 'the same box without a profile: a warning, and no problem',
    text: `/interface wireguard
add listen-port=13231 mtu=1420 name=wireguard1
/ip firewall filter
add action=accept chain=forward connection-state=established,related,untracked
/ip firewall nat
add action=masquerade chain=srcnat out-interface=ether1
`,
    must: [['no-clamp', 2]],
    problem: false,
    mustNot: ['masquerade-takes-ipsec', 'interface-mtu'],
  },
  {
    says: 'site to site, change-mss by the networks of the policy, both ways, above FastTrack nothing',
    text: `/ip ipsec peer
add address=203.0.113.9/32 name=hq
/ip ipsec identity
add peer=hq secret="do not show"
/ip ipsec policy
add dst-address=10.20.0.0/24 peer=hq src-address=10.10.0.0/24 tunnel=yes
/ip firewall mangle
add action=change-mss chain=forward dst-address=10.20.0.0/24 new-mss=1360 passthrough=yes protocol=tcp src-address=10.10.0.0/24 tcp-flags=syn tcp-mss=1361-65535
add action=change-mss chain=forward dst-address=10.10.0.0/24 new-mss=1360 passthrough=yes protocol=tcp src-address=10.20.0.0/24 tcp-flags=syn tcp-mss=1361-65535
/ip firewall filter
add action=fasttrack-connection chain=forward connection-state=established,related
add action=accept chain=forward connection-state=established,related
/ip firewall nat
add action=accept chain=srcnat dst-address=10.20.0.0/24
add action=masquerade chain=srcnat out-interface=pppoe-out1
`,
    profile: ipsec,
    must: [
      ['fasttrack-before-ipsec', 11],
      ['mss-below-budget', 8],
    ],
    problem: true,
    mustNot: ['one-direction-clamp', 'clamp-not-reached', 'masquerade-takes-ipsec', 'guard-misses', 'no-clamp'],
  },
  {
    says: 'QoS first: small packets get a mark without passthrough, and SYNs are small',
    text: `/ip firewall mangle
add action=mark-packet chain=forward new-packet-mark=ack packet-size=0-123 passthrough=no protocol=tcp tcp-flags=ack
add action=change-mss chain=forward ipsec-policy=out,ipsec new-mss=1382 protocol=tcp tcp-flags=syn tcp-mss=1383-65535
add action=change-mss chain=forward ipsec-policy=in,ipsec new-mss=1382 protocol=tcp tcp-flags=syn tcp-mss=1383-65535
`,
    profile: ipsec,
    must: [['clamp-not-reached', 3]],
    problem: true,
  },
  {
    says: 'an ISP clamp for PPPoE, 1452 out and pmtu in: no tunnel, nothing to say against it',
    text: `/interface pppoe-client
add disabled=no interface=ether1 name=pppoe-out1 user=x
/ip firewall mangle
add action=change-mss chain=forward new-mss=1452 out-interface=pppoe-out1 protocol=tcp tcp-flags=syn tcp-mss=1453-65535
add action=change-mss chain=forward in-interface=pppoe-out1 new-mss=1452 protocol=tcp tcp-flags=syn tcp-mss=1453-65535
/ip firewall nat
add action=masquerade chain=srcnat out-interface=pppoe-out1
`,
    must: [],
    problem: false,
    mustNot: ['no-clamp', 'one-direction-clamp', 'mss-above-budget', 'masquerade-takes-ipsec'],
  },
  {
    says: 'L2TP server for phones, with defaults; 1450 is above what ESP leaves on PPPoE',
    text: `/interface l2tp-server server
set authentication=mschap2 enabled=yes ipsec-secret=x use-ipsec=required
/ppp profile
set *0 change-tcp-mss=no
/ip firewall filter
add action=accept chain=input dst-port=500,1701,4500 protocol=udp
`,
    profile: {
      mss: { ipv4: 1364, ipv6: 1344 },
      tunnelMtu: 1404,
      linkMtu: 1492,
      layers: ['IPv4', 'UDP', 'ESP transport', 'own IP', 'UDP', 'L2TPv2 data message', 'PPP'],
    },
    must: [
      ['interface-mtu', 2],
      ['no-clamp', 2],
    ],
    problem: true,
  },
  {
    says: 'OpenWrt: printed ruleset of fw4 with MSS fix for wan alone, WireGuard zone without',
    text: `table inet fw4 {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state vmap { established : accept, related : accept }
		iifname "br-lan" jump forward_lan
		iifname "wg0" jump forward_vpn
		jump handle_reject
	}
	chain forward_lan {
		jump accept_to_wan
		oifname "wg0" accept
	}
	chain forward_vpn {
		oifname "br-lan" accept
	}
	chain accept_to_wan {
		oifname "pppoe-wan" counter packets 12 bytes 720 accept comment "!fw4: accept wan traffic"
	}
	chain handle_reject {
		meta l4proto tcp reject with tcp reset
		reject with icmpx port-unreachable
	}
	chain mangle_forward {
		type filter hook forward priority mangle; policy accept;
		iifname "pppoe-wan" tcp flags & (fin | syn | rst) == syn tcp option maxseg size set rt mtu comment "!fw4: Zone wan IPv4/IPv6 ingress MTU fixing"
		oifname "pppoe-wan" tcp flags & (fin | syn | rst) == syn tcp option maxseg size set rt mtu comment "!fw4: Zone wan IPv4/IPv6 egress MTU fixing"
	}
}
`,
    profile: { ...wireguard, tunnelIf: 'wg0' },
    must: [['no-clamp', 1]],
    problem: true,
    mustNot: ['clamp-on-wan', 'ptb-filtered', 'unread', 'clamp-not-reached', 'syn-misses-syn-ack'],
  },
  {
    says: 'the same with the zone of wg0 fixed too',
    text: `table inet fw4 {
	chain mangle_forward {
		type filter hook forward priority mangle; policy accept;
		iifname "wg0" tcp flags & (fin | syn | rst) == syn tcp option maxseg size set rt mtu
		oifname "wg0" tcp flags & (fin | syn | rst) == syn tcp option maxseg size set rt mtu
	}
}
`,
    profile: { ...wireguard, tunnelIf: 'wg0' },
    must: [],
    problem: false,
  },
  {
    says: 'strongSwan with policies and the recipe of the wiki: clamp to path MTU',
    text: `table inet filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
		meta ipsec exists accept
		rt ipsec exists accept
		ct state established,related accept
	}
	chain mss {
		type filter hook forward priority mangle; policy accept;
		tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu
	}
}
`,
    profile: { ...ipsec, inner: 4 },
    must: [['pmtu-one-direction', 10]],
    problem: true,
    mustNot: ['no-clamp'],
  },
  {
    says: 'a VPN gateway with a flowtable over everything, policy drop, xfrm interface',
    text: `table inet fw {
	flowtable ft {
		hook ingress priority filter
		devices = { eth0, eth1 }
	}
	chain forward {
		type filter hook forward priority filter; policy drop;
		tcp flags syn tcp option maxseg size set 1360
		meta l4proto { tcp, udp } flow add @ft
		ct state established,related accept
		iifname "eth1" accept
		iifname "xfrm0" oifname "eth1" accept
	}
}
`,
    profile: { ...ipsec, style: 'xfrm', tunnelIf: 'xfrm0', inner: 4 },
    must: [
      ['flowtable-before-ipsec', 9],
      ['mss-below-budget', 8],
    ],
    problem: false,
    mustNot: ['clamp-not-reached', 'one-direction-clamp'],
  },
  {
    says: 'ICMP is evil: everything but ping is dropped before related is accepted, IPv6 as well',
    text: `table inet filter {
	chain forward {
		type filter hook forward priority filter; policy drop;
		icmp type { echo-request, echo-reply } accept
		icmpv6 type { echo-request, echo-reply } accept
		meta l4proto { icmp, ipv6-icmp } drop
		ct state established,related accept
		iifname "lan0" accept
	}
}
`,
    must: [['ptb-filtered', 6]],
    problem: false,
  },
  {
    says: 'stateful, but only "established" is let through: PTBs are "related"',
    text: `*filter
:FORWARD DROP [0:0]
-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT
-A FORWARD -i lan0 -m conntrack --ctstate NEW -j ACCEPT
COMMIT
`,
    must: [['ptb-filtered', 2]],
    problem: false,
  },
  {
    says: 'a script with variables, a loop that cannot be followed, and one clamp that can',
    text: `#!/bin/bash
VPN=tun0
MSS=1340
for net in $(cat /etc/nets); do
  iptables -A FORWARD -s $net -j ACCEPT
done
iptables -t mangle -A FORWARD -o $VPN -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss $MSS
iptables -t mangle -A FORWARD -i \${VPN} -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss \${MSS}
`,
    must: [['unread', 4]],
    problem: false,
    mustNot: ['one-direction-clamp'],
  },
  {
    says: 'Docker beside a VPN: chains of its own, RETURNs at their ends, clamps fine',
    text: `*mangle
:FORWARD ACCEPT [0:0]
-A FORWARD -o tun0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1340
-A FORWARD -i tun0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1340
COMMIT
*filter
:FORWARD DROP [0:0]
:DOCKER - [0:0]
:DOCKER-ISOLATION-STAGE-1 - [0:0]
:DOCKER-ISOLATION-STAGE-2 - [0:0]
:DOCKER-USER - [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -j DOCKER-ISOLATION-STAGE-1
-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -i tun0 -j ACCEPT
-A FORWARD -o tun0 -j ACCEPT
-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -j RETURN
-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
-A DOCKER-ISOLATION-STAGE-2 -j RETURN
-A DOCKER-USER -j RETURN
COMMIT
`,
    must: [],
    problem: false,
    mustNot: ['clamp-not-reached', 'one-direction-clamp', 'ptb-filtered', 'no-clamp'],
  },
  {
    says: 'SYN flood chain with a rate: connections within the rate are accepted before the clamp, perhaps',
    text: `*filter
:FORWARD ACCEPT [0:0]
:SYN_FLOOD - [0:0]
-A FORWARD -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j SYN_FLOOD
-A FORWARD -o tun0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1340
-A FORWARD -i tun0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1340
-A SYN_FLOOD -m limit --limit 50/sec --limit-burst 100 -j RETURN
-A SYN_FLOOD -j DROP
COMMIT
`,
    must: [],
    problem: false,
    mustNot: ['clamp-not-reached', 'one-direction-clamp'],
  },
  {
    says: 'IOS with DMVPN: the tunnel at 1400/1360, one spoke forgotten',
    text: `interface Tunnel10
 ip mtu 1400
 ip tcp adjust-mss 1360
 tunnel source GigabitEthernet0/0
 tunnel mode gre multipoint
 tunnel protection ipsec profile DMVPN
!
interface Tunnel11
 ip mtu 1400
 tunnel source GigabitEthernet0/0
 tunnel mode gre multipoint
 tunnel protection ipsec profile DMVPN
!
`,
    must: [['no-clamp', 9]],
    problem: false,
    mustNot: ['one-direction-clamp', 'interface-mtu'],
  },
  {
    says: 'a guest network is kept out of the tunnel both ways: an exception that is meant',
    text: `*mangle
:FORWARD ACCEPT [0:0]
-A FORWARD -s 192.168.99.0/24 -j RETURN
-A FORWARD -d 192.168.99.0/24 -j RETURN
-A FORWARD -o wg0 -p tcp -m tcp --tcp-flags SYN,RST SYN -m tcpmss --mss 1361:65535 -j TCPMSS --set-mss 1360
-A FORWARD -i wg0 -p tcp -m tcp --tcp-flags SYN,RST SYN -m tcpmss --mss 1361:65535 -j TCPMSS --set-mss 1360
COMMIT
`,
    must: [],
    problem: false,
    mustNot: ['clamp-not-reached', 'one-direction-clamp'],
  },
];
