import { COUNTER } from './shape-table.js';

/** What is counted of frames that nobody visits: each is TCP or UDP. The outermost IP packet's where there is a tunnel. */
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
}

export function plainCounts(counters: Float64Array): PlainCounts {
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
  };
}
