import { checkedName, linuxInterface } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { nameOr, sayHead, sayUndoHead } from '../remarks.js';
import { mssFor, scopesOf, usualInterface } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';

function links(out: Script, plan: ClampPlan): void {
  if (plan.style === 'policy') {
    out.say(
      'policy-based IPsec has no interface: the kernel knows the MTU of the SA by itself, for its own sockets and for PTBs to the LAN',
    );
    return;
  }
  const tunnel = nameOr(out, plan.tunnelIf, usualInterface(plan), '--tunnel-if', linuxInterface);
  if (plan.style === 'xfrm' && plan.ifId !== undefined) {
    const wan = plan.wanIf === undefined ? '' : ` dev ${checkedName(plan.wanIf, '--wan-if', linuxInterface)}`;
    out.add(`ip link show dev ${tunnel} >/dev/null 2>&1 || ip link add ${tunnel} type xfrm${wan} if_id ${plan.ifId}`);
  }
  if (plan.families.includes(6) && plan.tunnelMtu < 1280) out.say('below 1280 the kernel takes IPv6 off the interface');
  out.add(`ip link set dev ${tunnel} mtu ${plan.tunnelMtu}`);
  if (plan.remoteNets.length > 0)
    out.say(
      "advmss counts for connections that begin or end on this host; a router forwards other hosts' MSS as it is",
    );
  for (const family of plan.families) {
    for (const network of scopesOf(plan, family).out.to) {
      const lock = plan.clearDf && family === 4 ? 'lock ' : '';
      if (lock) out.say('mtu lock: no PMTUD towards there, packets of this host go without DF');
      out.add(
        `ip -${family} route replace ${network} dev ${tunnel} mtu ${lock}${plan.tunnelMtu} advmss ${mssFor(plan, family)}`,
      );
    }
  }
}

export const linux: SnippetTarget = {
  id: 'linux',
  title: 'Linux ip and sysctl',
  manual: 'ip-link(8), ip-route(8); docs.kernel.org networking/ip-sysctl',
  fileName: 'mtucalc-linux.sh',
  comment: '#',
  render(plan) {
    const out = script('#');
    sayHead(out, linux, plan);
    out.say(
      'run as root; lost at reboot. This is the MTU side; the clamp for forwarded TCP is in the nftables and iptables snippets.',
    );
    links(out, plan);
    out.say(
      'TCP of this host finds a way through a black hole by itself (RFC 4821); needed on the hosts, not on the router',
    );
    out.add('sysctl -w net.ipv4.tcp_mtu_probing=1');
    out.say(
      'the router forwards by device MTU and locked route MTU, not by what a PTB claimed (the default, said here because it is often changed)',
    );
    out.add('sysctl -w net.ipv4.ip_forward_use_pmtu=0');
    if (plan.clearDf) {
      out.say(
        'on the hosts that ignore PTBs, where they are Linux: sysctl -w net.ipv4.ip_no_pmtu_disc=1 sends IPv4 without DF. Only packets that begin there; for forwarded ones see --clear-df of the nftables snippet.',
      );
    }
    return out.text();
  },
  undo(plan) {
    const out = script('#');
    sayUndoHead(out, linux);
    if (plan.style !== 'policy') {
      const tunnel = nameOr(out, plan.tunnelIf, usualInterface(plan), '--tunnel-if', linuxInterface);
      for (const family of plan.families) {
        for (const network of scopesOf(plan, family).out.to)
          out.add(`ip -${family} route replace ${network} dev ${tunnel}`);
      }
      out.say('1500 is the MTU a new tunnel interface gets (WireGuard: 1420)');
      out.add(`ip link set dev ${tunnel} mtu ${plan.kind === 'wireguard' ? 1420 : 1500}`);
    }
    out.add('sysctl -w net.ipv4.tcp_mtu_probing=0');
    return out.text();
  },
};
