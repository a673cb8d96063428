/** What the box sees as the tunnel: its innermost header. `link`: no tunnel, the access link itself. */
export type TunnelKind =
  | 'ipsec'
  | 'link'
  | 'wireguard'
  | 'openvpn'
  | 'gre'
  | 'ipip'
  | 'sit'
  | 'l2tp'
  | 'pptp'
  | 'sstp'
  | 'gretap'
  | 'eoip'
  | 'eoipv6'
  | 'vxlan'
  | 'geneve'
  | 'nvgre'
  | 'l2tpv3'
  | 'openvpn-tap'
  | 'tailscale'
  | 'zerotier'
  | 'other';

interface Kind {
  readonly id: TunnelKind;
  /** What the field calls it. */
  readonly title: string;
  /** Innermost header by its name in `--stack`; where several rows have it, Ethernet inside tells them apart. */
  readonly headers: readonly string[];
  /** Carries Ethernet, so it is usually the port of a bridge. */
  readonly layer2: boolean;
  /** Usual name of its interface on Linux. */
  readonly linux: string;
}

/** One row a kind; the first one that has the header and the layer counts. */
export const tunnelKinds: readonly Kind[] = [
  { id: 'wireguard', title: 'WireGuard', headers: ['wireguard'], layer2: false, linux: 'wg0' },
  {
    id: 'openvpn',
    title: 'OpenVPN',
    headers: ['openvpn', 'openvpn-epoch', 'openvpn-tcp'],
    layer2: false,
    linux: 'tun0',
  },
  {
    id: 'openvpn-tap',
    title: 'OpenVPN tap',
    headers: ['openvpn', 'openvpn-epoch', 'openvpn-tap', 'openvpn-tcp'],
    layer2: true,
    linux: 'tap0',
  },
  { id: 'gre', title: 'GRE', headers: ['gre'], layer2: false, linux: 'gre1' },
  { id: 'gretap', title: 'GRE with Ethernet', headers: ['gre'], layer2: true, linux: 'gretap1' },
  { id: 'sit', title: '6in4', headers: ['ipip'], layer2: false, linux: 'sit1' },
  { id: 'ipip', title: 'IP in IP', headers: ['ipip'], layer2: false, linux: 'ipip1' },
  { id: 'l2tp', title: 'L2TP', headers: ['l2tp'], layer2: false, linux: 'ppp0' },
  { id: 'pptp', title: 'PPTP', headers: ['pptp'], layer2: false, linux: 'ppp0' },
  { id: 'sstp', title: 'SSTP', headers: ['sstp'], layer2: false, linux: 'ppp0' },
  { id: 'eoip', title: 'EoIP', headers: ['eoip'], layer2: true, linux: 'eoip0' },
  { id: 'eoipv6', title: 'EoIPv6', headers: ['etherip'], layer2: true, linux: 'eoip0' },
  { id: 'vxlan', title: 'VXLAN', headers: ['vxlan', 'vxlan-gpe'], layer2: true, linux: 'vxlan0' },
  { id: 'geneve', title: 'Geneve', headers: ['geneve'], layer2: true, linux: 'geneve0' },
  { id: 'tailscale', title: 'Tailscale', headers: ['tailscale'], layer2: false, linux: 'tailscale0' },
  { id: 'zerotier', title: 'ZeroTier', headers: ['zerotier'], layer2: true, linux: 'zt0' },
  { id: 'nvgre', title: 'NVGRE', headers: ['nvgre'], layer2: true, linux: 'gretap1' },
  { id: 'l2tpv3', title: 'L2TPv3', headers: ['l2tpv3-ip', 'l2tpv3-udp'], layer2: true, linux: 'l2tpeth0' },
];

const PPP = new Set(['ppp', 'ppp-acfc']);

/**
 * The kind a stack is, from its headers by their `--stack` names, outermost first; `sixInFour` for IPv6 alone inside.
 */
export function kindOfStack(headers: readonly string[], only6 = false): TunnelKind {
  const inside = headers.filter((header) => !PPP.has(header) && header !== 'vlan');
  const ethernet = inside.at(-1) === 'eth';
  const last = inside.at(ethernet ? -2 : -1);
  if (last === undefined || last === 'pppoe') return 'link';
  if (/^(?:esp|ah):/.test(last)) return 'ipsec';
  const all = tunnelKinds.filter((row) => row.headers.includes(last));
  const rows = all.length > 1 ? all.filter((row) => row.layer2 === ethernet) : all;
  return (rows.find(({ id }) => id !== 'sit' || only6) ?? { id: 'other' as const }).id;
}

export const isLayer2 = (kind: TunnelKind): boolean => tunnelKinds.some(({ id, layer2 }) => id === kind && layer2);

export const kindTitle = (kind: TunnelKind): string => tunnelKinds.find(({ id }) => id === kind)?.title ?? kind;
