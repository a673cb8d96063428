import { linuxInterface } from './name.js';
import type { ClampPlan } from './plan.js';
import { nameOr, readName } from './remarks.js';
import type { Script } from './script.js';
import { tunnelKinds } from './tunnel-kind.js';

/** Networks of one direction through the tunnel, as text; empty: any. */
export interface Scope {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** LAN -> tunnel and tunnel -> LAN for one IP version. */
export function scopesOf(
  { localNets, remoteNets }: Pick<ClampPlan, 'localNets' | 'remoteNets'>,
  family: 4 | 6,
): { readonly out: Scope; readonly in: Scope } {
  const of = (nets: ClampPlan['localNets']): string[] =>
    nets.filter((net) => net.family === family).map(({ text }) => text);
  const [local, remote] = [of(localNets), of(remoteNets)];
  return { out: { from: local, to: remote }, in: { from: remote, to: local } };
}

/** The MSS for one IP version, octets. */
export const mssFor = ({ mss }: Pick<ClampPlan, 'mss'>, family: 4 | 6): number => (family === 4 ? mss.ipv4 : mss.ipv6);

/** Usual name of a Linux tunnel interface of this kind. */
export const usualInterface = ({ style, tunnel }: Pick<ClampPlan, 'style' | 'tunnel'>): string =>
  style === 'vti'
    ? 'vti0'
    : style !== 'none'
      ? 'ipsec0'
      : (tunnelKinds.find(({ id }) => id === tunnel)?.linux ?? 'tun0');

/** The tunnel's interface on a Linux box: given, as the input names it, or the usual one with a remark. */
export const linuxTunnel = (out: Script, plan: ClampPlan): string =>
  nameOr(out, plan.tunnelIf, usualInterface(plan), plan.tunnelOption, linuxInterface, readName(plan, 'linux'));
