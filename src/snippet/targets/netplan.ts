import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { linuxBridge, sayBefore, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { linuxTunnel } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { kindTitle, type TunnelKind } from '../tunnel-kind.js';

const pathOf = ({ name }: Pick<ClampPlan, 'name'>): string => `/etc/netplan/90-mtucalc-${name}.yaml`;
/** What netplan makes under `tunnels:`. */
const kinds: readonly TunnelKind[] = ['wireguard', 'gre', 'gretap', 'ipip', 'sit', 'vxlan'];

function tunnelOf(out: Script, plan: ClampPlan): string {
  if (plan.style !== 'vti' && !(plan.style === 'none' && kinds.includes(plan.tunnel))) {
    throw new MtucalcError(
      'impossible',
      plan.style === 'none'
        ? `netplan makes no ${kindTitle(plan.tunnel)} interface`
        : 'netplan has no setting for this IPsec: policies have no interface, and xfrm interfaces belong to the IPsec daemon',
      'the linux snippet sets the MTU of any interface, networkd and networkmanager of theirs; --ipsec vti if netplan makes the interface',
    );
  }
  return linuxTunnel(out, plan);
}

export const netplan: SnippetTarget = {
  id: 'netplan',
  aliases: ['ubuntu-netplan', 'cloud-init'],
  title: 'netplan (Ubuntu)',
  manual: 'netplan YAML reference: tunnels, mtu',
  fileName: 'mtucalc-netplan.yaml',
  comment: '#',
  honours: ['tunnelIf'],
  render(plan) {
    const out = script('#');
    sayHead(out, netplan, plan);
    const name = tunnelOf(out, plan);
    out.say(
      `save as ${pathOf(plan)}, chmod 600, then: netplan try. It joins the file that defines ${name}: later files win key by key. The MTU alone: netplan has no clamp, the nftables snippet has.`,
    );
    sayBridged(out, plan, linuxBridge);
    sayBefore(out, `netplan get tunnels.${name.replaceAll('.', '\\.')}.mtu`);
    out.add('network:', '  version: 2', '  tunnels:', `    "${name}":`, `      mtu: ${plan.tunnelMtu}`);
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, netplan, plan, all);
    out.say(
      `rm ${all ? '/etc/netplan/90-mtucalc-*.yaml' : pathOf(plan)} && netplan apply: an mtu in the file that defines the interface counts again`,
    );
    return out.text();
  },
};
