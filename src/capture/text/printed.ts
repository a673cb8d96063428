/** One TCP header as a line of text prints it; null is not printed, and never zero. */
export interface PrintedTcp {
  /** FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128. */
  readonly flags: number;
  /** As printed: absolute, or relative to the first one of its direction. */
  readonly seq: number | null;
  readonly ack: number | null;
  readonly window: number;
  /** Octets of data. */
  readonly payload: number;
  readonly mss: number | null;
  readonly windowScale: number | null;
  readonly timestamps: readonly [number, number] | null;
  readonly sackPermitted: boolean;
  /** Left and right edges, as printed. */
  readonly sack: readonly (readonly [number, number])[];
  /** Octets of options where the text says so, else what the named ones take. */
  readonly optionOctets: number | null;
  readonly checksum: number | null;
}

/** An ICMP error's quoted packet: often only its destination is printed. */
export interface PrintedQuote {
  /** null: not even that (ICMPv6 without -v). */
  readonly destination: string | null;
  readonly packet: PrintedPacket | null;
}

export interface PrintedIcmp {
  readonly type: number;
  readonly code: number;
  /** MTU of a PTB; null where the form does not print it. */
  readonly mtu: number | null;
  readonly quote: PrintedQuote | null;
  /** Identifier and sequence number of an echo. */
  readonly echo: readonly [number, number] | null;
}

/** One packet of a text: what its form printed. Addresses may be names; null is unknown. */
export interface PrintedPacket {
  /** Line of the text, from 1. */
  readonly line: number;
  /** Seconds, of whatever clock the form has; null without one. */
  time: number | null;
  /** Device or component, where one is printed. */
  device: string | null;
  /** Received or sent, where that is printed. */
  way: 'in' | 'out' | null;
  /** 0: not IP; counted only. */
  family: 0 | 4 | 6;
  source: string;
  destination: string;
  sourcePort: string | null;
  destinationPort: string | null;
  protocol: number | null;
  /** The whole IP packet, octets, as the IP header says. */
  ipLength: number | null;
  /** Octets behind the IP header (a later piece of a datagram); where `ipLength` is not printed. */
  inside: number | null;
  df: boolean | null;
  mf: boolean;
  /** Octets. */
  fragmentOffset: number;
  /** A later piece of a datagram of which nothing more is printed. */
  piece: boolean;
  id: number | null;
  ttl: number | null;
  tcp: PrintedTcp | null;
  /** Octets of UDP data. */
  udp: number | null;
  icmp: PrintedIcmp | null;
  esp: {
    readonly spi: number;
    readonly sequence: number;
    readonly octets: number | null;
    readonly udp: boolean;
  } | null;
  /** IKE in UDP 4500 behind its four zeros, or a keepalive. */
  marker: 'ike' | 'keepalive' | null;
  /** The packet inside a tunnel in clear. */
  inner: PrintedPacket | null;
  /** The frame's own octets, where the text holds them. */
  octets: Uint8Array | null;
}

export const blankPacket = (line: number): PrintedPacket => ({
  line,
  time: null,
  device: null,
  way: null,
  family: 0,
  source: '',
  destination: '',
  sourcePort: null,
  destinationPort: null,
  protocol: null,
  ipLength: null,
  inside: null,
  df: null,
  mf: false,
  fragmentOffset: 0,
  piece: false,
  id: null,
  ttl: null,
  tcp: null,
  udp: null,
  icmp: null,
  esp: null,
  marker: null,
  inner: null,
  octets: null,
});

export const blankTcp: PrintedTcp = {
  flags: 0,
  seq: null,
  ack: null,
  window: 0,
  payload: 0,
  mss: null,
  windowScale: null,
  timestamps: null,
  sackPermitted: false,
  sack: [],
  optionOctets: null,
  checksum: null,
};
