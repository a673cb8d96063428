import type { TunnelFlow } from '../log/tunnel-log.js';
import { lengthsOf, stepOf } from './esp-lengths.js';

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
  return split(flows.map((flow) => ({ flow, lengths: lengthsOf([flow]) }))).map((group) =>
    group.map(({ flow }) => flow),
  );
}

interface Measured {
  readonly flow: TunnelFlow;
  readonly lengths: readonly number[];
}

function split(flows: readonly Measured[]): Measured[][] {
  for (const { block, enough } of coarse) {
    for (const { lengths } of flows) {
      if (lengths.length < enough || stepOf(lengths) % block !== 0) continue;
      const alike = (other: Measured): boolean => other.lengths.every((length) => (length - lengths[0]!) % block === 0);
      const others = flows.filter((other) => !alike(other));
      if (others.length > 0) return [flows.filter(alike), ...split(others)];
      break;
    }
  }
  return [[...flows]];
}
