import type { Paste } from './reading.js';

/** Output that people paste in good faith and that does not say what a tunnel costs; and what would. */
interface OtherOutput {
  readonly sign: RegExp;
  readonly is: string;
  readonly lacks: string;
  readonly instead: string;
}

const noSuite = 'which names no suite';
const sizes = 'measure with DF: ping -M do -s 1472 HOST (Linux), ping -f -l 1472 HOST (Windows), or mtucalc probe HOST';

const others: readonly OtherOutput[] = [
  {
    sign: /\bPH2-TOTAL\b/,
    is: 'RouterOS active-peers',
    lacks: noSuite,
    instead: 'paste /ip ipsec installed-sa print detail',
  },
  {
    sign: /\b(?:in-no-states|in-state-protocol-errors):/,
    is: 'RouterOS ipsec statistics',
    lacks: 'which only counts errors',
    instead: 'paste /ip ipsec installed-sa print detail',
  },
  {
    sign: /\bACTUAL-MTU\s+L2MTU\b/,
    is: 'RouterOS interface print',
    lacks: 'which shows neither the ends of a tunnel nor its suite',
    instead: 'paste /interface export and /ip ipsec installed-sa print detail',
  },
  {
    sign: /^\s*Crypto session current status/,
    is: 'Cisco show crypto session',
    lacks: noSuite,
    instead: 'paste show crypto ipsec sa',
  },
  {
    sign: /^\s*IPv[46] Crypto (?:ISAKMP|IKEv2)\s+SA/,
    is: 'a list of IKE SAs',
    lacks: 'whose ciphers are not those of the packets',
    instead: 'paste show crypto ipsec sa',
  },
  {
    sign: /\bselectors\(total,up\):/,
    is: 'FortiOS tunnel summary',
    lacks: noSuite,
    instead: 'paste diagnose vpn tunnel list, or get vpn ipsec tunnel details',
  },
  {
    sign: /\binBytes=\d+, outBytes=\d+/,
    is: 'libreswan trafficstatus',
    lacks: noSuite,
    instead: 'paste ipsec status, or ip xfrm state',
  },
  {
    sign: /^\s*dir (?:in|out|fwd) (?:action \w+ )?priority \d/,
    is: 'a list of policies',
    lacks: noSuite,
    instead: 'paste ip xfrm state (its keys are never kept), or swanctl --list-sas',
  },
  {
    sign: /^\s*TunnelType\s*:\s*\w+/,
    is: 'Get-VpnConnection of Windows',
    lacks: noSuite,
    instead: 'give --cipher, or paste netsh interface ipv4 show subinterfaces for the MTU of the link',
  },
  {
    sign: /^\s*Hop\s+RTT\s+Lost\/Sent|^\s*HOST: \S+\s+Loss%|^\s*(?:Tracing route to|traceroute to) /i,
    is: 'a trace of the way',
    lacks: 'whose packets are small and prove no size',
    instead: `tracepath HOST, or ${sizes}`,
  },
  {
    sign: /^\s*(?:PING6?[ (]|Pinging )|\bF=\d{2,5}\b|\[LOCALHOST\]\s+pmtu/,
    is: 'a measurement',
    lacks: 'which describes no tunnel',
    instead: 'mtucalc import FILE reads it',
  },
  {
    sign: /\bMtuSize\b/,
    is: 'Test-Connection of PowerShell',
    lacks: 'whose MtuSize is not documented to be the size of a packet',
    instead: sizes,
  },
  {
    sign: /^\s*Methods: ESP Tunnel\b|^\|\s*Peer: \S+/,
    is: 'Check Point vpn tu',
    lacks: 'whose suite is cut short',
    instead: 'give the suite of the community with --cipher (and --nat-t or --no-nat-t)',
  },
  {
    sign: /^\s*<(?:pfsense|opnsense)>/,
    is: 'a config.xml of pfSense or OPNsense',
    lacks: 'and no IPsec or WireGuard is in it',
    instead: 'paste swanctl --list-sas of the box',
  },
  {
    sign: /^\s*Protocol inet, MTU: \d|\bis up, line protocol is up\b/,
    is: 'an interface of a router',
    lacks: 'whose own MTU is neither what fits inside a tunnel nor its suite',
    instead: 'paste the SAs (show crypto ipsec sa, show security ipsec security-associations detail)',
  },
];

const kindOf = ({ lines }: Paste): OtherOutput | undefined =>
  others.find(({ sign }) => lines.some(({ text }) => sign.test(text)));

/** What a paste is that holds no tunnel, and what to paste instead; null where that is not known either. */
export function otherOutput(paste: Paste): { readonly says: string; readonly hint: string } | null {
  const found = kindOf(paste);
  return found ? { says: `this is ${found.is}, ${found.lacks}`, hint: found.instead } : null;
}
