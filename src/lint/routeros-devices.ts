import type { RouterosCommand } from '../config/routeros.js';
import { wordTable } from '../word-table.js';
import { type Device, type DeviceKind, place } from './facts.js';
import { mtuIn } from './octets.js';

interface DeviceMenu {
  readonly kind: DeviceKind;
  /** Property that holds the MTU, and its default (schema of RouterOS 7.9 to 7.24). */
  readonly property: 'mtu' | 'max-mtu';
  readonly usual: number | null;
  /** `add` makes it disabled where nothing is said. */
  readonly off?: boolean;
  /** What lowers the MSS by the MTU of the interface: its own property, the PPP profile, or nothing. */
  readonly clamps: 'clamp-tcp-mss' | 'profile' | 'no';
}

const tunnel = (kind: DeviceKind): DeviceMenu => ({ kind, property: 'mtu', usual: null, clamps: 'clamp-tcp-mss' });
const ppp = (kind: DeviceKind, usual: number | null, off = true): DeviceMenu => ({
  kind,
  property: 'max-mtu',
  usual,
  off,
  clamps: 'profile',
});

const menus: Readonly<Record<string, DeviceMenu>> = wordTable({
  'interface wireguard': { kind: 'wireguard', property: 'mtu', usual: 1420, clamps: 'no' },
  'interface gre': tunnel('gre'),
  'interface gre6': tunnel('gre'),
  'interface ipip': tunnel('ipip'),
  'interface ipipv6': tunnel('ipip'),
  'interface eoip': tunnel('eoip'),
  'interface eoipv6': tunnel('eoip'),
  'interface vxlan': { kind: 'vxlan', property: 'mtu', usual: 1500, clamps: 'no' },
  'interface l2tp-client': ppp('l2tp', 1450),
  'interface l2tp-server server': ppp('l2tp', 1450),
  'interface sstp-client': ppp('sstp', 1460),
  'interface sstp-server server': ppp('sstp', 1500),
  'interface pptp-client': ppp('pptp', 1450),
  'interface ovpn-client': ppp('ovpn', 1500),
  'interface ovpn-server server': ppp('ovpn', 1500),
  // `auto` is what PPPoE carries: 1492 at most without RFC 4638.
  'interface pppoe-client': ppp('pppoe', null),
});

/** Interfaces with a header of their own that an export shows as enabled. */
export function devicesOf(commands: readonly RouterosCommand[]): Device[] {
  const profileClamps = !commands.some(
    ({ menu, values }) => menu === 'ppp profile' && values.get('change-tcp-mss') === 'no',
  );
  const endpoints = endpointsOf(commands);
  return commands.flatMap((command): Device[] => {
    const menu = menus[command.menu];
    if (!menu || !enabled(command, menu)) return [];
    const { values, line, text } = command;
    const server = command.menu.endsWith(' server');
    const written = values.get(menu.property) ?? '';
    const said = /^\d+$/.test(written);
    const name =
      values.get('name') ??
      (server ? `<${menu.kind}>` : (/"([^"]+)"|=([\w-]+)/.exec(command.target)?.slice(1).find(Boolean) ?? ''));
    const path = `/${command.menu}`;
    const which = server ? '' : ` [find name=${/^[\w.-]+$/.test(name) ? name : JSON.stringify(name)}]`;
    const more = menu.property === 'max-mtu' && menu.kind !== 'ovpn' ? ' max-mru' : '';
    return [
      {
        ...place(line, text),
        name,
        kind: menu.kind,
        mtu: said ? mtuIn(written) : menu.usual,
        said,
        clampsItself:
          menu.clamps === 'profile'
            ? profileClamps
            : menu.clamps === 'clamp-tcp-mss' && values.get('clamp-tcp-mss') !== 'no',
        encrypted: values.has('ipsec-secret') || /^(?:yes|required)$/.test(values.get('use-ipsec') ?? ''),
        outer: outerOf(command, endpoints),
        set: (mtu) => `${path} set${which} ${menu.property}=${mtu}${more === '' ? '' : `${more}=${mtu}`}`,
      },
    ];
  });
}

function enabled({ verb, active, values, menu }: RouterosCommand, { off }: DeviceMenu): boolean {
  if (menu.endsWith(' server')) return verb === 'set' && values.get('enabled') === 'yes';
  return verb === 'add' && active && (!off || values.get('disabled') === 'no');
}

/** Endpoints of peers by their interface. */
function endpointsOf(commands: readonly RouterosCommand[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { menu, active, values } of commands) {
    if (menu !== 'interface wireguard peers' || !active) continue;
    const name = values.get('interface') ?? '';
    const end = values.get('endpoint-address') ?? '';
    const own = found.get(name);
    if (own) own.push(end);
    else found.set(name, [end]);
  }
  return found;
}

/** IP version outside: by the endpoint of a peer, or the other end. */
function outerOf(
  { menu, values }: RouterosCommand,
  endpoints: ReadonlyMap<string, readonly string[]>,
): 4 | 6 | undefined {
  if (/v6$|gre6$/.test(menu)) return 6;
  const ends =
    menu === 'interface wireguard'
      ? (endpoints.get(values.get('name') ?? '') ?? [])
      : [values.get('remote-address') ?? values.get('connect-to') ?? values.get('vteps-ip-version') ?? ''];
  if (ends.some((end) => end.includes(':'))) return 6;
  return ends.length > 0 && ends.every((end) => /^\d+\.\d+\.\d+\.\d+$/.test(end)) ? 4 : undefined;
}
