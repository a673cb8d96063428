import { findingAt, type LintRule } from '../rule.js';
import { ofTunnel } from './of-tunnel.js';

export const noClamp: LintRule = {
  code: 'no-clamp',
  summary: 'IPsec without a clamp',
  check({ ipsecThroughFirewall, clamps, wanInterfaces, format }, profile) {
    if (!ipsecThroughFirewall || clamps.some((clamp) => ofTunnel(clamp, profile, wanInterfaces))) return [];
    return [
      findingAt(
        ipsecThroughFirewall,
        'no-clamp',
        'info',
        'IPsec passes this firewall and nothing lowers the MSS for it: TCP depends on PTBs (ICMP 3/4, ICMPv6 2) reaching every host',
        `mtucalc snippet ${format} with the cipher and WAN of the tunnel`,
      ),
    ];
  },
};
