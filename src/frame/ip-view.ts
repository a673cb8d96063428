/** One IP header as offsets into `frame.bytes` and numbers. Filled anew for each frame; never kept by a detector. */
export class IpView {
  /** 4, 6, or 0 where there is no such header. */
  family: 0 | 4 | 6 = 0;
  /** Offset of the version octet in `frame.bytes`. */
  offset = 0;
  /** IPv4: IHL in octets. IPv6: 40 and all extension headers up to the upper layer. */
  headerLength = 0;
  /**
   * Octets of the whole IP packet as its header says: IPv4 total length, IPv6 payload length + 40.
   * Where the header says 0 (a super-packet before segmentation offload) what the wire length leaves. Never the snap
   * length.
   */
  totalLength = 0;
  /** IPv4 DF. An IPv6 packet is never fragmented on the way: always true there. */
  df = false;
  /** More fragments follow. */
  mf = false;
  /** Octets from the start of the datagram's payload, 0 for the first or only piece. */
  fragmentOffset = 0;
  /** A piece of a larger datagram: `mf` or `fragmentOffset`. An atomic IPv6 fragment (RFC 6946) is not. */
  fragment = false;
  /** IPv6 only: a fragment header is present, atomic or not. */
  fragmentHeader = false;
  /** IPv4 identification; IPv6: that of the fragment header, 0 without one. */
  id = 0;
  /** TTL or hop limit. */
  ttl = 0;
  /** Upper-layer protocol, behind all IPv6 extension headers; 6 TCP, 17 UDP, 50 ESP … (IANA). */
  protocol = 0;
  /** Offset of the source address in `frame.bytes`: 4 or 16 octets. */
  source = 0;
  /** Offset of the destination address in `frame.bytes`: 4 or 16 octets. */
  destination = 0;

  clear(): void {
    this.family = 0;
  }
}

/** The packet quoted in an ICMP error: often cut, so every field behind the IP header may be unknown. */
export class Quote {
  /** `ip.family` is 0 where nothing readable is quoted. Its total length is the original packet's. */
  readonly ip = new IpView();
  /** TCP, UDP: ports of the original; -1 where unknown. */
  sourcePort = -1;
  destinationPort = -1;
  /** TCP sequence number of the original, 0 to 2^32 - 1; -1 where unknown. */
  seq = Number.NaN;
  /** SPI of a quoted ESP packet (also in UDP 4500), 0 to 2^32 - 1; -1 where unknown. */
  spi = Number.NaN;

  clear(): void {
    this.ip.family = 0;
    this.sourcePort = -1;
    this.destinationPort = -1;
    this.seq = -1;
    this.spi = -1;
  }
}
