import type { Clamp, Node, Scenario } from '../scenario.js';
import { addresses as a } from './addresses.js';
import { must, sysctl } from './namespace.js';

const four = 'iptables-legacy';
const six = 'ip6tables-legacy';

/**
 * What stands in the way of packets and of ICMP: one shell line per namespace, since starting a program is slow in a
 * guest.
 */
export function applyFilters(scenario: Scenario, wanDevice: string): void {
  const lines = new Map<Node, string[]>();
  const at = (node: Node, ...commands: string[]): void =>
    void lines.set(node, [...(lines.get(node) ?? []), ...commands]);
  for (const node of scenario.dropPtb ?? []) {
    at(
      node,
      `${four} -A OUTPUT -p icmp --icmp-type fragmentation-needed -j DROP`,
      `${six} -A OUTPUT -p icmpv6 --icmpv6-type packet-too-big -j DROP`,
    );
  }
  for (const node of scenario.dropIcmpErrors ?? []) {
    for (const type of ['destination-unreachable', 'time-exceeded', 'parameter-problem']) {
      at(
        node,
        `${four} -A OUTPUT -p icmp --icmp-type ${type} -j DROP`,
        `${six} -A OUTPUT -p icmpv6 --icmpv6-type ${type} -j DROP`,
      );
    }
    at(node, `${six} -A OUTPUT -p icmpv6 --icmpv6-type packet-too-big -j DROP`);
  }
  for (const node of scenario.ignorePtb ?? []) {
    at(
      node,
      `${four} -A INPUT -p icmp --icmp-type fragmentation-needed -j DROP`,
      `${six} -A INPUT -p icmpv6 --icmpv6-type packet-too-big -j DROP`,
    );
  }
  if (scenario.dropFragmentsAt) at(scenario.dropFragmentsAt, `${four} -A FORWARD -f -j DROP`);
  for (const node of scenario.clearDf ?? []) {
    const device = node === 'isp' ? ispDevice(wanDevice) : 'lan0';
    at(
      node,
      `tc qdisc add dev ${device} ingress`,
      `tc filter add dev ${device} parent ffff: protocol ip prio 1 u32 match u16 0x4000 0x4000 at 6 action pedit munge offset 6 u16 set 0 pipe action csum ip4h`,
    );
  }
  if (scenario.ignoreMss) at(scenario.ignoreMss.at, ...rewriteMss(scenario.ignoreMss));
  if (scenario.ptbMtu) at(scenario.ptbMtu.at, ...rewritePtb(scenario.ptbMtu, wanDevice));
  if (scenario.clamp) at(scenario.clamp.at, ...clampLines(scenario.clamp));
  for (const [node, commands] of lines) must(node, commands.join(' && '));
  for (const [node, values] of Object.entries(scenario.sysctl ?? {})) sysctl(node as Node, values, true);
}

const ispDevice = (wanDevice: string): string => wanDevice.replace('wan0', 'up0');

/** The kernel's own Packet Too Big with another MTU in it, on its way to the client. */
function rewritePtb({ at, mtu }: NonNullable<Scenario['ptbMtu']>, wanDevice: string): string[] {
  const device = at === 'gw1' ? 'lan0' : ispDevice(wanDevice);
  const filter = `tc filter add dev ${device} egress protocol`;
  return [
    `tc qdisc add dev ${device} clsact`,
    `${filter} ip prio 1 u32 match ip protocol 1 0xff match u16 0x0304 0xffff at 20 action pedit munge offset 26 u16 set ${mtu} pipe action csum icmp`,
    `${filter} ipv6 prio 2 u32 match u8 58 0xff at 6 match u8 2 0xff at 40 action pedit munge offset 44 u32 set ${mtu} pipe action csum icmp`,
  ];
}

/**
 * Behind any capture at the host: the MSS option, first in the SYN of a Linux peer, is replaced before TCP reads it.
 */
function rewriteMss({ at, use }: NonNullable<Scenario['ignoreMss']>): string[] {
  const device = at === 'client' ? 'c0' : 's0';
  const filter = `tc filter add dev ${device} parent ffff: protocol`;
  return [
    `tc qdisc add dev ${device} ingress`,
    `${filter} ip prio 1 u32 match ip protocol 6 0xff match u8 0x02 0x02 at 33 action pedit munge offset 42 u16 set ${use} pipe action csum tcp`,
    `${filter} ipv6 prio 2 u32 match u8 6 0xff at 6 match u8 0x02 0x02 at 53 action pedit munge offset 62 u16 set ${use - 20} pipe action csum tcp`,
  ];
}

function clampLines({ direction, mss }: Clamp): string[] {
  return ([4, 6] as const).flatMap((family) => {
    const value = typeof mss === 'object' ? mss[family] : mss;
    const target = value === 'pmtu' ? '--clamp-mss-to-pmtu' : `--set-mss ${value}`;
    const net = a.clientNet[family];
    const sides = [...(direction !== 'down' ? [`-s ${net}`] : []), ...(direction !== 'up' ? [`-d ${net}`] : [])];
    return sides.map(
      (side) =>
        `${family === 4 ? four : six} -t mangle -A FORWARD ${side} -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS ${target}`,
    );
  });
}
