/** Shapes that compiled code knows at once; the least met gives way. */
export const SHAPES = 16;
/** Checks of one. */
export const MOST_CHECKS = 14;

/**
 * Words of one shape, for compiled code. `FAMILY` and `OUTER_FAMILY` are 4 or 6; `OUTER_AT` is -1 without a tunnel;
 * `META` is the first word of the key in direction 0 and 1, 0 where the device is not numbered; `DEVICE` what
 * `F.DEVICES` must hold of a direction, 0 where that does not matter. A check is two words: where, and mask with value.
 */
export const SHAPE = {
  /** The interface + 1; 0: no shape. */
  INTERFACE: 0,
  IP_AT: 1,
  FAMILY: 2,
  OUTER_AT: 3,
  OUTER_FAMILY: 4,
  /** Bits of COUNTED_LAYER. */
  LAYERS: 5,
  META: 6,
  DEVICE: 8,
  HITS: 10,
  COUNT: 11,
  CHECKS: 12,
} as const;
export const SHAPE_WORDS = 12 + 2 * MOST_CHECKS;
/** In the first word of a check: must not be. */
export const NOT = 0x10000;

/** Layers that are counted of frames that nobody visits. */
export const COUNTED_LAYER = { PPPOE: 1, GRE: 2, VXLAN: 4 } as const;

/** Doubles of the counters of frames that nobody visits: what is counted, and two times. */
export const COUNTER = {
  frames: 0,
  ipv6: 1,
  snapped: 2,
  withDf: 3,
  withData: 4,
  largest4: 5,
  largest6: 6,
  pppoe: 7,
  gre: 8,
  vxlan: 9,
  /** Of them UDP. */
  udp: 12,
  /** Of those, data of WireGuard. */
  wireguard: 13,
  /** The latest time, and that of the interface's frame before. */
  last: 10,
  previous: 11,
} as const;

/**
 * Words that count the MSS of SYNs that nobody visits: pairs of MSS + 2 (1: without the option; 0: no more of them) and
 * how often; from `answered` on those of SYN/ACKs. A SYN for which there is no pair left is visited.
 */
export const MSS_COUNT = { answered: 128, all: 256 } as const;
