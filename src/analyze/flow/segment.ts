import { TCP_FLAG } from '../../packet/tcp.js';

/** The packet at hand in the numbers that flow accounting needs; one object is used for every frame. */
export interface Segment {
  /** 1-based frame number. */
  frame: number;
  /**
   * Seconds since the first frame, the flow's round trip, and since its packet before: in an array, since a number with
   * a fraction passed along is allocated.
   */
  readonly clock: Float64Array;
  /** Length of the IP packet with its headers, octets; from the IP header, never from what was captured. */
  ipLength: number;
  ipId: number;
  ttl: number;
  df: boolean;
  /** TCP only from here; `payload` also for UDP. */
  payload: number;
  seq: number;
  ack: number;
  flags: number;
  window: number;
  checksum: number;
  /** The checksum covers the pseudo header only: the capturing host leaves it, and the cutting, to its network card. */
  partial: boolean;
  /** Octets of TCP options (timestamps take 12). */
  options: number;
  /** The MSS option, 0 where there is none. */
  mss: number;
  sackPermitted: boolean;
  /** Selective acknowledgements: left and right edges, `sackCount` pairs. */
  sack: Int32Array;
  sackCount: number;
}

export const newSegment = (): Segment => ({
  frame: 0,
  clock: new Float64Array(3),
  ipLength: 0,
  ipId: 0,
  ttl: 0,
  df: false,
  payload: 0,
  seq: 0,
  ack: 0,
  flags: 0,
  window: 0,
  checksum: 0,
  partial: false,
  options: 0,
  mss: 0,
  sackPermitted: false,
  sack: new Int32Array(8),
  sackCount: 0,
});

/** Indexes of `clock`. */
export const CLOCK = { NOW: 0, RTT: 1, PAUSE: 2 } as const;

/** Flags, by the names of RFC 9293. */
export const TCP = {
  FIN: TCP_FLAG.fin,
  SYN: TCP_FLAG.syn,
  RST: TCP_FLAG.rst,
  PSH: TCP_FLAG.psh,
  ACK: TCP_FLAG.ack,
} as const;
