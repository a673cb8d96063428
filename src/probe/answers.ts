import { Bytes, LengthError } from '../packet/bytes.js';
import { type IcmpMessage, parseIcmp } from '../packet/icmp.js';
import { type Icmpv6Message, parseIcmpv6 } from '../packet/icmpv6.js';
import { PROTOCOL_NUMBER, parseIpv4 } from '../packet/ipv4.js';
import { IPV6_HEADER, parseIpv6 } from '../packet/ipv6.js';
import { parseTcp, parseTcpStart, TCP_FLAG } from '../packet/tcp.js';
import { parseUdp, UDP_HEADER } from '../packet/udp.js';
import type { ProbeReply, Quote } from './engine.js';
import { type Flow, synPort } from './packets.js';

/** An answer and the number of the probe it belongs to. The round trip is the engine's to fill in. */
export interface Answer {
  readonly number: number;
  readonly reply: ProbeReply;
}

/** Port unreachable: the packet got there (RFC 792, RFC 4443 §3.1). */
const PORT_UNREACHABLE = { 4: 3, 6: 4 } as const;

/**
 * Reads what a raw ICMP socket delivers: IPv4 with its IP header, ICMPv6 without. Undefined for everything that is not
 * an answer to a packet of this flow: foreign identifiers and ports, quotes too short to tell, other targets.
 */
export function readIcmp(flow: Flow, message: Uint8Array, from: string): Answer | undefined {
  return orNothing(() => {
    if (flow.family === 6)
      return fromIcmp(flow, parseIcmpv6(new Bytes(message)), from, undefined, IPV6_HEADER + message.length);
    const bytes = new Bytes(message);
    const { headerLength, ttl, source } = parseIpv4(bytes);
    return fromIcmp(flow, parseIcmp(bytes.part(headerLength)), source, ttl, message.length);
  });
}

/** Reads what a raw TCP socket delivers: SYN-ACK and RST both mean that the SYN arrived. */
export function readTcp(flow: Flow, message: Uint8Array, from: string): Answer | undefined {
  return orNothing(() => {
    const bytes = new Bytes(message);
    const ip = flow.family === 4 ? parseIpv4(bytes) : undefined;
    const segment = parseTcp(bytes.part(ip?.headerLength ?? 0));
    if (from !== flow.destination || segment.sourcePort !== flow.destinationPort) return undefined;
    if ((segment.flags & TCP_FLAG.ack) === 0) return undefined;
    const open = (segment.flags & TCP_FLAG.syn) !== 0;
    if (!open && (segment.flags & TCP_FLAG.rst) === 0) return undefined;
    const number = numberOfSequence(flow, segment.acknowledgement - 1);
    if (!isOurPort(flow, segment.destinationPort, number)) return undefined;
    return {
      number,
      reply: {
        kind: 'arrived',
        rttMs: 0,
        from,
        ...(ip ? { ttl: ip.ttl } : {}),
        ...(open ? { open } : {}),
        ...(open && segment.mss !== undefined ? { mss: segment.mss } : {}),
      },
    };
  });
}

function fromIcmp(
  flow: Flow,
  message: IcmpMessage | Icmpv6Message,
  from: string,
  ttl: number | undefined,
  octets: number,
): Answer | undefined {
  const left = ttl === undefined ? {} : { ttl };
  if (message.kind === 'echo-reply') {
    const { identifier, sequence } = message;
    if (identifier !== flow.identifier || from !== flow.destination) return undefined;
    return { number: sequence, reply: { kind: 'arrived', rttMs: 0, from, ...left, octets } };
  }
  if (!('quote' in message)) return undefined;
  const about = readQuote(flow, message.quote);
  if (!about) return undefined;
  const { number, quote, udp } = about;
  switch (message.kind) {
    case 'too-big':
      return { number, reply: { kind: 'too-big', from, nextHopMtu: message.nextHopMtu || null, quote, ...left } };
    case 'time-exceeded':
      // Code 1 is a reassembly that took too long, at the target.
      return message.code === 0 ? { number, reply: { kind: 'hop', from, quote } } : undefined;
    case 'unreachable':
      return udp && from === flow.destination && message.code === PORT_UNREACHABLE[flow.family]
        ? { number, reply: { kind: 'arrived', rttMs: 0, from, ...left } }
        : { number, reply: { kind: 'unreachable', from, code: message.code } };
    case 'parameter-problem':
      return undefined;
  }
}

/** Checks that the quoted packet is one of ours and finds its number. */
function readQuote(flow: Flow, bytes: Bytes): { number: number; quote: Quote; udp: boolean } | undefined {
  const { family, destination } = flow;
  const ip = family === 4 ? parseIpv4(bytes) : undefined;
  const ip6 = family === 6 ? parseIpv6(bytes) : undefined;
  if ((ip ?? ip6)?.destination !== destination) return undefined;
  const rest = bytes.part(ip?.headerLength ?? 40);
  const protocol = ip?.protocol ?? ip6?.nextHeader;
  const number =
    protocol === PROTOCOL_NUMBER.tcp
      ? numberOfTcp(flow, rest)
      : protocol === PROTOCOL_NUMBER.udp
        ? numberOfUdp(flow, rest, ip?.identification)
        : protocol === (family === 4 ? PROTOCOL_NUMBER.icmp : PROTOCOL_NUMBER.icmpv6)
          ? numberOfEcho(flow, rest)
          : undefined;
  if (number === undefined) return undefined;
  const mss = protocol === PROTOCOL_NUMBER.tcp ? quotedMss(rest) : {};
  const quote: Quote = ip
    ? { length: ip.totalLength, ttl: ip.ttl, dontFragment: ip.dontFragment, moreFragments: ip.moreFragments, ...mss }
    : {
        length: (ip6?.payloadLength ?? 0) + IPV6_HEADER,
        ttl: ip6?.hopLimit ?? 0,
        dontFragment: true,
        moreFragments: false,
        ...mss,
      };
  return { number, quote, udp: protocol === PROTOCOL_NUMBER.udp };
}

/** Routers need quote no more than the ports; then the MSS is not to be seen. */
function quotedMss(rest: Bytes): { mss?: number } {
  try {
    const { mss } = parseTcp(rest);
    return mss === undefined ? {} : { mss };
  } catch (error) {
    if (error instanceof LengthError) return {};
    throw error;
  }
}

function numberOfEcho(flow: Flow, rest: Bytes): number | undefined {
  const quoted = flow.family === 4 ? parseIcmp(rest) : parseIcmpv6(rest);
  return quoted.kind === 'echo' && quoted.identifier === flow.identifier ? quoted.sequence : undefined;
}

function numberOfUdp(flow: Flow, rest: Bytes, identification: number | undefined): number | undefined {
  const { sourcePort, destinationPort } = parseUdp(rest);
  if (sourcePort !== flow.sourcePort || destinationPort !== flow.destinationPort) return undefined;
  return identification ?? rest.part(UDP_HEADER).u16(0);
}

function numberOfTcp(flow: Flow, rest: Bytes): number | undefined {
  const { sourcePort, destinationPort, sequence } = parseTcpStart(rest);
  const number = numberOfSequence(flow, sequence);
  return destinationPort === flow.destinationPort && isOurPort(flow, sourcePort, number) ? number : undefined;
}

/** SYNs sent before the port was found open have the port of the flow. */
const isOurPort = (flow: Flow, port: number, number: number): boolean =>
  port === flow.sourcePort || port === synPort(flow, number);

/** The high half of what is left after the base; a reset counts the data in, which never reaches 0x10000. */
const numberOfSequence = (flow: Flow, sequence: number): number => ((sequence - flow.sequenceBase) >>> 0) >>> 16;

/** Cut octets are no answer; anything else that is thrown is a bug. */
function orNothing(read: () => Answer | undefined): Answer | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LengthError) return undefined;
    throw error;
  }
}
