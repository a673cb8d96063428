/**
 * What is added up as flows end, of all flows of a capture, in doubles that compiled code adds to as well. Sizes are
 * octets of IP packets.
 */
export const TOTAL = {
  tcpFlows: 0,
  udpFlows: 1,
  largestDelivered: 2,
  largestTcp: 3,
  largestUdp: 4,
  retransmitted: 5,
  lossEpisodes: 6,
  filled: 7,
  tcpSegments: 8,
  /** Large packets that went without DF. */
  withoutDf: 9,
} as const;
export const TOTALS = 10;
/**
 * The double behind them: packets of a flow without anything to say above which it may find a place among the largest.
 */
export const FLOOR = TOTALS;

/** So many segments of one direction are worth a word. */
export const NOTABLE = { retransmitted: 3, withoutDf: 10 } as const;

export type FlowTotals = { readonly [Name in keyof typeof TOTAL]: number };

/** The doubles by their names. */
export const namedTotals = (totals: Float64Array): FlowTotals =>
  Object.fromEntries(Object.entries(TOTAL).map(([name, at]) => [name, totals[at]!])) as unknown as FlowTotals;
