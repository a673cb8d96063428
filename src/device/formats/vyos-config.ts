import { wordTable } from '../../word-table.js';
import {
  type Association,
  blankAssociation,
  type ClampReading,
  type DeviceFormat,
  type Draft,
  familyOf,
  type LinkReading,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { suiteWords } from './algorithm-words.js';
import { linkDraft, mtuOf } from './link-draft.js';
import { behind, statementsOf } from './set-tree.js';
import { wireguardPeer } from './wireguard-peer.js';

const TUNNELS = /^(?:vti|tunnel|wireguard|vxlan|openvpn|l2tpv3)$/;
/** What `encapsulation` of a tunnel interface is called by the calculator. */
const encapsulations: Readonly<Record<string, string>> = wordTable({
  gre: 'gre',
  gretap: 'gretap',
  'gre-bridge': 'gretap',
  ipip: 'ipip',
  sit: '6in4',
  ip6gre: 'gre',
  ip6ip6: 'ip6tnl',
  ipip6: 'ip6tnl',
});

/** VyOS and EdgeOS configuration, `set` commands or braces. */
export const vyosConfig: DeviceFormat = {
  id: 'vyos-config',
  title: 'VyOS and EdgeOS configuration (esp-group, vti, tunnel, wireguard, pppoe)',
  manual: 'VyOS documentation, IPsec, Interfaces',
  recognise: (paste) =>
    statementsOf(paste).filter(
      (one) =>
        behind(one, 'vpn ipsec') ??
        behind(one, 'interfaces vti') ??
        behind(one, 'interfaces wireguard') ??
        behind(one, 'interfaces pppoe') ??
        behind(one, 'interfaces tunnel'),
    ).length,
  parse: (paste) => {
    const statements = statementsOf(paste);
    const understood: Understood[] = [];
    const groups = new Map<string, Group>();
    const devices = new Map<string, Device>();
    let peer: string | null = null;
    const peers = new Set<string>();
    const forced = new Set<string>();
    for (const one of statements) {
      const { line } = one;
      const esp = behind(one, 'vpn ipsec esp-group *');
      if (esp) espStatement(groups, esp.stars[0] as string, esp.rest, line);
      const site = behind(one, 'vpn ipsec site-to-site peer *');
      const [name = ''] = site?.stars ?? [];
      if (site) peers.add(name);
      if (/^force-(?:udp-)?encapsulation$/.test(site?.rest[0] ?? '') && site?.rest[1] !== 'disable') forced.add(name);
      peer ??=
        safeAddress(behind(one, 'vpn ipsec site-to-site peer * remote-address')?.rest[0]) ??
        safeAddress(site?.stars[0]);
      // EdgeOS hangs PPPoE under its Ethernet device.
      const below = behind(one, 'interfaces ethernet * pppoe *');
      const found = below ? { kind: 'pppoe', name: `pppoe${below.stars[1]}`, rest: below.rest } : deviceOf(one.words);
      if (!found) continue;
      const key = `${found.kind} ${found.name}`;
      const device = devices.get(key) ?? {
        kind: found.kind,
        name: found.name,
        line,
        mtu: null,
        mss: null,
        values: new Map(),
      };
      devices.set(key, device);
      settle(device, found.rest, line);
    }
    const associations: Association[] = [...groups.values()].flatMap(({ mode, proposals }) =>
      [...proposals.values()].map((proposal) => {
        const draft: Draft<Association> = blankAssociation(proposal.line);
        Object.assign(draft, suiteWords(proposal.cipher, proposal.hash), {
          kind: 'proposal',
          mode,
          destination: peer,
          // A group may serve several peers: only what all of them say is known.
          natT: forced.size > 0 && forced.size === peers.size ? true : null,
          outer: familyOf(peer),
        });
        understood.push({ line: proposal.line, says: `esp-group proposal, ${mode} mode` });
        return draft;
      }),
    );
    for (const device of devices.values()) {
      associations.push(...plainTunnel(device));
      understood.push({ line: device.line, says: `interface ${safe(device.name, 30)}` });
    }
    return {
      format: vyosConfig.id,
      associations,
      links: [...devices.values()].flatMap(linkOf),
      defaultDevices: [],
      remarks: [],
      understood,
      clamps: [...devices.values()].flatMap(clampOf),
    };
  },
};

interface Group {
  mode: 'tunnel' | 'transport';
  readonly proposals: Map<string, { cipher: string; hash: string | null; readonly line: number }>;
}

interface Device {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  mtu: { readonly value: number; readonly line: number } | null;
  mss: { readonly value: number; readonly line: number } | null;
  readonly values: Map<string, string>;
}

function espStatement(groups: Map<string, Group>, name: string, rest: readonly string[], line: number): void {
  const group = groups.get(name) ?? { mode: 'tunnel', proposals: new Map() };
  groups.set(name, group);
  if (rest[0] === 'mode' && rest[1] === 'transport') group.mode = 'transport';
  if (rest[0] !== 'proposal') return;
  const proposal = group.proposals.get(rest[1] as string) ?? { cipher: '', hash: null, line };
  group.proposals.set(rest[1] as string, proposal);
  if (rest[2] === 'encryption') proposal.cipher = rest[3] ?? '';
  if (rest[2] === 'hash') proposal.hash = rest[3] ?? null;
}

function deviceOf(
  words: readonly string[],
): { readonly kind: string; readonly name: string; readonly rest: readonly string[] } | null {
  const [top, kind = '', name = '', ...rest] = words;
  return top === 'interfaces' && (TUNNELS.test(kind) || kind === 'pppoe') && name !== '' ? { kind, name, rest } : null;
}

function settle(device: Device, rest: readonly string[], line: number): void {
  const mtu = rest[0] === 'mtu' ? mtuOf(rest[1]) : null;
  if (mtu !== null) device.mtu = { value: mtu, line };
  const mss = rest[0] === 'ip' && rest[1] === 'adjust-mss' ? mtuOf(rest[2]) : null;
  if (mss !== null) device.mss = { value: mss, line };
  if (/^(?:encapsulation|remote|source-address|local-ip|remote-ip|remote-host|protocol)$/.test(rest[0] ?? ''))
    device.values.set(rest[0] as string, rest[1] ?? '');
  if (rest[0] === 'peer' && /^(?:address|endpoint)$/.test(rest[2] ?? '')) device.values.set('remote', rest[3] ?? '');
}

/** Tunnels that are one without IPsec; vti is what the esp-group's proposal is for. */
function plainTunnel({ kind, name, line, values }: Device): Association[] {
  const shown = safe(name, 30);
  const remote = safeAddress((values.get('remote') ?? values.get('remote-ip'))?.replace(/:\d+$/, ''));
  if (kind === 'wireguard') {
    const peer = wireguardPeer(shown, line);
    return [{ ...peer, interface: shown, destination: remote, outer: familyOf(remote) }];
  }
  const tunnel =
    kind === 'tunnel' ? encapsulations[values.get('encapsulation') ?? 'gre'] : kind === 'vxlan' ? 'vxlan' : undefined;
  if (tunnel === undefined) return [];
  return [
    {
      ...blankAssociation(line),
      kind: 'tunnel',
      protocol: 'none',
      tunnel,
      name: shown,
      interface: shown,
      destination: remote,
      outer: familyOf(remote),
    },
  ];
}

function linkOf({ kind, name, line, mtu }: Device): LinkReading[] {
  if (kind === 'pppoe')
    return [linkDraft({ name, role: 'link', mtu: mtu?.value ?? 1492, line: mtu?.line ?? line, defaultRoute: true })];
  if (mtu === null) return [];
  const shown = safe(name, 30);
  const own = kind === 'vti' || kind === 'openvpn' || kind === 'l2tpv3' ? {} : { owner: shown };
  return [
    linkDraft({
      name,
      role: 'tunnel',
      mtu: mtu.value,
      line: mtu.line,
      setMtu: (value) => `set interfaces ${kind} ${shown} mtu ${value}`,
      ...own,
    }),
  ];
}

const clampOf = ({ kind, name, mss }: Device): ClampReading[] =>
  mss === null || kind === 'pppoe'
    ? []
    : [
        {
          mss: mss.value,
          line: mss.line,
          owner: kind === 'vti' ? null : safe(name, 30),
          setting: `set interfaces ${kind} ${safe(name, 30)} ip adjust-mss `,
        },
      ];
