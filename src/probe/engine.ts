export type ProbeProtocol = 'icmp' | 'udp' | 'tcp';
export type EngineId = 'raw' | 'errqueue' | 'tcp' | 'ping';

/** TTL or hop limit of a probe that is meant to reach the target. */
export const FULL_TTL = 64;

/** One packet with DF set (IPv6: never fragmented by us). `size` is the whole IP packet, octets. */
export interface Probe {
  readonly protocol: ProbeProtocol;
  readonly size: number;
  readonly ttl: number;
  /** Another flow between the same hosts: other source port or identifier. Absent: the flow that is measured. */
  readonly flow?: number;
  /** Destination port, where it is not the engine's own. */
  readonly port?: number;
}

/** What an ICMP error quotes of our own packet, as the router saw it. Only engines on raw sockets have it. */
export interface Quote {
  /** Total length in the quoted IP header, octets. */
  readonly length: number;
  readonly ttl: number;
  /** IPv4 only; IPv6 routers never fragment. */
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** MSS option of a quoted SYN, where the router quoted that far (RFC 1812 §4.3.2.3). */
  readonly mss?: number;
}

/** The fate of one probe: a closed set; "too big" is an answer, not an exception. */
export type ProbeReply =
  | {
      readonly kind: 'arrived';
      readonly rttMs: number;
      readonly from: string;
      /** TTL left when the answer came in. */
      readonly ttl?: number;
      /** Octets of the largest fragment where the answer came back in fragments. */
      readonly fragment?: number;
      /** A TCP port that is open answers each connection attempt once. */
      readonly open?: boolean;
      /** Length of an echo reply, octets of the whole IP packet: some targets return less than they were sent. */
      readonly octets?: number;
      /** MSS option of the SYN/ACK as it came in. */
      readonly mss?: number;
    }
  | {
      /** PTB. `nextHopMtu` is null where the router left it 0. */
      readonly kind: 'too-big';
      readonly from: string;
      readonly nextHopMtu: number | null;
      readonly quote?: Quote;
      readonly ttl?: number;
      readonly rttMs?: number;
    }
  | { readonly kind: 'hop'; readonly from: string; readonly quote?: Quote; readonly rttMs?: number }
  /**
   * EMSGSIZE from our own host; `remembered` where its path MTU cache, not the interface, is the reason, `peerMss`
   * where the other end of a connection announced no more.
   */
  | {
      readonly kind: 'too-big-here';
      readonly mtu: number | null;
      readonly remembered?: boolean;
      readonly peerMss?: number;
    }
  | { readonly kind: 'unreachable'; readonly from: string; readonly code: number }
  /** `asked: false`: the packet could not be sent at all (a handshake nobody answered); says nothing of its size. */
  | { readonly kind: 'silence'; readonly asked?: false };

/** Sender of a PTB of which only its effect was seen, on a connection of this host. */
export const UNNAMED = 'a router';

export const SILENCE: ProbeReply = { kind: 'silence' };
export const UNASKED: ProbeReply = { kind: 'silence', asked: false };

/** An answer that came after its probe was given up. */
export interface LateReply {
  readonly probe: Probe;
  readonly reply: ProbeReply;
}

/** The whole seam between deciding and sending. One engine serves one target. */
export interface ProbeEngine {
  readonly id: EngineId;
  readonly blindTo: readonly string[];
  readonly protocols: readonly ProbeProtocol[];
  /** Those of them that another engine at its side sends: for cross-checks, not to be asked for. */
  readonly besides?: readonly ProbeProtocol[];
  /** What TTL-limited packets are sent with where TCP is measured, and TCP is connections. */
  readonly hopProtocol?: ProbeProtocol;
  /** Each probe is a connection with several packets of its size: no copies, few at a time. */
  readonly connections?: boolean;
  /** The far end tells of each packet that came: nothing rations its answers. */
  readonly told?: boolean;
  /** True where errors come with the quoted IP header: only then a cleared DF can be seen. */
  readonly quotes: boolean;
  /** Sends a batch, all in flight at once within the rate cap; answers stand in the order of the probes. */
  send(probes: readonly Probe[], timeoutMs: number): Promise<readonly ProbeReply[]>;
  /** What came in too late since the last call. */
  late(): readonly LateReply[];
  close(): Promise<void>;
}
