import type { ClampPlan } from './plan.js';

/** Networks of one direction through the tunnel, as text; empty: any. */
export interface Scope {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** LAN -> tunnel and tunnel -> LAN for one IP version. */
export function scopesOf(
  { localNets, remoteNets }: ClampPlan,
  family: 4 | 6,
): { readonly out: Scope; readonly in: Scope } {
  const of = (nets: ClampPlan['localNets']): string[] =>
    nets.filter((net) => net.family === family).map(({ text }) => text);
  const [local, remote] = [of(localNets), of(remoteNets)];
  return { out: { from: local, to: remote }, in: { from: remote, to: local } };
}

/** The MSS for one IP version, octets. */
export const mssFor = ({ mss }: ClampPlan, family: 4 | 6): number => (family === 4 ? mss.ipv4 : mss.ipv6);

/** Usual name of a Linux tunnel interface of this kind. */
export const usualInterface = ({ style, kind, gre }: ClampPlan): string =>
  style === 'vti' ? 'vti0' : style !== 'none' ? 'ipsec0' : kind === 'wireguard' ? 'wg0' : gre ? 'gre1' : 'tun0';
