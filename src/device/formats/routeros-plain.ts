import { type Association, blankAssociation, type Draft, familyOf, type Understood } from '../reading.js';
import { safeAddress } from '../secret.js';
import { interfaceName } from './routeros-links.js';
import { address, makesItsOwnPolicy } from './routeros-policy.js';
import { isServer, type RouterosTunnel, routerosTunnels } from './routeros-tunnels.js';
import type { RouterosItem } from './routeros-words.js';
import { wireguardPeer } from './wireguard-peer.js';

/** Tunnels of an export without IPsec of their own: each interface is one, WireGuard has its peers. */
export function plainTunnels(
  commands: readonly RouterosItem[],
  protectedEnds: ReadonlySet<string>,
  understood: Understood[],
): Association[] {
  return commands.flatMap((item): Association[] => {
    const tunnel = routerosTunnels[item.menu];
    const made = item.verb === 'add' || (isServer(item.menu) && item.values.get('enabled') === 'yes');
    if (!tunnel || !made) return [];
    if (!item.active) understood.push({ line: item.line, says: `${item.menu} ${interfaceName(item)} is disabled` });
    if (!item.active || makesItsOwnPolicy(item)) return [];
    const remote = item.values.get('remote-address') ?? item.values.get('connect-to');
    const end = address(remote);
    // A transport policy between the same ends protects it: that row stands for it.
    if (tunnel.payload !== null && end !== null && protectedEnds.has(end)) return [];
    understood.push({ line: item.line, says: `${item.menu} ${interfaceName(item)}` });
    return item.menu === 'interface wireguard' ? peersOf(item, commands) : [alone(item, tunnel, end)];
  });
}

function alone(item: RouterosItem, { plain, over6 }: RouterosTunnel, end: string | null): Association {
  const name = interfaceName(item);
  const draft: Draft<Association> = blankAssociation(item.line);
  draft.kind = 'tunnel';
  draft.protocol = 'none';
  draft.name = name;
  draft.interface = name;
  draft.destination = end;
  draft.source = address(item.values.get('local-address'));
  draft.outer = over6 ? 6 : plain === '6in4' ? null : (familyOf(end) ?? familyOf(draft.source));
  draft.tunnel = plain === 'openvpn-tcp' && item.values.get('protocol') === 'udp' ? 'openvpn' : plain;
  return draft;
}

/** Peers by the interface they name; kept for as long as these commands are: each interface asks. */
const known = new WeakMap<readonly RouterosItem[], ReadonlyMap<string, readonly RouterosItem[]>>();
function peersBy(commands: readonly RouterosItem[]): ReadonlyMap<string, readonly RouterosItem[]> {
  const held = known.get(commands);
  if (held) return held;
  const found = new Map<string, RouterosItem[]>();
  for (const item of commands) {
    if (item.menu !== 'interface wireguard peers' || item.verb !== 'add' || !item.active) continue;
    const name = item.values.get('interface') ?? '';
    const own = found.get(name);
    if (own) own.push(item);
    else found.set(name, [item]);
  }
  known.set(commands, found);
  return found;
}

/** One row a peer; without peers, or without an endpoint, either IP version may be outside. */
function peersOf(item: RouterosItem, commands: readonly RouterosItem[]): Association[] {
  const name = interfaceName(item);
  const peers = peersBy(commands).get(item.values.get('name') ?? '') ?? [];
  const rows = peers.map((peer) => {
    const draft = wireguardPeer(name, peer.line);
    const endpoint = peer.values.get('endpoint-address');
    draft.destination = safeAddress(endpoint);
    draft.outer = familyOf(endpoint);
    return draft;
  });
  return (rows.length > 0 ? rows : [wireguardPeer(name, item.line)]).map((row) => ({ ...row, interface: name }));
}
