import { Bytes } from '../packet/bytes.js';
import { pseudoSum } from '../packet/checksum.js';
import { emitIcmp, ICMP_HEADER } from '../packet/icmp.js';
import { emitIcmpv6 } from '../packet/icmpv6.js';
import { emitIpv4, IPV4_HEADER, ipv4Octets, PROTOCOL_NUMBER } from '../packet/ipv4.js';
import { emitIpv6, IPV6_HEADER, ipv6Octets } from '../packet/ipv6.js';
import { emitTcp, TCP_FLAG, TCP_HEADER_MINIMUM } from '../packet/tcp.js';
import { emitUdp, UDP_HEADER } from '../packet/udp.js';
import type { Probe, ProbeProtocol } from './engine.js';

/** What stays the same in every packet of one measurement, so that equal-cost paths are not mixed. */
export interface Flow {
  readonly family: 4 | 6;
  readonly source: string;
  readonly destination: string;
  /** ICMP identifier. */
  readonly identifier: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /**
   * Every SYN has a source port of its own: an open port answers a second SYN of the same connection only once the
   * first is reset. This gives up the constant flow, so it is used for open ports alone.
   */
  readonly ownPortEach?: boolean;
  /** TCP sequence number of the probe with number 0; each further one is 0x10000 higher. */
  readonly sequenceBase: number;
}

/** The flow that a probe belongs to: the measured one, or one beside it with other ports and identifier. */
export function flowOf(base: Flow, { flow = 0, port }: Pick<Probe, 'flow' | 'port'>, usual: number): Flow {
  if (flow === 0 && (port ?? usual) === base.destinationPort) return base;
  return {
    ...base,
    identifier: (base.identifier + flow) & 0xffff || 1,
    sourcePort: base.sourcePort + flow > 0xffff ? base.sourcePort - flow : base.sourcePort + flow,
    destinationPort: port ?? usual,
  };
}

/** TCP header with an MSS option. */
const SYN_HEADER = TCP_HEADER_MINIMUM + 4;

/** MSS that every SYN announces: that of Ethernet, so that a clamp on the way shows in the quotes. */
export const ANNOUNCED_MSS = { 4: 1460, 6: 1440 } as const;

/** Octets of IP and transport header. */
export const headersOf = (family: 4 | 6, protocol: ProbeProtocol): number =>
  (family === 4 ? IPV4_HEADER : IPV6_HEADER) + { icmp: ICMP_HEADER, udp: UDP_HEADER, tcp: SYN_HEADER }[protocol];

const numberOf = (family: 4 | 6, protocol: ProbeProtocol): number =>
  protocol === 'icmp' && family === 6 ? PROTOCOL_NUMBER.icmpv6 : PROTOCOL_NUMBER[protocol];

/** A whole IP packet with DF set; `number` (16 bits) is what the answer is recognised by. */
export function emitProbe(flow: Flow, { size, ttl, protocol }: Probe, number: number): Uint8Array {
  const packet = new Bytes(new Uint8Array(size));
  const { family, source, destination } = flow;
  const next = numberOf(family, protocol);
  const header = family === 4 ? IPV4_HEADER : IPV6_HEADER;
  if (family === 4) {
    const fixed = { headerLength: header, tos: 0, dontFragment: true, moreFragments: false, fragmentOffset: 0 };
    emitIpv4({ ...fixed, totalLength: size, identification: number, ttl, protocol: next, source, destination }, packet);
  } else {
    const fixed = { trafficClass: 0, flowLabel: flow.identifier, hopLimit: ttl, source, destination };
    emitIpv6({ ...fixed, payloadLength: size - header, nextHeader: next }, packet);
  }
  const body = packet.part(header);
  const octets = family === 4 ? ipv4Octets : ipv6Octets;
  const pseudo = pseudoSum(octets(source), octets(destination), next, body.length);
  if (protocol === 'icmp') {
    const data = new Bytes(echoData(family, body.length, number));
    const echo = { kind: 'echo', identifier: flow.identifier, sequence: number, data } as const;
    if (family === 4) emitIcmp(echo, body);
    else emitIcmpv6(echo, body, source, destination);
  } else if (protocol === 'udp') {
    markUdp(body.part(UDP_HEADER), number);
    const { sourcePort, destinationPort } = flow;
    emitUdp({ sourcePort, destinationPort, length: body.length }, body, pseudo);
  } else {
    emitTcp(synOf(flow, number), body, pseudo);
  }
  return packet.octets;
}

/**
 * Data of an echo of `length` octets, ICMP header included: it makes up for the sequence number, and for the length
 * in the IPv6 pseudo-header, so that the checksum, which routers hash, is the same for all.
 */
export function echoData(family: 4 | 6, length: number, sequence: number): Uint8Array {
  const data = new Bytes(new Uint8Array(Math.max(0, length - ICMP_HEADER)));
  if (data.length >= 2) data.put16(0, ~sequence & 0xffff);
  if (family === 6 && data.length >= 4) data.put16(2, ~length & 0xffff);
  return data.octets;
}

/** The number of a UDP probe stands at the start of its payload, where an IPv6 quote shows it. */
export function markUdp(payload: Bytes, number: number): void {
  if (payload.length >= 2) payload.put16(0, number);
}

/** Where source ports of single SYNs start; below the ports that Linux hands out itself. */
const FIRST_OWN_PORT = 0x4000;

/** Source port of a SYN. */
export const synPort = (flow: Flow, number: number): number =>
  flow.ownPortEach ? FIRST_OWN_PORT + (number & 0x3fff) : flow.sourcePort;

const synOf = (flow: Flow, number: number) => ({
  sourcePort: synPort(flow, number),
  destinationPort: flow.destinationPort,
  sequence: (flow.sequenceBase + number * 0x10000) % 0x100000000,
  acknowledgement: 0,
  headerLength: SYN_HEADER,
  flags: TCP_FLAG.syn,
  window: 64240,
  mss: ANNOUNCED_MSS[flow.family],
});
