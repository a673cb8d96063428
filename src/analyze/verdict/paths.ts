import type { Lost } from '../detector.js';
import type { CaptureFacts } from '../facts.js';
import { boundBetween, boundsOf, largestBound } from '../flow/path-bounds.js';

/** Bounds of one host's packets to another, by bare address: whole IP packets, octets; null where nothing is proven. */
export interface PathEvidence {
  readonly from: string;
  readonly to: string;
  /** Largest packet that arrived: acknowledged, answered, echoed, or seen at a second point. */
  readonly arrived: number | null;
  /** Smallest that vanished while smaller ones arrived. */
  readonly lost: number | null;
  /** Smallest next-hop MTU that a PTB about a packet of this direction named. */
  readonly ptb: number | null;
}

const MOST = 512;

type Row = { -readonly [Key in keyof PathEvidence]: PathEvidence[Key] };

/**
 * What flows and echoes got through, what findings show to be lost, what PTBs named: one row for each pair of hosts and
 * direction.
 */
export function pathsOf(facts: CaptureFacts, lost: readonly Lost[]): PathEvidence[] {
  const rows = new Map<string, Row>();
  const row = (from: string, to: string): Row | undefined => {
    const key = `${from} ${to}`;
    const held = rows.get(key);
    if (held || rows.size >= MOST) return held;
    const made: Row = { from, to, arrived: null, lost: null, ptb: null };
    rows.set(key, made);
    return made;
  };
  for (const { from, to, octets } of lost) {
    const one = row(from, to);
    if (one) one.lost = Math.min(octets, one.lost ?? octets);
  }
  for (const { quotedFrom, quotedTo, mtu } of facts.ptbs) {
    if (quotedFrom === '?' || mtu === 0) continue;
    const one = row(quotedFrom, quotedTo);
    if (one) one.ptb = Math.min(mtu, one.ptb ?? mtu);
  }
  for (const one of rows.values()) one.arrived = boundBetween(facts.paths, one.from, one.to)?.arrived ?? null;
  for (const { from, to, arrived } of boundsOf(facts.paths)) {
    if (rows.size >= MOST) break;
    const one = row(from, to);
    if (one) one.arrived = arrived;
  }
  for (const { from, to, arrived } of echoed(facts)) {
    const one = row(from, to);
    if (one) one.arrived = Math.max(arrived, one.arrived ?? 0);
  }
  return [...rows.values()];
}

/** Octets of the largest packet that flows, echoes and the targets' own errors prove to have arrived; 0: none. */
export const largestArrived = (facts: CaptureFacts): number =>
  Math.max(largestBound(facts.paths), ...echoed(facts).map(({ arrived }) => arrived));

/** What echoes and the targets' own errors prove. */
const echoed = ({ echoes }: CaptureFacts): { from: string; to: string; arrived: number }[] =>
  echoes.flatMap(({ from, to, sizes, refused }) => {
    const arrived = Math.max(refused, ...sizes.filter(({ answered }) => answered > 0).map(({ octets }) => octets));
    return arrived > 0 ? [{ from, to, arrived }] : [];
  });
