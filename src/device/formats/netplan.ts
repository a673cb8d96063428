import { readNetplan } from '../../config/netplan.js';
import type { PathStatement } from '../../config/paths.js';
import { wordTable } from '../../word-table.js';
import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  familyOf,
  type LinkReading,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { linkDraft, mtuOf } from './link-draft.js';
import { peerRemarks, setEndpoint, wireguardPeer } from './wireguard-peer.js';

/** Modes of `tunnels:` that the calculator knows, by its names. */
const modes: Readonly<Record<string, string>> = wordTable({
  gre: 'gre',
  ip6gre: 'gre',
  gretap: 'gretap',
  ip6gretap: 'gretap',
  ipip: 'ipip',
  sit: '6in4',
  vxlan: 'vxlan',
});

/** netplan YAML: its tunnels, and the MTU of what it declares. */
export const netplan: DeviceFormat = {
  id: 'netplan-tunnels',
  title: 'netplan YAML',
  manual: 'netplan documentation, YAML configuration, Properties for device type tunnels',
  recognise: ({ lines }) =>
    lines.some(({ text }) => /^network:\s*$/.test(text))
      ? lines.filter(({ text }) => /^\s+(?:tunnels|ethernets|vlans|bridges):\s*$/.test(text)).length
      : 0,
  parse: ({ lines }) => {
    const { statements } = readNetplan(lines.map(({ text }) => text).join('\n'));
    const numbered = statements.map((one) => ({ ...one, line: lines[one.line - 1]?.number ?? one.line }));
    const devices = new Map<string, PathStatement[]>();
    for (const one of numbered) {
      const [network, group, name] = one.path;
      if (network !== 'network' || !/^(?:tunnels|ethernets|vlans|bridges)$/.test(group ?? '') || !name) continue;
      const key = `${group} ${name}`;
      devices.set(key, [...(devices.get(key) ?? []), one]);
    }
    const understood: Understood[] = [];
    const associations: Association[] = [];
    const links: LinkReading[] = [];
    const remarks: string[] = [];
    for (const own of devices.values()) {
      const [, group, name = ''] = own[0]?.path ?? [];
      const find = (key: string): PathStatement | undefined => own.find(({ path }) => path[3] === key);
      const shown = safe(name, 30);
      const line = own[0]?.line ?? 1;
      const said = find('mtu');
      const mtu = mtuOf(said?.path[4]);
      understood.push({ line, says: `${group} ${shown}` });
      if (group === 'tunnels' && /^vti6?$/.test(find('mode')?.path[4] ?? ''))
        remarks.push(`${shown} is a VTI: what IPsec takes is not in this file, and its MTU was not compared`);
      if (group === 'tunnels') associations.push(...tunnelsOf(own, shown, line, understood));
      if (mtu === null || !said) continue;
      const tunnel = group === 'tunnels';
      links.push(
        linkDraft({
          name,
          role: tunnel ? 'tunnel' : 'link',
          mtu,
          line: said.line,
          ...(tunnel ? { owner: shown, setMtu: (value) => `network.tunnels.${shown}.mtu: ${value}` } : {}),
        }),
      );
    }
    return {
      format: netplan.id,
      associations,
      links,
      defaultDevices: [],
      remarks: [...peerRemarks(associations), ...remarks],
      understood,
    };
  },
};

function tunnelsOf(own: readonly PathStatement[], name: string, line: number, understood: Understood[]): Association[] {
  const value = (key: string): string | undefined => own.find(({ path }) => path[3] === key)?.path[4];
  const mode = value('mode') ?? '';
  if (mode === 'wireguard') {
    const ends = own.filter(({ path }) => path.includes('endpoint'));
    const peers = ends.map((end) => {
      const peer = { ...wireguardPeer(name, end.line), interface: name };
      setEndpoint(peer, end.path.at(-1) ?? '', understood, end.line);
      return peer;
    });
    return peers.length > 0 ? peers : [{ ...wireguardPeer(name, line), interface: name }];
  }
  const tunnel = modes[mode];
  if (tunnel === undefined) return [];
  const destination = safeAddress(value('remote'));
  return [
    {
      ...blankAssociation(line),
      kind: 'tunnel',
      protocol: 'none',
      tunnel: tunnel === 'gre' && value('key') !== undefined ? 'gre-key' : tunnel,
      name,
      interface: name,
      source: safeAddress(value('local')),
      destination,
      outer: mode.startsWith('ip6') ? 6 : familyOf(destination),
    },
  ];
}
