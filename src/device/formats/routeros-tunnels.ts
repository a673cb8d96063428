import { wordTable } from '../../word-table.js';
import type { Payload } from '../reading.js';

/** A RouterOS menu that makes tunnel interfaces. Defaults as `export` leaves them out (7.x). */
export interface RouterosTunnel {
  /** What it carries where IPsec protects it (`ipsec-secret`, `use-ipsec`, a transport policy). */
  readonly payload: Payload | null;
  /** The calculator's name for it without IPsec. */
  readonly plain: string;
  /** The same with IPv6 outside by its menu alone. */
  readonly over6?: true;
  readonly property: 'mtu' | 'max-mtu';
  /** Octets; null where it follows the route (`auto`) or there is no such setting. */
  readonly factory: number | null;
  /** Its mru goes with the mtu. */
  readonly mru?: true;
}

export const routerosTunnels: Readonly<Record<string, RouterosTunnel>> = wordTable({
  'interface gre': { payload: 'gre', plain: 'gre', property: 'mtu', factory: null },
  'interface gre6': { payload: 'gre', plain: 'gre', over6: true, property: 'mtu', factory: null },
  'interface ipip': { payload: 'ipip', plain: 'ipip', property: 'mtu', factory: null },
  'interface ipipv6': { payload: 'ipip', plain: 'ipip', over6: true, property: 'mtu', factory: null },
  'interface 6to4': { payload: 'ipip', plain: '6in4', property: 'mtu', factory: null },
  'interface eoip': { payload: 'eoip', plain: 'eoip', property: 'mtu', factory: null },
  'interface eoipv6': { payload: null, plain: 'eoipv6', over6: true, property: 'mtu', factory: null },
  'interface vxlan': { payload: 'vxlan', plain: 'vxlan', property: 'mtu', factory: 1500 },
  'interface wireguard': { payload: null, plain: 'wireguard', property: 'mtu', factory: 1420 },
  'interface l2tp-client': { payload: 'l2tp', plain: 'l2tp', property: 'max-mtu', factory: 1450, mru: true },
  'interface l2tp-server server': { payload: 'l2tp', plain: 'l2tp', property: 'max-mtu', factory: 1450, mru: true },
  'interface pptp-client': { payload: null, plain: 'pptp', property: 'max-mtu', factory: 1450, mru: true },
  'interface sstp-client': { payload: null, plain: 'sstp', property: 'max-mtu', factory: 1460, mru: true },
  'interface ovpn-client': { payload: null, plain: 'openvpn-tcp', property: 'max-mtu', factory: 1500 },
  'zerotier interface': { payload: null, plain: 'zerotier', property: 'mtu', factory: null },
});

/** Menus whose interface is one: a server has one set of settings and many dynamic interfaces. */
export const isServer = (menu: string): boolean => menu.endsWith(' server');

/** How the box itself sets that MTU; the name is what `safe()` left of it. */
export function setMtuCommand(menu: string, name: string, mtu: number): string {
  const tunnel = routerosTunnels[menu];
  const property = tunnel?.property ?? 'mtu';
  const values = `${property}=${mtu}${tunnel?.mru ? ` max-mru=${mtu}` : ''}`;
  const quoted = name.replace(/["\\$?]/g, '\\$&');
  return isServer(menu) ? `/${menu} set ${values}` : `/${menu} set [find where name="${quoted}"] ${values}`;
}
