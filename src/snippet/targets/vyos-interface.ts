import { MtucalcError } from '../../error.js';
import type { NameRule } from '../name.js';
import type { ClampPlan } from '../plan.js';
import { kindTitle, type TunnelKind } from '../tunnel-kind.js';
import type { Range } from './range.js';

/**
 * A kind of interface by the beginning of its name: its node, and the MTU it takes in each release (null: no such
 * node).
 */
interface Type {
  readonly prefix: string;
  readonly node: string;
  readonly mtu: Readonly<Record<'1.3' | '1.4', Range | null>>;
}

const wide: Range = [68, 16000];
/** vyos-1x interface definitions: equuleus (1.3), sagitta (1.4); rolling as 1.4. */
const types: readonly Type[] = [
  { prefix: 'vti', node: 'vti', mtu: { '1.3': wide, '1.4': wide } },
  { prefix: 'wg', node: 'wireguard', mtu: { '1.3': wide, '1.4': wide } },
  { prefix: 'tun', node: 'tunnel', mtu: { '1.3': [64, 8024], '1.4': wide } },
  { prefix: 'vtun', node: 'openvpn', mtu: { '1.3': null, '1.4': null } },
  { prefix: 'vxlan', node: 'vxlan', mtu: { '1.3': [1200, 16000], '1.4': [1200, 16000] } },
  { prefix: 'gnv', node: 'geneve', mtu: { '1.3': [1450, 16000], '1.4': [1200, 16000] } },
  { prefix: 'l2tpeth', node: 'l2tpv3', mtu: { '1.3': wide, '1.4': wide } },
  { prefix: 'pppoe', node: 'pppoe', mtu: { '1.3': [68, 1500], '1.4': [68, 1500] } },
  { prefix: 'eth', node: 'ethernet', mtu: { '1.3': wide, '1.4': wide } },
  { prefix: 'bond', node: 'bonding', mtu: { '1.3': wide, '1.4': wide } },
  { prefix: 'br', node: 'bridge', mtu: { '1.3': wide, '1.4': wide } },
];

export const interfaceName: NameRule = {
  language: 'VyOS',
  pattern: new RegExp(`^(${types.map(({ prefix }) => prefix).join('|')})\\d{1,5}(\\.\\d{1,4}){0,2}$`),
  allows: 'vti0, wg0, tun0, vtun0, vxlan0, gnv0, l2tpeth0, eth1, eth1.100, bond0, br0, pppoe0',
};

const usual: Readonly<Partial<Record<TunnelKind, string>>> = {
  wireguard: 'wg0',
  gre: 'tun0',
  ipip: 'tun0',
  sit: 'tun0',
  gretap: 'tun0',
  openvpn: 'vtun0',
  'openvpn-tap': 'vtun0',
  vxlan: 'vxlan0',
  geneve: 'gnv0',
  l2tpv3: 'l2tpeth0',
  link: 'pppoe0',
};

/**
 * What VyOS calls the interface of such a tunnel.
 * @throws MtucalcError for a tunnel VyOS does not build.
 */
export function usualName({ style, tunnel, tunnelIf }: ClampPlan): string {
  const name = style === 'none' ? usual[tunnel] : 'vti0';
  if (name === undefined && tunnelIf === undefined) {
    throw new MtucalcError(
      'impossible',
      `VyOS has no interface for ${kindTitle(tunnel)}`,
      'where another box ends that tunnel, name the interface towards it with --tunnel-if, for example --tunnel-if eth1',
    );
  }
  return name ?? 'eth0';
}

const typeOf = (name: string): Type | undefined =>
  types.find(({ prefix }) => prefix === /^[a-z]+\d?[a-z]*/.exec(name)?.[0]?.replace(/\d+$/, ''));

/** "vti vti0", "ethernet eth1 vif 100". */
export function pathOf(name: string): string {
  const [base = '', ...vlans] = name.split('.');
  return [
    `${typeOf(base)?.node} ${base}`,
    ...vlans.map((vlan, index) =>
      index === 0 && vlans.length === 2 ? `vif-s ${vlan}` : index === 1 ? `vif-c ${vlan}` : `vif ${vlan}`,
    ),
  ].join(' ');
}

/** What the interface takes as its MTU; null where it has no such setting. */
export const mtuRange = (name: string, version: string): Range | null =>
  typeOf(name.split('.')[0] as string)?.mtu[version === '1.3' ? '1.3' : '1.4'] ?? null;
