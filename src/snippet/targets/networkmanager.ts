import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { linuxBridge, sayBefore, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { linuxTunnel } from '../scope.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';
import { kindTitle, type TunnelKind } from '../tunnel-kind.js';

/** The property that holds the MTU of such a connection; 0 is "as the kernel has it". */
const properties: Readonly<Partial<Record<TunnelKind, readonly string[]>>> = {
  wireguard: ['wireguard.mtu'],
  gre: ['ip-tunnel.mtu'],
  gretap: ['ip-tunnel.mtu'],
  ipip: ['ip-tunnel.mtu'],
  sit: ['ip-tunnel.mtu'],
  link: ['ppp.mtu', 'ppp.mru'],
};

function propertiesOf({ style, tunnel }: ClampPlan): readonly string[] {
  const found = style === 'vti' ? ['ip-tunnel.mtu'] : style === 'none' ? properties[tunnel] : undefined;
  if (!found)
    throw new MtucalcError(
      'impossible',
      `NetworkManager has no MTU property for ${style === 'none' ? kindTitle(tunnel) : 'this IPsec'}`,
      'the linux snippet sets the MTU of any interface',
    );
  return found;
}

const command = (out: Script, plan: ClampPlan, value: number): string =>
  `nmcli connection modify ${linuxTunnel(out, plan)} ${propertiesOf(plan)
    .map((property) => `${property} ${value}`)
    .join(' ')}`;

export const networkmanager: SnippetTarget = {
  id: 'networkmanager',
  aliases: ['nmcli', 'nm', 'rhel', 'fedora'],
  title: 'NetworkManager',
  manual: 'nm-settings-nmcli(5): wireguard.mtu, ip-tunnel.mtu, ppp.mtu',
  fileName: 'mtucalc-nmcli.sh',
  comment: '#',
  honours: ['tunnelIf'],
  render(plan) {
    const out = script('#');
    sayHead(out, networkmanager, plan);
    const line = command(out, plan, plan.tunnelMtu);
    out.say('the name is that of the connection, which usually is that of its interface (nmcli connection show)');
    out.say('the MTU alone: NetworkManager has no clamp, the nftables and firewalld snippets have');
    sayBridged(out, plan, linuxBridge);
    const name = line.split(' ')[3] as string;
    sayBefore(out, `nmcli -f ${propertiesOf(plan).join(',')} connection show ${name}`);
    out.add(line, `nmcli connection up ${name}`);
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, networkmanager, plan, all);
    out.say('0 is the default; set what you saved if it was another');
    const line = command(out, plan, 0);
    out.add(line, `nmcli connection up ${line.split(' ')[3]}`);
    return out.text();
  },
};
