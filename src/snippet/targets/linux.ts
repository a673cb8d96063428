import { checkedName, linuxInterface } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { linuxBridge, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { linuxTunnel, mssFor, scopesOf } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';

const folder = '/var/lib/mtucalc';
const savedOf = ({ name }: Pick<ClampPlan, 'name'>): string => `${folder}/${name}.before`;

/** Networks behind the tunnel with their IP version. */
const remotes = (plan: ClampPlan): { readonly family: 4 | 6; readonly network: string }[] =>
  plan.families.flatMap((family) => scopesOf(plan, family).out.to.map((network) => ({ family, network })));

/** Writes down what is there, once, as commands that --undo runs: a second load must not save our own values. */
function save(out: Script, plan: ClampPlan, tunnel: string): void {
  const saved = savedOf(plan);
  out.say(`what is there is written to ${saved} before anything is changed; --undo runs that file`);
  out.add(`mkdir -p ${folder}`);
  out.add(`[ -e ${saved} ] || ! ip link show dev ${tunnel} >/dev/null || {`);
  out.add(`  ip -o link show dev ${tunnel} | sed -n 's/.* mtu \\([0-9]*\\) .*/ip link set dev ${tunnel} mtu \\1/p'`);
  for (const { family, network } of remotes(plan)) {
    out.add(
      `  ip -${family} route show ${network} | grep -q . && ip -${family} route show ${network} | sed 's/^/ip -${family} route replace /' || echo 'ip -${family} route del ${network}'`,
    );
  }
  out.add(`} > ${saved}`);
}

function links(out: Script, plan: ClampPlan): void {
  if (plan.style === 'policy') {
    out.say(
      plan.transport
        ? 'transport mode has no interface: the kernel knows the MTU of the SA by itself, for its own sockets. Nothing to set here; what helps where PTBs from the path do not arrive is the route to the peer:'
        : 'policy-based IPsec has no interface: the kernel knows the MTU of the SA by itself, for its own sockets and for PTBs to the LAN',
    );
    if (plan.transport) out.show(`ip route replace PEER via GATEWAY mtu ${plan.linkMtu} advmss ${plan.mss.ipv4}`);
    return;
  }
  const tunnel = linuxTunnel(out, plan);
  if (plan.style === 'xfrm' && plan.ifId !== undefined) {
    const wan = plan.wanIf === undefined ? '' : ` dev ${checkedName(plan.wanIf, '--wan-if', linuxInterface)}`;
    out.add(`ip link show dev ${tunnel} >/dev/null 2>&1 || ip link add ${tunnel} type xfrm${wan} if_id ${plan.ifId}`);
  }
  if (plan.families.includes(6) && plan.tunnelMtu < 1280) out.say('below 1280 the kernel takes IPv6 off the interface');
  save(out, plan, tunnel);
  out.add(`ip link set dev ${tunnel} mtu ${plan.tunnelMtu}`);
  ignoreDf(out, plan, tunnel);
  const nets = remotes(plan);
  if (nets.length > 0)
    out.say(
      "advmss counts for connections that begin or end on this host; a router forwards other hosts' MSS as it is",
    );
  if (plan.clearDf && nets.some(({ family }) => family === 4))
    out.say('mtu lock: no PMTUD towards there, packets of this host go without DF');
  for (const { family, network } of nets) {
    const lock = plan.clearDf && family === 4 ? 'lock ' : '';
    out.add(
      `ip -${family} route replace ${network} dev ${tunnel} mtu ${lock}${plan.tunnelMtu} advmss ${mssFor(plan, family)}`,
    );
  }
}

/** GRE and IPIP can fragment inside packets that have DF, in the tunnel itself. */
function ignoreDf(out: Script, plan: ClampPlan, tunnel: string): void {
  if (!plan.clearDf || plan.tunnel !== 'gre' || plan.outer === 6) return;
  out.say(
    'ignore-df: the tunnel no longer answers packets that have DF with a PTB of its own. The kernel takes it together with nopmtudisc only. It is not enough for forwarded packets: what is above the MTU of the interface the router refuses before the tunnel sees it (measured). For those take --clear-df of the nftables snippet, or give the interface the MTU of the LAN and no smaller route MTU: then the outer packets are fragmented.',
  );
  out.add(`ip link set dev ${tunnel} type gre nopmtudisc ignore-df`);
  out.say('or by ip-tunnel(8):');
  out.show(`ip tunnel change ${tunnel} nopmtudisc ignore-df`);
}

export const linux: SnippetTarget = {
  id: 'linux',
  aliases: ['ip', 'iproute2', 'ip-link', 'debian', 'ubuntu', 'alpine'],
  title: 'Linux ip and sysctl',
  manual: 'ip-link(8), ip-route(8), ip-tunnel(8); docs.kernel.org networking/ip-sysctl',
  fileName: 'mtucalc-linux.sh',
  comment: '#',
  honours: ['tunnelIf', 'wanIf', 'remoteNets', 'ifId', 'clearDf'],
  hosts: true,
  render(plan) {
    const out = script('#');
    sayHead(out, linux, plan);
    if (plan.transport) out.say('transport mode: these are for the two hosts themselves');
    else
      out.say(
        'run as root; lost at reboot. This is the MTU side; the clamp for forwarded TCP is in the nftables and iptables snippets.',
      );
    sayBridged(out, plan, linuxBridge);
    links(out, plan);
    out.say(
      'on the hosts, not on the router: TCP finds a way through a black hole by itself (RFC 4821) with sysctl -w net.ipv4.tcp_mtu_probing=1; sysctl net.ipv4.tcp_mtu_probing shows the value before',
      'the router forwards by device MTU and locked route MTU, not by what a PTB claimed, as long as net.ipv4.ip_forward_use_pmtu is 0, the default: sysctl net.ipv4.ip_forward_use_pmtu',
    );
    if (plan.clearDf) {
      out.say(
        'on the hosts that ignore PTBs, where they are Linux: sysctl -w net.ipv4.ip_no_pmtu_disc=1 sends IPv4 without DF. Only packets that begin there; for forwarded ones see --clear-df of the nftables snippet.',
      );
    }
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, linux, plan, all);
    if (all) {
      out.add(
        `for saved in ${folder}/*.before; do [ -e "$saved" ] && sh "$saved" && rm -f "$saved"; done`,
        `rmdir ${folder} 2>/dev/null || true`,
      );
      return out.text();
    }
    if (plan.style === 'policy') {
      out.say('nothing was set');
      return out.text();
    }
    const tunnel = linuxTunnel(out, plan);
    const usual = plan.tunnel === 'wireguard' ? 1420 : 1500;
    const saved = savedOf(plan);
    out.say(`what was there before, as it was saved; without that file the MTU a new tunnel interface gets, ${usual}`);
    if (plan.clearDf && plan.tunnel === 'gre' && plan.outer === 4)
      // One after the other: the kernel refuses pmtudisc as long as ignore-df is there.
      out.add(
        `ip link set dev ${tunnel} type gre nopmtudisc noignore-df`,
        `ip link set dev ${tunnel} type gre pmtudisc`,
      );
    out.add(
      `if [ -e ${saved} ]; then sh ${saved}; rm -f ${saved}; else`,
      ...remotes(plan).map(({ family, network }) => `  ip -${family} route replace ${network} dev ${tunnel}`),
      `  ip link set dev ${tunnel} mtu ${usual}`,
      'fi',
    );
    return out.text();
  },
};
