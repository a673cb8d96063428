import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { readName } from '../remarks.js';
import type { Script } from '../script.js';
import { kindTitle, type TunnelKind } from '../tunnel-kind.js';
import { routerosString } from './routeros-text.js';

/** A tunnel's menu: what its interface is called by default, what holds its MTU, and what that is out of the box. */
interface Menu {
  readonly menu: string;
  /** The same tunnel over IPv6. */
  readonly over6?: string;
  readonly usual: string;
  readonly usual6?: string;
  readonly properties: readonly ('mtu' | 'max-mtu' | 'max-mru')[];
  readonly factory: string | number;
  /** `clamp-tcp-mss` is there, and on by default. */
  readonly clamps?: true;
  /** A PPP interface: the server's are dynamic, and its settings stand in another menu. */
  readonly server?: string;
}

/** Menus and defaults as the command tree and `export` of 7.x have them. */
export const routerosMenus: Readonly<Partial<Record<TunnelKind, Menu>>> = {
  wireguard: { menu: '/interface wireguard', usual: 'wireguard1', properties: ['mtu'], factory: 1420 },
  gre: {
    menu: '/interface gre',
    over6: '/interface gre6',
    usual: 'gre-tunnel1',
    usual6: 'gre6-tunnel1',
    properties: ['mtu'],
    factory: 'auto',
    clamps: true,
  },
  ipip: {
    menu: '/interface ipip',
    over6: '/interface ipipv6',
    usual: 'ipip-tunnel1',
    usual6: 'ipipv6-tunnel1',
    properties: ['mtu'],
    factory: 'auto',
    clamps: true,
  },
  sit: { menu: '/interface 6to4', usual: 'sit1', properties: ['mtu'], factory: 'auto', clamps: true },
  eoip: {
    menu: '/interface eoip',
    over6: '/interface eoipv6',
    usual: 'eoip-tunnel1',
    usual6: 'eoipv6-tunnel1',
    properties: ['mtu'],
    factory: 'auto',
    clamps: true,
  },
  eoipv6: {
    menu: '/interface eoipv6',
    usual: 'eoipv6-tunnel1',
    properties: ['mtu'],
    factory: 'auto',
    clamps: true,
  },
  vxlan: { menu: '/interface vxlan', usual: 'vxlan1', properties: ['mtu'], factory: 1500 },
  l2tp: {
    menu: '/interface l2tp-client',
    usual: 'l2tp-out1',
    properties: ['max-mtu', 'max-mru'],
    factory: 1450,
    server: '/interface l2tp-server server',
  },
  pptp: {
    menu: '/interface pptp-client',
    usual: 'pptp-out1',
    properties: ['max-mtu', 'max-mru'],
    factory: 1450,
  },
  sstp: {
    menu: '/interface sstp-client',
    usual: 'sstp-out1',
    properties: ['max-mtu', 'max-mru'],
    factory: 1460,
    server: '/interface sstp-server server',
  },
  zerotier: { menu: '/zerotier interface', usual: 'zerotier1', properties: [], factory: '' },
  openvpn: { menu: '/interface ovpn-client', usual: 'ovpn-out1', properties: ['max-mtu'], factory: 1500 },
  'openvpn-tap': { menu: '/interface ovpn-client', usual: 'ovpn-out1', properties: ['max-mtu'], factory: 1500 },
};

/** The tunnel's interface on RouterOS. */
export interface RouterosInterface {
  readonly menu: Menu | undefined;
  readonly path: string;
  /** As a RouterOS string, quoted. */
  readonly name: string;
  /** An interface, or a word that stands for several (`all-ppp`, `<l2tp-user>`): none of those has an MTU to set. */
  readonly dynamic: boolean;
}

/**
 * The interface that the clamp's rules name.
 * @throws MtucalcError for a tunnel RouterOS does not have.
 */
export function interfaceOf(out: Script, plan: ClampPlan): RouterosInterface {
  const menu = routerosMenus[plan.tunnel];
  const read = readName(plan, 'routeros');
  if (menu === undefined && plan.tunnelIf === undefined && read === undefined) {
    throw new MtucalcError(
      'impossible',
      `RouterOS has no ${kindTitle(plan.tunnel)} tunnel`,
      plan.layer2
        ? 'its Ethernet tunnels are EoIP and VXLAN; where the box only forwards the tunnel it has nothing to clamp'
        : 'give --tunnel-if, the name of its interface',
    );
  }
  const six = plan.outer === 6 && menu?.over6 !== undefined;
  const usual = (six ? menu?.usual6 : menu?.usual) ?? 'ether1';
  if (plan.tunnelIf === undefined)
    out.say(
      read === undefined
        ? `note: --tunnel-if not given: ${usual} assumed`
        : `note: --tunnel-if not given: ${read}, as the input names it`,
    );
  const name = plan.tunnelIf ?? read ?? usual;
  return {
    menu,
    path: (six ? menu?.over6 : menu?.menu) ?? '/interface',
    name: routerosString(name, plan.tunnelOption),
    dynamic: /^(?:<|all-ppp$|all$)/.test(name) || (menu === undefined && plan.tunnel !== 'link'),
  };
}

const settings = ({ properties }: Menu, value: string | number): string =>
  properties.map((property) => `${property}=${value}`).join(' ');

/** The MTU of the interface: UDP, QUIC and PTBs follow it, a clamp serves TCP alone. */
export function addInterfaceMtu(out: Script, plan: ClampPlan, { menu, path, name, dynamic }: RouterosInterface): void {
  if (menu === undefined || menu.properties.length === 0) return;
  out.blank();
  const set = settings(menu, plan.tunnelMtu);
  if (menu.server !== undefined) {
    out.say(
      'a client has an interface of its own; a server makes one for each user as they dial in: --tunnel-if all-ppp stands for those (and for a PPPoE WAN; an interface list is narrower), and their MTU is set by',
    );
    out.show(`${menu.server} set ${set}`);
    out.say(
      'leave mrru disabled: it cuts packets into fragments of PPP instead. change-tcp-mss=yes of the /ppp profile, the default, clamps by itself to that MTU.',
    );
  } else if (menu.clamps)
    out.say(
      `mtu=auto knows nothing of IPsec or of a narrower path, so the value is set; clamp-tcp-mss=yes, the default, then clamps to it by itself`,
    );
  if (dynamic) return;
  out.say(`save what is there first, --undo sets the default ${menu.factory}:`);
  out.show(`${path} print detail where name=${name}`);
  out.say('at both ends: each limits what it sends');
  out.add(`${path} set [find where name=${name}] ${set}`);
}

/** Back to the default, only where the value is still the snippet's. */
export function undoInterfaceMtu(out: Script, plan: ClampPlan, { menu, path, name, dynamic }: RouterosInterface): void {
  if (menu === undefined || menu.properties.length === 0 || dynamic) return;
  out.say(
    `the MTU goes back to the default ${menu.factory} where it is still ${plan.tunnelMtu}; set what you saved if it was another`,
  );
  for (const property of menu.properties)
    out.add(`${path} set [find where name=${name} and ${property}=${plan.tunnelMtu}] ${property}=${menu.factory}`);
}
