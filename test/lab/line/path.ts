/**
 * A line of routers, as data: host A, routers R1 … Rn, host B, each in a network namespace of this machine. Link i has
 * the networks 10.77.i.0/24 and fd77:i::/64, left .1 and right .2; link 0 is A's own. All lengths are IP packets in
 * octets.
 */
export interface Ration {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Link {
  readonly mtu: number;
  /** MTU locked on the routes back over this link. */
  readonly back?: number;
  /** Share of packets lost each way, %. */
  readonly loss?: number;
}

export interface Drop {
  readonly protocol?: 'echo' | 'icmp' | 'udp' | 'tcp' | 'syn' | 'syn-data' | 'fragment';
  readonly over?: number;
  readonly way?: 'there' | 'back' | 'both';
  readonly percent?: number;
  readonly ration?: Ration;
  readonly octets?: { readonly perSecond: number; readonly burst: number };
  readonly exceptPort?: number;
  readonly reject?: string;
}

export interface Router {
  /** False: none. A ration: no more. `{ says }`: another number. */
  readonly ptb?: boolean | Ration | { readonly says: number };
  readonly timeExceeded?: boolean;
  /** On what goes there, or on what goes back. */
  readonly clearsDf?: boolean | 'back';
  readonly nat?: boolean;
  /** MSS that SYNs going there, or SYN/ACKs going back, are lowered to. */
  readonly clamp?: { readonly there?: number; readonly back?: number };
  readonly drop?: readonly Drop[];
}

export interface Line {
  readonly says: string;
  readonly family: 4 | 6;
  readonly links: readonly (number | Link)[];
  readonly routers: readonly Router[];
  readonly target?: {
    readonly echo?: false | Ration | { readonly upTo: number };
    readonly udp?: 'silent';
    /** Open ports; otherwise TCP is closed, or silent. */
    readonly tcp?: 'silent' | readonly number[];
    readonly errors?: Ration;
    readonly ttl?: number;
  };
  readonly client?: {
    /** Preferred source address, on an interface of its own with this MTU. */
    readonly source?: { readonly address: string; readonly mtu: number };
    /** False: no ICMP sockets for users. */
    readonly pingSockets?: false;
    /** Linux' rate of ICMP errors (net.ipv4.icmp_ratelimit, milliseconds) at the target. */
    readonly before?: number;
  };
  /** The way back leaves the line at this router and goes straight to A. */
  readonly backFrom?: number;
  /** Words for `mtucalc probe`, besides the target and the engine. */
  readonly args?: readonly string[];
  readonly engines: readonly ('raw' | 'errqueue' | 'tcp' | 'ping')[];
  readonly expect: {
    readonly verdicts: readonly string[];
    /** Absent: no number, and an interval that holds `holds`. */
    readonly pathMtu?: number;
    readonly holds?: number;
    /** The hops that the place must hold: at or before `after`, at or behind `before`. */
    readonly after?: number;
    readonly before?: number;
    /** Verdicts that are a wrong reassurance or a false alarm here. */
    readonly never: readonly string[];
  };
}
