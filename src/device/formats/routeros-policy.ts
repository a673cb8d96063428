import { familyOf, type Payload, type SaMode } from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { isServer, routerosTunnels } from './routeros-tunnels.js';
import type { RouterosItem } from './routeros-words.js';

/** What a proposal is used for: a policy, or an interface that makes its own (`ipsec-secret`, `use-ipsec`). */
export interface RouterosPolicy {
  readonly line: number;
  readonly mode: SaMode;
  readonly payload: Payload;
  /** Name of its proposal; `default` where none is exported. */
  readonly proposal: string;
  readonly source: string | null;
  readonly destination: string | null;
  /** Its tunnel interface; null for policies that have none, and for a server's dynamic ones. */
  readonly interface: string | null;
}

/** `ipsec-secret` or `use-ipsec`: RouterOS adds the peer and the transport policy by itself. */
export const makesItsOwnPolicy = ({ menu, values }: RouterosItem): boolean =>
  routerosTunnels[menu]?.payload != null &&
  (values.has('ipsec-secret') || /^(?:yes|required)$/.test(values.get('use-ipsec') ?? ''));

/** Every use of IPsec in an export that is not disabled; templates describe none by themselves. */
export function policiesOf(commands: readonly RouterosItem[]): RouterosPolicy[] {
  const peers = commands.filter(({ menu, values }) => menu === 'ip ipsec peer' && values.has('address'));
  return commands.flatMap((item): RouterosPolicy[] => {
    const { menu, verb, values, line } = item;
    const server = isServer(menu);
    if (!item.active || (server ? values.get('enabled') !== 'yes' : verb !== 'add')) return [];
    const payload = routerosTunnels[menu]?.payload;
    if (payload && makesItsOwnPolicy(item)) {
      const remote = values.get('remote-address') ?? values.get('connect-to');
      const ends = { source: address(values.get('local-address')), destination: address(remote) };
      const name = safe(values.get('name') ?? menu.replace(/^interface /, ''), 30);
      return [{ line, mode: 'transport', payload, proposal: 'default', ...ends, interface: name }];
    }
    if (menu !== 'ip ipsec policy' || values.get('template') === 'yes' || values.get('action') === 'none') return [];
    const tunnel = values.get('tunnel') === 'yes';
    const peer =
      peers.find((one) => one.values.get('name') === values.get('peer')) ?? (peers.length === 1 ? peers[0] : undefined);
    // In transport mode the ends of the policy are the ends of the SA.
    const end = (side: 'src' | 'dst'): string | null => (tunnel ? null : host(values.get(`${side}-address`)));
    const destination = address(values.get('sa-dst-address')) ?? address(peer?.values.get('address')) ?? end('dst');
    const inside = tunnel ? undefined : carrier(commands, destination, protocolOf(values));
    return [
      {
        line,
        mode: tunnel ? 'tunnel' : 'transport',
        payload: tunnel ? 'ip' : (inside?.payload ?? protocolOf(values)),
        proposal: values.get('proposal') ?? 'default',
        source: address(values.get('sa-src-address')) ?? address(peer?.values.get('local-address')) ?? end('src'),
        destination,
        interface: inside?.interface ?? null,
      },
    ];
  });
}

/** The tunnel interface between the ends of a transport policy: protocol GRE is EoIP's too. */
function carrier(
  commands: readonly RouterosItem[],
  destination: string | null,
  payload: Payload,
): { readonly payload: Payload; readonly interface: string } | undefined {
  if (destination === null || payload === 'ip') return undefined;
  const found = commands.find(({ menu, verb, active, values }) => {
    const carries = routerosTunnels[menu]?.payload;
    const remote = values.get('remote-address') ?? values.get('connect-to');
    const fits = carries === payload || (payload === 'gre' && carries === 'eoip');
    return fits && verb === 'add' && active && address(remote) === destination;
  });
  const carries = found && routerosTunnels[found.menu]?.payload;
  return found && carries
    ? { payload: carries, interface: safe(found.values.get('name') ?? found.menu.replace(/^interface /, ''), 30) }
    : undefined;
}

function protocolOf(values: ReadonlyMap<string, string>): Payload {
  const protocol = values.get('protocol') ?? '';
  if (/^(?:gre|47)$/.test(protocol)) return 'gre';
  if (/^(?:ipencap|ipip|4)$/.test(protocol)) return 'ipip';
  const ports = [values.get('src-port'), values.get('dst-port')];
  return /^(?:udp|17)$/.test(protocol) && ports.includes('1701') ? 'l2tp' : 'ip';
}

/** The address of one host, null for a network. */
const host = (text: string | undefined): string | null => (/\/(?!32$|128$)/.test(text ?? '') ? null : address(text));

/** An address without its prefix length; null for none, and for the unspecified one. */
export function address(text: string | undefined): string | null {
  const bare = text?.replace(/\/\d+$/, '');
  return familyOf(bare) === null || bare === '0.0.0.0' || bare === '::' ? null : safeAddress(bare);
}
