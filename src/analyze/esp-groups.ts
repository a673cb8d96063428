import { lengthsOf, stepOf } from './esp-only.js';
import type { TunnelFlow } from './tunnel-log.js';

/** Ciphers that pad to this many octets, and how many different lengths keep to it by more than chance. */
const coarse = [
  { block: 16, enough: 8 },
  { block: 8, enough: 12 },
];

/**
 * The SAs of a capture by pair of gateways, and those of a pair in groups that can share one suite: apart where one
 * keeps to blocks that another does not. Two children with different proposals, or a rekey that changed the suite.
 */
export function groupTunnels(tunnels: readonly TunnelFlow[]): TunnelFlow[][][] {
  const pairs = new Map<string, TunnelFlow[]>();
  for (const tunnel of tunnels) {
    const key = `${[tunnel.from, tunnel.to].sort().join(' ')} ${tunnel.natt}`;
    const held = pairs.get(key);
    if (held) held.push(tunnel);
    else pairs.set(key, [tunnel]);
  }
  return [...pairs.values()].map(apart);
}

function apart(flows: readonly TunnelFlow[]): TunnelFlow[][] {
  for (const { block, enough } of coarse) {
    for (const flow of flows) {
      const own = lengthsOf([flow]);
      if (own.length < enough || stepOf(own) % block !== 0) continue;
      const alike = (other: TunnelFlow): boolean =>
        lengthsOf([other]).every((length) => (length - own[0]!) % block === 0);
      const others = flows.filter((other) => !alike(other));
      if (others.length > 0) return [flows.filter(alike), ...apart(others)];
    }
  }
  return [[...flows]];
}
