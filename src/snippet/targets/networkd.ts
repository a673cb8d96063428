import { MtucalcError } from '../../error.js';
import { linuxBridge, sayBefore, sayBridged, sayHead, sayUndoHead } from '../remarks.js';
import { linuxTunnel, mssFor, scopesOf } from '../scope.js';
import { script } from '../script.js';
import type { SnippetTarget } from '../target.js';

export const networkd: SnippetTarget = {
  id: 'networkd',
  aliases: ['systemd-networkd', 'systemd'],
  title: 'systemd-networkd',
  manual: 'systemd.network(5): [Link] MTUBytes=, [Route] MTUBytes=, TCPAdvertisedMaximumSegmentSize=',
  fileName: 'mtucalc-networkd.conf',
  comment: '#',
  honours: ['tunnelIf', 'remoteNets'],
  render(plan) {
    if (plan.style === 'policy')
      throw new MtucalcError(
        'impossible',
        'policy-based IPsec has no interface, and its routes belong to the IPsec daemon',
        'strongswan and charon are for those; --ipsec xfrm or vti if there is an interface',
      );
    const out = script('#');
    sayHead(out, networkd, plan);
    const name = linuxTunnel(out, plan);
    out.say(
      `save as a drop-in of the .network file of ${name} (networkctl status ${name} names it), then networkctl reload:`,
    );
    out.show(`/etc/systemd/network/FILE.network.d/mtucalc-${plan.name}.conf`);
    out.say('the MTU side alone: networkd has no clamp, the nftables snippet has');
    sayBridged(out, plan, linuxBridge);
    sayBefore(out, `networkctl status ${name} | grep MTU`);
    out.add('[Link]', `MTUBytes=${plan.tunnelMtu}`);
    const routes = plan.families.flatMap((family) =>
      scopesOf(plan, family).out.to.map((network) => ({ family, network })),
    );
    if (routes.length > 0)
      out.say(
        'the advertised MSS counts for connections that begin or end on this host; routed ones keep that of their hosts',
      );
    for (const { family, network } of routes) {
      out.blank();
      out.add(
        '[Route]',
        `Destination=${network}`,
        `MTUBytes=${plan.tunnelMtu}`,
        `TCPAdvertisedMaximumSegmentSize=${mssFor(plan, family)}`,
      );
    }
    return out.text();
  },
  undo(plan, _version, all) {
    const out = script('#');
    sayUndoHead(out, networkd, plan, all);
    out.say(
      `rm /etc/systemd/network/*.network.d/mtucalc${all ? '-*' : `-${plan.name}`}.conf && networkctl reload: an MTU in the .network file itself counts again`,
    );
    return out.text();
  },
};
