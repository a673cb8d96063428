import type { Feature, Scenario } from '../scenario.js';
import type { GuestKernel } from './kernel.js';
import { qemu } from './qemu.js';
import { uml } from './uml.js';

/** Fastest first: the first one that has every feature is taken. */
export const kernels: readonly GuestKernel[] = [uml, qemu];

/** What a scenario's fields call for. */
export function featuresOf(scenario: Scenario): Feature[] {
  const tunnel = scenario.tunnel ?? 'none';
  const wanted: Feature[] = [...(scenario.features ?? [])];
  if (scenario.wan?.startsWith('pppoe')) wanted.push('pppoe');
  if (tunnel === 'vti') wanted.push('vti');
  if (tunnel === 'xfrm') wanted.push('xfrm-interface');
  if (tunnel === 'wireguard') wanted.push('wireguard');
  if (tunnel.startsWith('l2tp')) wanted.push('l2tp');
  if (/esp|vti|xfrm/.test(tunnel)) wanted.push('esp');
  return wanted;
}

/** @throws when no guest kernel has all of it. */
export function kernelFor(scenario: Scenario): GuestKernel {
  const wanted = featuresOf(scenario);
  const found = kernels.find(({ features }) => wanted.every((feature) => features.includes(feature)));
  if (!found) throw new Error(`scenario ${scenario.id}: no guest kernel has ${wanted.join(' + ')}`);
  return found;
}
