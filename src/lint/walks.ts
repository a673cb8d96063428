import { type Crossing, endsText } from './fates.js';
import type { Group } from './judged.js';

/** What becomes of one SYN or SYN/ACK, and the lines that decide it. */
export interface Walk {
  /** "IPsec by policy", the name of an interface, or the networks. */
  readonly tunnel: string;
  readonly kind: 'interface' | 'wan' | 'hosts';
  /** The hosts it holds for, where they make a difference; '' for any. */
  readonly between: string;
  readonly family: 4 | 6;
  readonly packet: 'SYN' | 'SYN/ACK';
  readonly way: 'out' | 'in';
  readonly opened: 'lan' | 'far';
  readonly state: 'clamped' | 'stopped' | 'untouched';
  /** MSS that arrives where a larger one is offered: octets, the MTU of the route, or null: as offered. */
  readonly mss: number | 'pmtu' | null;
  /** Lines of the rules that decide: the clamp, or what stands before it and the clamp. */
  readonly lines: readonly number[];
  /** False: a condition that is not known decides. */
  readonly sure: boolean;
}

const MOST = 64;

export function walksOf(groups: readonly Group[]): Walk[] {
  const seen = new Map<string, Walk>();
  for (const { crossings, view, family } of groups) {
    const hosts = view.by === 'networks' || view.by === 'anything';
    const tunnel =
      view.by === 'policy' ? 'IPsec' : view.by === 'interface' ? (view.name ?? 'the tunnel') : 'any interface';
    for (const crossing of crossings) {
      const { packet, way, opened, sure } = crossing;
      const walk: Walk = {
        tunnel,
        kind: hosts ? 'hosts' : view.role === 'wan' ? 'wan' : 'interface',
        between: [endsText(crossing.ends), crossing.port === undefined ? '' : `port ${crossing.port}`]
          .filter(Boolean)
          .join(', '),
        family,
        packet,
        way,
        opened,
        ...endOf(crossing),
        sure,
      };
      const key = JSON.stringify(walk);
      if (!seen.has(key) && seen.size < MOST) seen.set(key, walk);
    }
  }
  return [...seen.values()];
}

function endOf({ fate }: Crossing): Pick<Walk, 'state' | 'mss' | 'lines'> {
  switch (fate.state) {
    case 'clamped':
      return { state: 'clamped', mss: fate.to, lines: [fate.by.line] };
    case 'stopped':
      return { state: 'stopped', mss: null, lines: [fate.stop.line, fate.clamp.line] };
    default:
      return { state: 'untouched', mss: null, lines: [] };
  }
}
