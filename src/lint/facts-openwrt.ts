import { readUci, type UciSection } from '../config/uci.js';
import { wordTable } from '../word-table.js';
import { type Device, type DeviceKind, type Facts, noFacts, place, usualMtuOf } from './facts.js';
import { clampRules, type InterfaceClamp } from './interface-clamps.js';
import { mtuIn } from './octets.js';

const kinds: Readonly<Record<string, DeviceKind>> = wordTable({
  wireguard: 'wireguard',
  xfrm: 'ipsec',
  vti: 'ipsec',
  gre: 'gre',
  gretap: 'eoip',
  grev6: 'gre',
  ipip: 'ipip',
  vxlan: 'vxlan',
  l2tp: 'l2tp',
  pppoe: 'pppoe',
});

const said = (section: UciSection, name: string): string => section.options.get(name)?.values[0] ?? '';

/** `uci set network.wg0.mtu`: by the name, where the section itself is not in the file. */
const kindOf = (name: string): DeviceKind | undefined =>
  /^wg/.test(name) ? 'wireguard' : /^(?:ipsec|xfrm|vti)/.test(name) ? 'ipsec' : /^gre/.test(name) ? 'gre' : undefined;

/** Interfaces that have a tunnel's protocol, or that a script gives an MTU under a tunnel's name. */
export function devicesOfUci(sections: readonly UciSection[]): Device[] {
  return sections.flatMap((section): Device[] => {
    const kind =
      section.type === 'interface'
        ? kinds[said(section, 'proto')]
        : section.options.has('mtu')
          ? kindOf(section.name)
          : undefined;
    if (!kind || said(section, 'disabled') === '1' || said(section, 'auto') === '0') return [];
    const mtu = section.options.get('mtu');
    return [
      {
        ...place(mtu?.line ?? section.line, mtu?.text ?? section.text),
        name: section.name,
        kind,
        mtu: mtu ? mtuIn(mtu.values[0]) : usualMtuOf(kind),
        said: mtu !== undefined,
        clampsItself: false,
        encrypted: false,
        set: (value) => `uci set network.${section.name}.mtu='${value}'`,
      },
    ];
  });
}

/**
 * OpenWrt: interfaces with a protocol of their own, and zones with `mtu_fix`, which clamp both ways to the route's MTU.
 */
export function factsOfOpenwrt(text: string): Facts {
  const { sections, count } = readUci(text);
  const devices = devicesOfUci(sections);
  const clamps = sections.flatMap((zone): InterfaceClamp[] => {
    const fix = zone.options.get('mtu_fix');
    if (zone.type !== 'zone' || fix?.values[0] !== '1') return [];
    const networks = [
      ...(zone.options.get('network')?.values ?? []),
      ...(zone.options.get('device')?.values ?? []),
    ].flatMap((value) => value.split(/\s+/));
    return networks.map((name) => ({ line: fix.line, text: fix.text, name, to: 'pmtu' as const }));
  });
  const zones = sections.filter(({ type }) => type === 'zone');
  return {
    ...noFacts,
    format: 'openwrt',
    count,
    ruleset: clampRules(clamps),
    hasFirewall: zones.length > 0,
    devices,
    wanNames: zones
      .filter((zone) => said(zone, 'masq') === '1')
      .flatMap((zone) => zone.options.get('network')?.values ?? []),
    families: [4, 6],
  };
}
