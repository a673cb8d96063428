import { wordTable } from '../../word-table.js';
import {
  type Association,
  blankAssociation,
  type DeviceFormat,
  type Draft,
  familyOf,
  type LinkReading,
  type Understood,
} from '../reading.js';
import { safe, safeAddress } from '../secret.js';
import { linkDraft, mtuOf } from './link-draft.js';
import { peerRemarks, wireguardPeer } from './wireguard-peer.js';

interface Section {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, { readonly value: string; readonly line: number }>;
}

/** Protocols of netifd that are tunnels: the calculator's name, and the option with the far end. */
const tunnels: Readonly<Record<string, readonly [string, string]>> = wordTable({
  gre: ['gre', 'peeraddr'],
  gretap: ['gretap', 'peeraddr'],
  grev6: ['gre', 'peer6addr'],
  ipip: ['ipip', 'peeraddr'],
  '6in4': ['6in4', 'peeraddr'],
  vxlan: ['vxlan', 'peeraddr'],
  vxlan6: ['vxlan', 'peer6addr'],
  l2tp: ['l2tp', 'server'],
  pptp: ['pptp', 'server'],
});
/** What netifd sets where `mtu` is left out. */
const defaults: Readonly<Record<string, number>> = wordTable({ pppoe: 1492, wireguard: 1420 });

/** OpenWrt `/etc/config/network`, and `uci show network`. */
export const openwrtNetwork: DeviceFormat = {
  id: 'openwrt-network',
  title: 'OpenWrt network configuration (uci)',
  manual: 'OpenWrt user guide, Network configuration',
  recognise: ({ lines }) =>
    lines.filter(({ text }) =>
      /^\s*config (?:interface|wireguard_\S+)\b|^network\.\S+=(?:interface|wireguard_)/.test(text),
    ).length,
  parse: ({ lines }) => {
    const sections = sectionsOf(lines);
    const understood: Understood[] = [];
    const links: LinkReading[] = [];
    const associations: Association[] = [];
    const byKind = new Map<string, Section[]>();
    for (const section of sections) {
      const own = byKind.get(section.kind);
      if (own) own.push(section);
      else byKind.set(section.kind, [section]);
    }
    for (const { kind, name, line, values } of sections) {
      if (kind !== 'interface') continue;
      const proto = values.get('proto')?.value ?? '';
      const said = values.get('mtu');
      const mtu = mtuOf(said?.value) ?? defaults[proto] ?? null;
      const shown = safe(name, 30);
      const tunnel = tunnels[proto];
      understood.push({ line, says: `interface ${shown}, proto ${safe(proto, 20)}` });
      if (proto === 'wireguard') associations.push(...peersOf(shown, line, byKind.get(`wireguard_${name}`) ?? []));
      else if (tunnel) {
        const draft: Draft<Association> = blankAssociation(line);
        const remote = safeAddress(values.get(tunnel[1])?.value);
        associations.push(
          Object.assign(draft, {
            kind: 'tunnel' as const,
            protocol: 'none' as const,
            tunnel: tunnel[0],
            name: shown,
            interface: shown,
            destination: remote,
            outer: proto.endsWith('6') ? (6 as const) : familyOf(remote),
          }),
        );
      }
      if (mtu === null) continue;
      const inside = proto === 'wireguard' || tunnel !== undefined;
      const wan = /^(?:pppoe|dhcp|static|wwan|qmi|ncm)$/.test(proto) && /^wan/.test(name);
      if (inside)
        links.push(
          linkDraft({
            name,
            role: 'tunnel',
            mtu,
            line: said?.line ?? line,
            owner: shown,
            setMtu: (value) => `uci set network.${shown}.mtu='${value}'`,
          }),
        );
      else if (wan || proto === 'pppoe')
        links.push(linkDraft({ name, role: 'link', mtu, line: said?.line ?? line, defaultRoute: true }));
    }
    return {
      format: openwrtNetwork.id,
      associations,
      links,
      defaultDevices: [],
      remarks: peerRemarks(associations),
      understood,
    };
  },
};

function peersOf(shown: string, line: number, peers: readonly Section[]): Association[] {
  const rows = peers.map(({ line: at, values }) => {
    const host = values.get('endpoint_host')?.value;
    return { ...wireguardPeer(shown, at), interface: shown, destination: safeAddress(host), outer: familyOf(host) };
  });
  return rows.length > 0 ? rows : [{ ...wireguardPeer(shown, line), interface: shown }];
}

function sectionsOf(lines: readonly { readonly number: number; readonly text: string }[]): Section[] {
  const sections: Section[] = [];
  const byPath = new Map<string, Section>();
  for (const { text, number } of lines) {
    const head = /^\s*config (\S+)(?: '?([^']{1,40})'?)?\s*$/.exec(text);
    if (head) {
      sections.push({
        kind: (head[1] as string).replaceAll("'", ''),
        name: head[2] ?? '',
        line: number,
        values: new Map(),
      });
      continue;
    }
    const shown = /^network\.([\w@[\]-]{1,40})(?:\.(\w{1,30}))?='?([^']{0,120})'?$/.exec(text.trim());
    if (shown && shown[2] === undefined) {
      const section = { kind: shown[3] as string, name: shown[1] as string, line: number, values: new Map() };
      sections.push(section);
      byPath.set(section.name, section);
    }
    const [, key, value] = /^\s*option (\w{1,30}) '?([^']{0,120})'?\s*$/.exec(text) ?? [];
    const target = shown ? byPath.get(shown[1] as string) : sections.at(-1);
    const option = shown ? shown[2] : key;
    if (target && option !== undefined && !/key|password|secret/.test(option))
      target.values.set(option, { value: (shown ? shown[3] : value) ?? '', line: number });
  }
  return sections;
}
