import { TUNNELS } from './header-bits.js';
import { IpView, Quote } from './ip-view.js';

/** Called for each frame of a capture, in file order. Must copy what it keeps: the frame and its bytes are reused. */
export type FrameVisitor = (frame: Frame) => void;

/** Why decoding ended where it did; `frame.stopAt` says at which offset. */
export const Stop = {
  /** Read to a transport header, or to a payload that is not ours to read. */
  none: 0,
  /** The capture does not hold the octets (snap length, or a short record). */
  cut: 1,
  /** A header contradicts itself or its surroundings. */
  malformed: 2,
  /** An EtherType or protocol this reader does not know. */
  unknown: 3,
  /** More headers or tunnels inside one another than are followed. */
  deep: 4,
  /** A link type of which nothing is read. */
  link: 5,
  /** The link encrypts what is in the frame: 802.11, MACsec, CAPWAP over DTLS. */
  encrypted: 6,
} as const;
export type Stop = (typeof Stop)[keyof typeof Stop];

/** Tunnels followed inside one another; a real path has two or three. */
export const DEEPEST = 8;

/**
 * The frame cursor: one object, filled anew for every frame of a capture. All positions are offsets into `bytes`;
 * all sizes are the wire's. `outer` is the first IP header of the frame, `ip` the innermost that is readable: the same
 * object where there is no tunnel in clear. The packet quoted in an ICMP error is neither; it stands in `quote`.
 *
 * The transport fields belong to `ip`. A later piece of a fragmented datagram has none (`transport` is -1).
 */
export class Frame {
  /** The reader's buffer; valid during the visit only. */
  bytes: Uint8Array;
  /** Where the frame begins in `bytes`, and the octet behind its last captured one. */
  start = 0;
  end = 0;
  /** The octet behind the last that belongs to the innermost IP packet read so far: link padding lies beyond. */
  limit = 0;
  /** The octet behind the last that was on the wire; where the link does not tell, what the IP header says counts. */
  wire = 0;
  /** While it is decoded: where the next header begins. */
  next = 0;
  /** 1 for the first frame of the file, as capture tools number them. */
  number = 0;
  /** Position of the record in the file (after decompression), octets; for messages. */
  octet = Number.NaN;
  /** Seconds since 1970 (UTC), whole. */
  seconds = Number.NaN;
  /** 0 to 999 999 999 within that second. */
  nanoseconds = 0;
  /** Milliseconds since the first frame of the file; negative where a capture runs backwards. */
  at = Number.NaN;
  /** Octets in the file, and octets that were on the wire. */
  capturedLength = 0;
  originalLength = 0;
  /** Interface of a pcapng file, counted through all sections; 0 in classic pcap. */
  interface = 0;
  /** LINKTYPE of the interface, https://www.tcpdump.org/linktypes.html */
  linkType = 0;

  /** Bits of `layer.ts`: what was met anywhere in the frame. */
  layers = 0;
  /** Tunnels in clear, outermost first: `path[0]` to `path[tunnels - 1]`, each one bit of `layer.ts`. */
  readonly path = new Int32Array(DEEPEST);
  tunnels = 0;

  /** The outermost IP header; `family` 0 where the frame has none (ARP, LLDP, PPP control …). */
  readonly outer = new IpView();
  /** Family that the link announced for an outermost IP header that cannot be read (cut or malformed); 0 otherwise. */
  announced: 0 | 4 | 6 = 0;
  /** Its length field; -1 where that cannot be read either. */
  announcedLength = -1;
  /**
   * An IP header says length 0: a packet before segmentation offload (or a jumbogram), never on a wire in this form.
   */
  superPacket = false;
  /** The innermost readable IP header: `outer`, or that inside the last tunnel. */
  ip: IpView = this.outer;
  /** The object `ip` points to when there is a tunnel. */
  readonly inner = new IpView();

  /**
   * Offset of the transport header (TCP, UDP, ICMP, ESP …) of `ip`; -1 where there is none or it is cut off before it
   * begins.
   */
  transport = -1;
  /** TCP, UDP; -1 where there are none or they were cut off. */
  sourcePort = -1;
  destinationPort = -1;
  /**
   * Octets of transport payload on the wire: TCP data, UDP data. From the IP length, or what the frame can hold where
   * that is less. Of a first fragment, what that piece holds. 0 without a readable transport header.
   */
  payloadLength = 0;
  /** Offset of that payload. */
  payload = 0;

  /** `ip.protocol` is 6, its 20 octets are there, and this is no later fragment. */
  tcp = false;
  /** FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
  flags = 0;
  /** Sequence and acknowledgment number, 0 to 2^32 - 1. */
  seq = Number.NaN;
  ack = Number.NaN;
  /** As in the header, not scaled. */
  window = 0;
  /** Octets, options included. */
  tcpHeaderLength = 0;
  /** MSS option, RFC 9293 3.7.1; -1 without one. Meant only in a SYN, read wherever it stands. */
  mss = -1;
  /** Window scale option, RFC 7323; -1 without one. */
  windowScale = -1;
  /** A timestamps option is present (12 octets of every segment with its padding). */
  timestamps = false;
  sackPermitted = false;
  /** SACK blocks, RFC 2018: left edge in `sack[2 * i]`, right edge in `sack[2 * i + 1]`. */
  sackBlocks = 0;
  readonly sack = new Uint32Array(8);

  /** ICMP or ICMPv6 type and code of `ip`; -1 where it is something else. */
  icmpType = -1;
  icmpCode = -1;
  /** Next-hop MTU of a PTB (ICMP 3/4: 0 is possible; ICMPv6 2), octets; -1 where it is none. */
  mtu = Number.NaN;
  /** The packet an ICMP error quotes. */
  readonly quote = new Quote();

  /** ESP, natively or in UDP 4500: SPI and sequence number, 0 to 2^32 - 1; -1 without. */
  espSpi = Number.NaN;
  espSequence = Number.NaN;
  /** Octets from the SPI to the end of the ICV, on the wire; of a first fragment, what that piece holds. 0 without. */
  espLength = 0;

  stop: Stop = Stop.none;
  /** Offset where decoding stopped, when `stop` is not `none`. */
  stopAt = 0;

  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.bytes = bytes;
  }

  /** Fewer octets captured than were on the wire. */
  get snapped(): boolean {
    return this.capturedLength < this.originalLength;
  }

  /** Octets the tunnels in clear add: outermost packet against innermost. 0 without a tunnel. */
  get tunnelOverhead(): number {
    return this.layers & TUNNELS && this.ip !== this.outer ? this.outer.totalLength - this.ip.totalLength : 0;
  }

  /** Forgets the last frame's headers; the record's own fields are set by the container reader. */
  reset(): void {
    this.layers = 0;
    this.tunnels = 0;
    this.outer.family = 0;
    this.announced = 0;
    this.superPacket = false;
    this.ip = this.outer;
    this.transport = -1;
    this.sourcePort = -1;
    this.destinationPort = -1;
    this.payloadLength = 0;
    this.tcp = false;
    this.flags = 0;
    this.mss = -1;
    this.windowScale = -1;
    this.timestamps = false;
    this.sackPermitted = false;
    this.sackBlocks = 0;
    this.icmpType = -1;
    this.icmpCode = -1;
    this.mtu = -1;
    this.quote.ip.family = 0;
    this.espLength = 0;
    this.espSpi = -1;
    this.espSequence = -1;
    this.stop = Stop.none;
  }
}
