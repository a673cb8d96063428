import { IP_HEADER } from '../../packet/ip-header.js';
import type { Device, DeviceKind } from '../facts.js';
import type { LintProfile } from '../profile.js';
import { findingAt, type LintFinding, type LintRule } from '../rule.js';

/** Layers of the profile by which a kind of interface is known, the innermost of them. */
const layer: Readonly<Record<DeviceKind, RegExp>> = {
  wireguard: /^WireGuard/,
  gre: /^GRE/,
  ipip: /^IP in IP|^IPIP/,
  eoip: /^EoIP/,
  vxlan: /^VXLAN/,
  l2tp: /^L2TP/,
  sstp: /^SSTP/,
  ovpn: /^OpenVPN/,
  pptp: /PPTP/,
  ipsec: /^(?:ESP|AH)/,
  pppoe: /^$/,
  link: /^$/,
};

/**
 * Octets that a kind adds at least, over IPv4 and over IPv6: outer IP header and its own (RFC 2784, 2003, 7348,
 * WireGuard, MikroTik EoIP).
 */
const least: Partial<Record<DeviceKind, Readonly<Record<4 | 6, number>>>> = {
  wireguard: { 4: 60, 6: 80 },
  gre: { 4: 24, 6: 44 },
  ipip: IP_HEADER,
  eoip: { 4: 42, 6: 62 },
  vxlan: { 4: 50, 6: 70 },
};
const ETHERNET = 1500;

interface Fit {
  readonly mtu: number;
  readonly of: string;
}

/** What fits an interface: the profile's number for its own kind, else the link less what such an interface adds. */
function fitOf(device: Device, profile: LintProfile, link: number, all: readonly Device[]): Fit | undefined {
  const { kind, outer } = device;
  if (kind === 'pppoe') return profile.linkMtu === undefined ? undefined : { mtu: profile.linkMtu, of: 'the link' };
  const layers = profile.layers ?? [];
  const own = layers.some((name) => layer[kind].test(name)) && !(kind === 'gre' && layers.at(-1) === 'Ethernet');
  // Of two of a kind the one that the file encrypts is the profile's with ESP, the other one is not.
  const esp = layers.some((name) => /^(?:ESP|AH)\b/.test(name));
  const other =
    all.some((one) => one.kind === kind && one.encrypted === esp) &&
    device.encrypted !== esp &&
    kind !== 'ipsec' &&
    kind !== 'wireguard';
  if (own && !other && profile.tunnelMtu !== undefined) return { mtu: profile.tunnelMtu, of: 'this tunnel' };
  const added = least[kind];
  if (!added) return undefined;
  const of = `${link} less ${added[outer ?? 4]} for ${kind} over IPv${outer ?? 4}${device.encrypted ? ', without what IPsec adds' : ''}`;
  return { mtu: link - added[outer ?? 4], of };
}

export const interfaceMtu: LintRule = {
  code: 'interface-mtu',
  summary: 'the interface of the tunnel is larger than what fits',
  check({ facts, profile }) {
    const pppoe = facts.devices.filter(({ kind }) => kind === 'pppoe');
    const link = profile.linkMtu ?? (pppoe.length === 1 ? Math.min(1492, pppoe[0]?.mtu ?? 1492) : ETHERNET);
    return facts.devices.flatMap((device): LintFinding[] => {
      const fit = fitOf(device, profile, link, facts.devices);
      if (!fit) return [];
      const { mtu, kind, said, encrypted } = device;
      // Automatic: the link less the header of the interface itself, nothing for what encrypts it.
      const automatic =
        mtu === null && !said && kind !== 'pppoe' && encrypted && fit.of === 'this tunnel' && least[kind] !== undefined;
      const effective = mtu ?? (automatic ? link - (least[kind]?.[device.outer ?? 4] ?? 0) : undefined);
      if (effective === undefined || effective <= fit.mtu) return [];
      const from = said ? '' : automatic ? ' (automatic: it knows nothing of IPsec)' : ' (the default)';
      return [
        findingAt(
          device,
          'interface-mtu',
          'warning',
          `${device.name || kind} has MTU ${effective}${from}, ${effective - fit.mtu} octets above the ${fit.mtu} that fit ${fit.of}: larger packets are fragmented outside or lost`,
          device.set(fit.mtu),
        ),
      ];
    });
  },
};
