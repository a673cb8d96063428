import { COUNTER, MSS_COUNT } from './shape-table.js';

/**
 * What is counted of frames that nobody visits: each is TCP or UDP. The outermost IP packet's where there is a tunnel.
 */
export interface PlainCounts {
  readonly frames: number;
  readonly ipv6: number;
  readonly snapped: number;
  /** Of IPv4. */
  readonly withDf: number;
  readonly withData: number;
  /** Octets of the largest IP packet of each family. */
  readonly largest4: number;
  readonly largest6: number;
  readonly pppoe: number;
  readonly gre: number;
  readonly vxlan: number;
  readonly udp: number;
  readonly wireguard: number;
  /** How often each MSS was announced, by SYNs and by SYN/ACKs; -1 where there was none. */
  readonly synMss: ReadonlyMap<number, number>;
  readonly synAckMss: ReadonlyMap<number, number>;
}

export function plainCounts(counters: Float64Array, mssCounts: Int32Array): PlainCounts {
  const of = (name: keyof typeof COUNTER): number => counters[COUNTER[name]]!;
  return {
    frames: of('frames'),
    ipv6: of('ipv6'),
    snapped: of('snapped'),
    withDf: of('withDf'),
    withData: of('withData'),
    largest4: of('largest4'),
    largest6: of('largest6'),
    pppoe: of('pppoe'),
    gre: of('gre'),
    vxlan: of('vxlan'),
    udp: of('udp'),
    wireguard: of('wireguard'),
    synMss: announced(mssCounts.subarray(0, MSS_COUNT.answered)),
    synAckMss: announced(mssCounts.subarray(MSS_COUNT.answered)),
  };
}

function announced(counts: Int32Array): Map<number, number> {
  const seen = new Map<number, number>();
  for (let at = 0; at < counts.length && counts[at] !== 0; at += 2) seen.set(counts[at]! - 2, counts[at + 1]!);
  return seen;
}
