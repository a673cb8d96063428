import type { LintProfile } from '../../src/lint/rule.js';

/**
 * One configuration and every finding it must give: [code, line]; nothing else may be found. `info` findings are left
 * out.
 */
export interface LintRow {
  readonly says: string;
  readonly text: string;
  readonly profile?: LintProfile;
  readonly expect: readonly (readonly [code: string, line: number])[];
}

const esp: LintProfile = { mss: { ipv4: 1398, ipv6: 1378 }, tunnelMtu: 1438 };
const pair = (mss: number, more = ''): string => `/ip firewall mangle
add action=change-mss chain=forward ipsec-policy=out,ipsec new-mss=${mss} protocol=tcp tcp-flags=syn tcp-mss=${mss + 1}-65535${more}
add action=change-mss chain=forward ipsec-policy=in,ipsec new-mss=${mss} protocol=tcp tcp-flags=syn tcp-mss=!0-${mss}${more}
`;
const accept = (direction: string, more = ''): string =>
  `add action=accept chain=forward ipsec-policy=${direction},ipsec${more}`;
const fasttrack = 'add action=fasttrack-connection chain=forward connection-state=established,related';

export const routerosRows: readonly LintRow[] = [
  {
    says: 'a pair that clamps by day',
    text: pair(1398, ' time=8h-18h,mon,tue'),
    profile: esp,
    expect: [
      ['conditional-clamp', 2],
      ['conditional-clamp', 3],
    ],
  },
  { says: 'a good pair', text: pair(1398), profile: esp, expect: [] },
  {
    says: 'a good pair, too large',
    text: pair(1400),
    profile: esp,
    expect: [
      ['mss-above-budget', 2],
      ['mss-above-budget', 3],
    ],
  },
  {
    says: 'quoted in a mail, with the colours of the terminal',
    text: `> /ip firewall mangle\n> \u001b[35madd\u001b[m \u001b[32maction=\u001b[mchange-mss chain=forward ipsec-policy=out,ipsec new-mss=1398 protocol=tcp tcp-flags=syn`,
    profile: esp,
    expect: [['one-direction-clamp', 2]],
  },
  {
    says: 'a variable of the script has its value',
    text: `:local mss 1400\n${pair(1398).replaceAll('1398 ', '$mss ')}`,
    profile: esp,
    expect: [
      ['mss-above-budget', 3],
      ['mss-above-budget', 4],
    ],
  },
  {
    says: 'a variable without a value is not read as a clamp to the path',
    text: pair(1398).replaceAll('new-mss=1398', 'new-mss=$mss'),
    profile: esp,
    expect: [
      ['unread', 2],
      ['unread', 3],
    ],
  },
  {
    says: 'disabled further down',
    text: `${pair(1400)}disable [find chain=forward action=change-mss]`,
    profile: esp,
    expect: [],
  },
  {
    says: 'others are disabled further down',
    text: `${pair(1398)}disable [find chain=output]\nset [find comment="x"] disabled=yes`,
    profile: esp,
    expect: [],
  },
  {
    says: 'which are disabled is known to the box alone',
    text: `${pair(1398)}disable numbers=0,1`,
    profile: esp,
    expect: [['unread', 4]],
  },
  {
    says: 'removed above, then added: the way of a script that is run again',
    text: `/ip firewall mangle remove [find comment~"vpn"]\n${pair(1398)}`,
    profile: esp,
    expect: [],
  },
  {
    says: 'cut off before its number',
    text: `${pair(1398)}add action=change-mss chain=forward protocol=tcp tcp-flags=syn new-m`,
    profile: esp,
    expect: [['unread', 4]],
  },
  {
    says: 'cut off inside its number',
    text: `${pair(1398)}add action=change-mss chain=forward protocol=tcp tcp-flags=syn new-mss=13`,
    profile: esp,
    expect: [
      ['not-plausible', 4],
      ['unfinished', 4],
    ],
  },
  { says: 'smaller than need be is no fault', text: pair(1300), profile: esp, expect: [] },
  { says: 'too large, but disabled', text: pair(1400, ' disabled=yes'), profile: esp, expect: [] },
  {
    says: 'one direction',
    text: '/ip/firewall/mangle add action=change-mss chain=forward ipsec-policy=out,ipsec new-mss=1398 protocol=tcp tcp-flags=syn tcp-mss=1399-65535',
    expect: [['one-direction-clamp', 1]],
  },
  {
    says: 'one direction by interface',
    text: '/ip firewall mangle\nadd action=change-mss chain=forward out-interface=wg1 new-mss=1398 protocol=tcp tcp-flags=syn',
    expect: [['one-direction-clamp', 2]],
  },
  {
    says: 'no match at all serves both',
    text: '/ip firewall mangle\nadd action=change-mss chain=forward new-mss=1398 protocol=tcp tcp-flags=syn',
    expect: [],
  },
  {
    says: 'the return rule repeats in',
    text: `/ip firewall mangle
add action=change-mss chain=forward ipsec-policy=in,ipsec new-mss=1300 protocol=tcp src-address=10.9.0.0/24 tcp-flags=syn
add action=change-mss chain=forward dst-address=10.9.0.0/24 ipsec-policy=in,ipsec new-mss=1300 protocol=tcp tcp-flags=syn`,
    expect: [['return-rule-repeats', 3]],
  },
  {
    says: 'the same with out is right',
    text: `/ip firewall mangle
add action=change-mss chain=forward ipsec-policy=in,ipsec new-mss=1300 protocol=tcp src-address=10.9.0.0/24 tcp-flags=syn
add action=change-mss chain=forward dst-address=10.9.0.0/24 ipsec-policy=out,ipsec new-mss=1300 protocol=tcp tcp-flags=syn`,
    expect: [],
  },
  {
    says: 'a bare SYN',
    text: pair(1398).replace('tcp-flags=syn tcp-mss=1399', 'tcp-flags=syn,!ack tcp-mss=1399'),
    expect: [['syn-misses-syn-ack', 2]],
  },
  {
    says: 'fasttrack alone',
    text: `/ip ipsec peer\nadd address=192.0.2.1/32 name=a\n/ip firewall filter\n${fasttrack}`,
    expect: [
      ['no-clamp', 2],
      ['fasttrack-before-ipsec', 4],
    ],
  },
  {
    says: 'fasttrack, no IPsec in sight: a warning',
    text: `/ip firewall filter\n${fasttrack}`,
    expect: [['fasttrack-before-ipsec', 2]],
  },
  {
    says: 'fasttrack below both accepts',
    text: `/ip firewall filter\n${accept('in')}\n${accept('out')}\n${fasttrack}`,
    expect: [],
  },
  {
    says: 'fasttrack above them',
    text: `/ip firewall filter\n${fasttrack}\n${accept('in')}\n${accept('out')}`,
    expect: [['fasttrack-before-ipsec', 2]],
  },
  {
    says: 'fasttrack below one of them',
    text: `/ip firewall filter\n${accept('in')}\n${fasttrack}\n${accept('out')}`,
    expect: [['fasttrack-before-ipsec', 3]],
  },
  {
    says: 'an accept for one network is not enough',
    text: `/ip firewall filter\n${accept('in', ' src-address=10.0.0.0/8')}\n${accept('out')}\n${fasttrack}`,
    expect: [['fasttrack-before-ipsec', 4]],
  },
  {
    says: 'accepts by address, both ways, as the manual has them',
    text: `/ip ipsec policy\nadd dst-address=10.2.0.0/24 src-address=10.1.0.0/24 tunnel=yes\n/ip firewall filter\nadd chain=forward src-address=10.1.0.0/24 dst-address=10.2.0.0/24\nadd chain=forward src-address=10.2.0.0/24 dst-address=10.1.0.0/24\n${fasttrack}`,
    expect: [['no-clamp', 2]],
  },
  {
    says: 'accepts by address, for another policy',
    text: `/ip ipsec policy\nadd dst-address=10.9.0.0/24 src-address=10.1.0.0/24 tunnel=yes\n/ip firewall filter\nadd chain=forward src-address=10.1.0.0/24 dst-address=10.2.0.0/24\nadd chain=forward src-address=10.2.0.0/24 dst-address=10.1.0.0/24\n${fasttrack}`,
    expect: [
      ['no-clamp', 2],
      ['fasttrack-before-ipsec', 6],
    ],
  },
  {
    says: 'a disabled accept does nothing',
    text: `/ip firewall filter\n${accept('in', ' disabled=yes')}\n${accept('out')}\n${fasttrack}`,
    expect: [['fasttrack-before-ipsec', 4]],
  },
  { says: 'a disabled fasttrack does nothing', text: `/ip firewall filter\n${fasttrack} disabled=yes`, expect: [] },
  {
    says: 'fasttrack that excludes a mark set by policy',
    text: `/ip firewall mangle\nadd action=mark-connection chain=forward ipsec-policy=out,ipsec new-connection-mark=ipsec passthrough=yes\n/ip firewall filter\n${fasttrack} connection-mark=!ipsec`,
    expect: [['no-clamp', 2]],
  },
  {
    says: 'fasttrack that excludes a mark nobody sets',
    text: `/ip ipsec peer add name=x\n/ip firewall filter\n${fasttrack} connection-mark=!ipsec`,
    expect: [
      ['no-clamp', 1],
      ['fasttrack-before-ipsec', 3],
    ],
  },
  {
    says: 'the mark ends the chain above the clamp',
    text: `/ip firewall mangle\nadd action=mark-connection chain=forward ipsec-policy=out,ipsec new-connection-mark=ipsec passthrough=no\n${pair(1398).split('\n').slice(1).join('\n')}`,
    expect: [['clamp-not-reached', 3]],
  },
  {
    says: 'masquerade without a word about IPsec, with continuation lines',
    text: '/ip ipsec policy\nadd dst-address=10.2.0.0/24 src-address=10.1.0.0/24 tunnel=yes\n/ip firewall nat\nadd action=masquerade chain=srcnat \\\n    out-interface=ether1',
    expect: [
      ['no-clamp', 2],
      ['masquerade-takes-ipsec', 4],
    ],
  },
  {
    says: 'masquerade for ipsec-policy=out,none',
    text: '/ip ipsec policy add tunnel=yes\n/ip firewall nat\nadd action=masquerade chain=srcnat ipsec-policy=out,none out-interface=ether1',
    expect: [['no-clamp', 1]],
  },
  {
    says: 'masquerade below a bypass',
    text: '/ip ipsec policy add tunnel=yes\n/ip firewall nat\nadd chain=srcnat dst-address=10.2.0.0/24 src-address=10.1.0.0/24\nadd action=masquerade chain=srcnat out-interface=ether1',
    expect: [['no-clamp', 1]],
  },
  {
    says: 'masquerade above the bypass',
    text: '/ip ipsec policy add tunnel=yes\n/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\nadd action=accept chain=srcnat ipsec-policy=out,ipsec',
    expect: [
      ['no-clamp', 1],
      ['masquerade-takes-ipsec', 3],
    ],
  },
  {
    says: 'masquerade and no IPsec',
    text: '/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1',
    expect: [],
  },
  {
    says: 'WireGuard larger than its own header leaves, and one that fits',
    text: '/interface wireguard\nadd mtu=1480 name=a\nadd mtu=1440 name=b',
    expect: [
      ['interface-mtu', 2],
      ['no-clamp', 2],
      ['no-clamp', 3],
    ],
  },
  {
    says: 'clear-df too late',
    text: 'add action=clear-df chain=forward dst-address=10.2.0.0/24',
    expect: [['df-cleared-too-late', 1]],
  },
  { says: 'clear-df in time', text: 'add action=clear-df chain=prerouting dst-address=10.2.0.0/24', expect: [] },
  {
    says: 'IPv6 handled but not clamped',
    text: `${pair(1398)}/ipv6 firewall filter\nadd action=accept chain=forward`,
    expect: [['missing-ipv6-twin', 2]],
  },
  {
    says: 'clamp to path MTU with policies',
    text: '/ip ipsec policy add tunnel=yes\n/ip firewall mangle\nadd action=change-mss chain=forward new-mss=clamp-to-pmtu protocol=tcp tcp-flags=syn',
    expect: [['pmtu-one-direction', 3]],
  },
];

const save = (table: string, ...rules: readonly string[]): string =>
  `# Generated by iptables-save v1.8.9\n*${table}\n:FORWARD ACCEPT [0:0]\n${rules.join('\n')}\nCOMMIT\n`;
const syn = '-p tcp -m tcp --tcp-flags SYN,RST SYN';
const xfrm: LintProfile = { ...esp, style: 'xfrm', tunnelIf: 'ipsec0' };

export const iptablesRows: readonly LintRow[] = [
  ...[
    '-m limit --limit 5/sec',
    '-m time --timestart 08:00',
    '-m set --match-set voip dst',
    '-m statistic --mode random --probability 0.5',
  ].map(
    (condition): LintRow => ({
      says: `a clamp with ${condition}`,
      text: save(
        'mangle',
        `-A FORWARD -o wg0 ${syn} ${condition} -j TCPMSS --set-mss 1360`,
        `-A FORWARD -i wg0 ${syn} -j TCPMSS --set-mss 1360`,
      ),
      expect: [['conditional-clamp', 4]],
    }),
  ),
  {
    says: 'a limit on what is logged beside a clamp without one',
    text: save(
      'mangle',
      `-A FORWARD -o wg0 -m limit --limit 5/sec -j LOG`,
      `-A FORWARD -o wg0 ${syn} -j TCPMSS --set-mss 1360`,
      `-A FORWARD -i wg0 ${syn} -j TCPMSS --set-mss 1360`,
    ),
    expect: [],
  },
  {
    says: 'a clamp for one port, one way',
    text: save('mangle', `-A FORWARD -o wg0 ${syn} --dport 443 -j TCPMSS --set-mss 1360`),
    expect: [['no-clamp', 4]],
  },
  {
    says: 'a clamp for one port, both ways',
    text: save(
      'mangle',
      `-A FORWARD -o wg0 ${syn} --dport 443 -j TCPMSS --set-mss 1360`,
      `-A FORWARD -i wg0 ${syn} --sport 443 -j TCPMSS --set-mss 1360`,
    ),
    expect: [['no-clamp', 4]],
  },
  {
    says: 'a clamp for one port beside one for all',
    text: save(
      'mangle',
      `-A FORWARD -o wg0 ${syn} --dport 443 -j TCPMSS --set-mss 1360`,
      `-A FORWARD -o wg0 ${syn} -j TCPMSS --set-mss 1360`,
      `-A FORWARD -i wg0 ${syn} -j TCPMSS --set-mss 1360`,
    ),
    expect: [],
  },
  {
    says: 'a good pair by policy',
    text: save(
      'mangle',
      `-A FORWARD ${syn} -m policy --dir out --pol ipsec -m tcpmss --mss 1399:65535 -j TCPMSS --set-mss 1398`,
      `-A FORWARD ${syn} -m policy --dir in --pol ipsec -j TCPMSS --set-mss 1398`,
    ),
    profile: esp,
    expect: [],
  },
  {
    says: 'through a chain of its own',
    text: save(
      'mangle',
      `-A FORWARD -m policy --dir out --pol ipsec -j C`,
      `-A FORWARD -m policy --dir in --pol ipsec -j C`,
      `-A C ${syn} -j TCPMSS --set-mss 1398`,
    ),
    profile: esp,
    expect: [],
  },
  {
    says: 'a chain reached one way only',
    text: save('mangle', `-A FORWARD -m policy --dir out --pol ipsec -j C`, `-A C ${syn} -j TCPMSS --set-mss 1398`),
    profile: esp,
    expect: [['one-direction-clamp', 5]],
  },
  {
    says: 'one service is accepted above the clamp for what comes in',
    text: save(
      'mangle',
      `-A FORWARD -o tun0 ${syn} -j TCPMSS --clamp-mss-to-pmtu`,
      '-A FORWARD -p tcp -m tcp --dport 443 -j ACCEPT',
      `-A FORWARD -i tun0 ${syn} -j TCPMSS --clamp-mss-to-pmtu`,
    ),
    expect: [['clamp-not-reached', 6]],
  },
  {
    says: 'the same below both clamps',
    text: save(
      'mangle',
      `-A FORWARD -o tun0 ${syn} -j TCPMSS --clamp-mss-to-pmtu`,
      `-A FORWARD -i tun0 ${syn} -j TCPMSS --clamp-mss-to-pmtu`,
      '-A FORWARD -p tcp -m tcp --dport 443 -j ACCEPT',
    ),
    expect: [],
  },
  {
    says: 'jumps in a circle',
    text: save('mangle', '-A FORWARD -j A', '-A A -j B', '-A B -j A', `-A B ${syn} -j TCPMSS --set-mss 1500`),
    profile: esp,
    expect: [['mss-above-budget', 7]],
  },
  {
    says: '--syn',
    text: save('mangle', '-A FORWARD -p tcp -m tcp --syn -j TCPMSS --set-mss 1398'),
    expect: [['syn-misses-syn-ack', 4]],
  },
  {
    says: 'as iptables-save prints --syn',
    text: save('mangle', '-A FORWARD -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j TCPMSS --set-mss 1398'),
    expect: [['syn-misses-syn-ack', 4]],
  },
  {
    says: 'clamp to path MTU with policies',
    text: save(
      'mangle',
      '-A FORWARD -m policy --dir in --pol ipsec -j ACCEPT',
      `-A FORWARD ${syn} -j TCPMSS --clamp-mss-to-pmtu`,
    ),
    expect: [['pmtu-one-direction', 5]],
  },
  {
    says: 'clamp to path MTU is fine with an interface',
    text: save('mangle', `-A FORWARD ${syn} -j TCPMSS --clamp-mss-to-pmtu`),
    profile: xfrm,
    expect: [],
  },
  {
    says: 'policy match on an xfrm interface',
    text: save(
      'mangle',
      `-A FORWARD ${syn} -m policy --dir out --pol ipsec -j TCPMSS --set-mss 1398`,
      `-A FORWARD ${syn} -m policy --dir in --pol ipsec -j TCPMSS --set-mss 1398`,
    ),
    profile: xfrm,
    expect: [['policy-match-on-interface', 4]],
  },
  {
    says: 'on the WAN, where only ESP passes',
    text: save(
      'mangle',
      `-A FORWARD -o eth0 ${syn} -j TCPMSS --set-mss 1398`,
      `-A FORWARD -i eth0 ${syn} -j TCPMSS --set-mss 1398`,
    ),
    profile: { ...xfrm, wanIf: 'eth0' },
    expect: [
      ['clamp-on-wan', 4],
      ['clamp-on-wan', 5],
    ],
  },
  {
    says: 'the same, told by the file alone',
    text: `*nat\n-A POSTROUTING -o eth0 -j MASQUERADE\nCOMMIT\n*filter\n-A FORWARD -i ipsec0 -j ACCEPT\nCOMMIT\n*mangle\n-A FORWARD -o eth0 ${syn} -j TCPMSS --set-mss 1398\n-A FORWARD -i eth0 ${syn} -j TCPMSS --set-mss 1398\nCOMMIT`,
    expect: [
      ['clamp-on-wan', 8],
      ['clamp-on-wan', 9],
    ],
  },
  {
    says: 'a PPPoE clamp is not the tunnel’s',
    text: save(
      'mangle',
      `-A FORWARD -o ppp0 ${syn} -j TCPMSS --set-mss 1452`,
      `-A FORWARD -i ppp0 ${syn} -j TCPMSS --set-mss 1452`,
      `-A FORWARD -o ipsec0 ${syn} -j TCPMSS --set-mss 1398`,
      `-A FORWARD -i ipsec0 ${syn} -j TCPMSS --set-mss 1398`,
    ),
    profile: xfrm,
    expect: [],
  },
  {
    says: 'POSTROUTING -i',
    text: `iptables -t mangle -A POSTROUTING -p tcp --tcp-flags SYN,RST SYN -o xfrm0 -j TCPMSS --set-mss 1240\niptables -t mangle -A POSTROUTING -p tcp --tcp-flags SYN,RST SYN -i xfrm0 -j TCPMSS --set-mss 1240`,
    expect: [['cannot-load', 2]],
  },
  {
    says: '--dir in in POSTROUTING',
    text: save('mangle', '-A POSTROUTING -m policy --dir in --pol ipsec -j ACCEPT'),
    expect: [
      ['no-clamp', 4],
      ['cannot-load', 4],
    ],
  },
  {
    says: 'clamp to path MTU in PREROUTING',
    text: save('mangle', `-A PREROUTING ${syn} -j TCPMSS --clamp-mss-to-pmtu`),
    expect: [['cannot-load', 4]],
  },
  {
    says: 'masquerade',
    text: '*nat\n-A POSTROUTING -o eth0 -j MASQUERADE\nCOMMIT',
    profile: { style: 'policy' },
    expect: [['masquerade-takes-ipsec', 2]],
  },
  {
    says: 'masquerade for the rest',
    text: '*nat\n-A POSTROUTING -o eth0 -m policy --dir out --pol none -j MASQUERADE\nCOMMIT',
    profile: { style: 'policy' },
    expect: [],
  },
  {
    says: 'masquerade below an accept',
    text: '*nat\n-A POSTROUTING -m policy --dir out --pol ipsec -j ACCEPT\n-A POSTROUTING -o eth0 -j MASQUERADE\nCOMMIT',
    expect: [],
  },
  {
    says: 'ip6tables with IPv4’s number',
    text: `# Generated by ip6tables-save v1.8.9\n*mangle\n-A FORWARD ${syn} -j TCPMSS --set-mss 1398\nCOMMIT`,
    profile: esp,
    expect: [['mss-above-budget', 3]],
  },
];

const nft = (...rules: readonly string[]): string =>
  `table inet t {\n\tchain forward {\n\t\ttype filter hook forward priority mangle; policy accept;\n${rules.map((rule) => `\t\t${rule}`).join('\n')}\n\t}\n}\n`;
const flags = 'tcp flags syn / syn,rst';

export const nftRows: readonly LintRow[] = [
  {
    says: 'a dormant table does nothing',
    text: nft(`${flags} tcp option maxseg size set 1398`).replace('{', '{\n\tflags dormant;'),
    expect: [['unread', 5]],
  },
  {
    says: 'what is routed passes no table of the bridge',
    text: nft(`${flags} tcp option maxseg size set 1398`).replace('inet', 'bridge'),
    expect: [['unread', 4]],
  },
  {
    says: 'one number for both',
    text: nft(`${flags} tcp option maxseg size set 1398`),
    expect: [['ipv6-takes-ipv4-value', 4]],
  },
  {
    says: 'one number for both, known to be wrong',
    text: nft(`${flags} tcp option maxseg size set 1398`),
    profile: esp,
    expect: [
      ['ipv6-takes-ipv4-value', 4],
      ['mss-above-budget', 4],
    ],
  },
  {
    says: 'one number for both that fits both',
    text: nft(`${flags} tcp option maxseg size set 1378`),
    profile: esp,
    expect: [],
  },
  {
    says: 'each its own',
    text: nft(
      `${flags} meta nfproto ipv4 tcp option maxseg size set 1398`,
      `${flags} meta nfproto ipv6 tcp option maxseg size set 1378`,
    ),
    profile: esp,
    expect: [],
  },
  {
    says: 'inbound only',
    text: nft(`${flags} meta ipsec exists meta nfproto ipv4 tcp option maxseg size set 1398`),
    expect: [
      ['missing-ipv6-twin', 4],
      ['one-direction-clamp', 4],
    ],
  },
  {
    says: 'a bare SYN',
    text: nft(
      'tcp flags == syn meta nfproto ipv4 tcp option maxseg size set 1398',
      `${flags} meta nfproto ipv6 tcp option maxseg size set 1378`,
    ),
    expect: [['syn-misses-syn-ack', 4]],
  },
  {
    says: 'a mask with ack',
    text: nft('tcp flags syn / fin,syn,rst,ack tcp option maxseg size set rt mtu'),
    expect: [['syn-misses-syn-ack', 4]],
  },
  {
    says: 'rt mtu with policies',
    text: nft('rt ipsec exists counter', `${flags} tcp option maxseg size set rt mtu`),
    expect: [['pmtu-one-direction', 5]],
  },
  {
    says: 'rt mtu on both sides of an interface',
    text: nft(
      `oifname { "ipsec1", "ipsec0" } ${flags} tcp option maxseg size set rt mtu`,
      `iifname { "ipsec0", "ipsec1" } ${flags} tcp option maxseg size set rt mtu`,
    ),
    expect: [],
  },
  {
    says: 'the second interface of a set has one side only',
    text: nft(
      `oifname "ipsec0" ${flags} tcp option maxseg size set rt mtu`,
      `iifname { "ipsec0", "ipsec1" } ${flags} tcp option maxseg size set rt mtu`,
    ),
    expect: [['one-direction-clamp', 5]],
  },
  {
    says: 'established above the clamp of the same chain',
    text: nft('ct state established,related accept', `${flags} tcp option maxseg size set rt mtu`),
    expect: [['clamp-not-reached', 5]],
  },
  {
    says: 'a guard with a gap, and one without',
    text: nft(
      `oifname "wg0" ${flags} meta nfproto ipv4 tcp option maxseg size 1400-1459 tcp option maxseg size set 1360`,
      `iifname "wg0" ${flags} meta nfproto ipv4 tcp option maxseg size > 1360 tcp option maxseg size set 1360`,
    ),
    expect: [
      ['guard-misses', 4],
      ['missing-ipv6-twin', 4],
    ],
  },
  {
    says: 'packet too big is dropped',
    text: nft('icmpv6 type echo-request accept', 'icmpv6 type != { 133, 134, 135, 136 } drop'),
    expect: [['ptb-filtered', 5]],
  },
  {
    says: 'a flowtable in a hook that no kernel has',
    text: 'table inet t {\n\tflowtable f {\n\t\thook early_ingress priority 0; devices = { eth0 }\n\t}\n}\n',
    expect: [['unread', 2]],
  },
  {
    says: 'an include',
    text: `include "/etc/clamp.nft"\n${nft('counter')}`,
    expect: [['unread', 1]],
  },
  {
    says: 'flow add above IPsec',
    text: nft('meta l4proto { tcp, udp } flow add @f', 'rt ipsec exists accept', 'meta ipsec exists accept'),
    expect: [
      ['no-clamp', 5],
      ['flowtable-before-ipsec', 4],
    ],
  },
  {
    says: 'flow add below IPsec',
    text: nft('rt ipsec exists accept', 'meta secpath exists accept', 'meta l4proto { tcp, udp } flow add @f'),
    expect: [['no-clamp', 4]],
  },
  {
    says: 'DF cleared in forward',
    text: nft('ip length > 1438 ip frag-off & 0x4000 != 0 ip frag-off set ip frag-off & 0xbfff'),
    expect: [['df-cleared-too-late', 4]],
  },
  {
    says: 'masquerade',
    text: `${nft('rt ipsec exists accept')}table ip nat {\n\tchain post {\n\t\ttype nat hook postrouting priority srcnat; policy accept;\n\t\toifname "eth0" masquerade\n\t}\n}`,
    expect: [
      ['no-clamp', 4],
      ['masquerade-takes-ipsec', 10],
    ],
  },
];

const conn = (child: string, more = ''): string =>
  `connections {\n  site {\n    ${more}\n    children {\n      net {\n        ${child}\n      }\n    }\n  }\n}\n`;

export const swanctlRows: readonly LintRow[] = [
  { says: 'nothing wrong', text: conn('esp_proposals = aes256-sha256'), expect: [] },
  { says: 'mtu in a child', text: conn('mtu = 1438'), expect: [['swanctl-unknown-mtu', 6]] },
  { says: 'copy_df = no', text: conn('copy_df = no # try'), expect: [['copy-df-no', 6]] },
  { says: 'copy_df in a comment', text: conn('# copy_df = no\n        copy_df = yes'), expect: [] },
  {
    says: 'all on one line',
    text: 'connections { a { children { b { copy_df = no } } } }',
    expect: [['copy-df-no', 1]],
  },
  {
    says: 'encap not counted',
    text: conn('copy_ecn = yes', 'encap = yes'),
    profile: { natT: false },
    expect: [['encap-not-counted', 3]],
  },
  { says: 'encap counted', text: conn('copy_ecn = yes', 'encap = yes'), profile: { natT: true }, expect: [] },
  { says: 'if_id one way', text: conn('if_id_out = 42'), expect: [['if-id-one-sided', 6]] },
  { says: 'if_id both ways', text: conn('if_id_out = 42\n        if_id_in = 42'), expect: [] },
];
