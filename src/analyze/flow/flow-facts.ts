/** What one capture shows of one direction of a flow. Lengths in octets, `ip` = whole IP packets, times in seconds. */
export interface DirectionFacts {
  readonly from: string;
  readonly to: string;
  readonly packets: number;
  readonly segments: number;
  readonly octets: number;
  readonly finished: boolean;
  readonly reset: boolean;
  /** The lowest MSS its SYN announced; null: no SYN seen, or without the option. */
  readonly mss: number | null;
  readonly mssFrame: number;
  /** Initial sequence number, which NAT and clamps leave alone; null: no SYN seen. */
  readonly isn: number | null;
  readonly synTtl: number;
  readonly sackPermitted: boolean;
  /** Its receive window is shut at the end, and was at some time. */
  readonly zeroWindow: boolean;
  readonly wasShut: boolean;
  readonly largestPayload: number;
  readonly largestIp: number;
  readonly largestFrame: number;
  /** How many packets have exactly the largest size, and the TCP options they carry. */
  readonly atLargest: number;
  readonly options: number;
  /** Octets left between the largest packet and what the peer's MSS allows; null: unknown. */
  readonly headroom: number | null;
  readonly withDf: number;
  readonly withoutDf: number;
  readonly retransmitted: number;
  readonly retransmittedFull: number;
  /** Retransmissions more than a round trip apart count as several. */
  readonly lossEpisodes: number;
  readonly duplicates: number;
  /** Largest packet that provably arrived. */
  readonly deliveredIp: number;
  /** Data sent and not acknowledged when the capture (or the flow's place in the table) ended. */
  readonly outstanding: number;
  readonly acknowledged: boolean;
  /** A small segment was sent behind the first octet that is not acknowledged. */
  readonly smallBehind: boolean;
  /** The peer repeated its acknowledgement since the last small segment. */
  readonly echoed: boolean;
  /** Keep-alives that were not answered. */
  readonly keepAlives: number;
  readonly run: Run | null;
  readonly stall: Stall | null;
  readonly ptb: PtbFacts | null;
  readonly oddPtb: OddPtb | null;
  /** PTBs about something larger than was ever sent here, which ask for no less than what was. */
  readonly ptbBehind: {
    readonly count: number;
    readonly mtu: number;
    readonly quoted: number;
    readonly frame: number;
  } | null;
  readonly aboveMss: AboveMss | null;
  readonly merged: { readonly count: number; readonly largest: number; readonly frame: number } | null;
  readonly sack: SackFacts | null;
  readonly gap: GapFacts | null;
  readonly late: LateFacts | null;
  /** UDP only: what was asked, and what was answered. */
  readonly asked: AskedFacts | null;
}

/** Data of this direction that is missing in front of what was seen, until the end. */
export interface GapFacts {
  readonly octets: number;
  readonly frame: number;
  /** Since when, and for how long until the flow (or the capture) ended. */
  readonly start: number;
  readonly seconds: number;
  /** Data packets that came behind it, and the largest of them. */
  readonly behind: number;
  readonly behindIp: number;
}

/**
 * Data that was sent during a long pause of its direction and did not come: it was missing as soon as the pause ended.
 */
export interface LateFacts {
  readonly octets: number;
  /** How long the pause was. */
  readonly seconds: number;
  readonly frame: number;
  /** Largest packet that brought it in the end; 0: none. */
  readonly ip: number;
}

/** Questions of a UDP direction: packets to which an answer could come. Small and large as `SMALL_PACKET` says. */
export interface AskedFacts {
  readonly answered: { readonly small: number; readonly large: number };
  /** `again`: large ones of the size of the one before. */
  readonly unanswered: { readonly small: number; readonly large: number; readonly again: number };
  /** Smallest large packet without an answer, with the first and the last frame of such; null: none. */
  readonly lost: { readonly ip: number; readonly firstFrame: number; readonly lastFrame: number } | null;
  /** Doubled waits in a row before packets of one large size; null: none. */
  readonly waits: {
    readonly count: number;
    readonly ip: number;
    readonly firstFrame: number;
    readonly lastFrame: number;
  } | null;
}

/** The first unacknowledged segment, retransmitted after each timeout until the end of what is seen. */
export interface Run {
  readonly count: number;
  readonly ip: number;
  /** Time of the first retransmission, and from it to the last. */
  readonly start: number;
  readonly seconds: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** Packets of the peer since: it lives and hears something. */
  readonly life: number;
  /** Small new segments sent meanwhile. */
  readonly small: number;
}

/**
 * The longest run that ended: because the sender tried a smaller segment, or (`to` equals `ip`) the same size got
 * through.
 */
export interface Stall {
  readonly count: number;
  readonly ip: number;
  readonly to: number;
  /** Packets of the peer meanwhile. */
  readonly life: number;
  readonly start: number;
  readonly seconds: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
}

export interface PtbFacts {
  readonly count: number;
  /** The lowest usable MTU that was announced, and the highest. 0: none was usable. */
  readonly mtu: number;
  readonly highest: number;
  readonly firstFrame: number;
  readonly lowestFrame: number;
  /** Larger packets within the round trip after it, and later. */
  readonly overInGrace: number;
  readonly overAfter: number;
  readonly overFrame: number;
  readonly overLastFrame: number;
  /** Largest packet at or below the MTU after it; null: none. */
  readonly shrunkTo: number | null;
  readonly shrunkFrame: number;
  readonly shrunkSeconds: number | null;
}

/** Packet Too Big with an MTU that no path has: 0, below the protocol's minimum, or not below what it quotes. */
export interface OddPtb {
  readonly count: number;
  readonly mtu: number;
  readonly frame: number;
  readonly quoted: number;
  /** Largest packet sent more than a round trip later. */
  readonly largestAfter: number;
}

export interface AboveMss {
  readonly count: number;
  readonly largest: number;
  readonly frame: number;
  readonly retransmitted: number;
  /** Acknowledgements in the middle of one: it travelled as several. */
  readonly split: number;
  /** Checksums not yet computed: captured in front of the network card of the sender. */
  readonly partial: boolean;
}

export interface SackFacts {
  readonly acknowledgements: number;
  readonly blocks: number;
  readonly longest: number;
  readonly hole: number;
  /** All that the blocks cover was sent in segments notably shorter than the largest. */
  readonly pieces: boolean;
  readonly frame: number;
}

/** One flow at one capture point. */
export interface FlowFacts {
  readonly protocol: 'tcp' | 'udp';
  readonly family: 4 | 6;
  readonly point: number;
  /** Carried inside another packet that this capture shows in clear (VXLAN, GRE, …). */
  readonly inner: boolean;
  readonly firstFrame: number;
  readonly frames: number;
  readonly start: number;
  readonly seconds: number;
  /** The longest silence of both sides, where it was a second and more, and the frame that broke it; null: none. */
  readonly quiet: { readonly seconds: number; readonly frame: number } | null;
  /** How long nothing of it came before the capture ended, or its place in the table was needed. */
  readonly idle: number;
  /** Each direction came by a capture device of its own. */
  readonly devices: readonly [number | null, number | null];
  /** Handshake round trip; null: not seen. */
  readonly rtt: number | null;
  /** Index of the side that sent the SYN; null: not seen. */
  readonly client: 0 | 1 | null;
  readonly directions: readonly [DirectionFacts, DirectionFacts];
}

/** The index of the other direction. */
export const otherSide = (side: 0 | 1): 0 | 1 => (side === 0 ? 1 : 0);

/** The reverse direction (RFC 5103): what the receiver of `side` sends. */
export const reverseOf = ({ directions }: Pick<FlowFacts, 'directions'>, side: 0 | 1): DirectionFacts =>
  directions[otherSide(side)];
