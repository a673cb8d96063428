import { FRAGMENTATION_NEEDED, ICMP_TYPE, NEXT_HOP_FIELD } from '../packet/icmp.js';
import { ICMP_FIELD, ICMP_HEADER } from '../packet/icmp-message.js';
import { ICMPV6_TYPE, TOO_BIG_FIELD } from '../packet/icmpv6.js';
import { ESP_FIELD } from '../packet/ipsec.js';
import { IPV4_HEADER, PROTOCOL_NUMBER } from '../packet/ipv4.js';
import { IPV6_HEADER } from '../packet/ipv6.js';
import { u16, u32 } from '../packet/octets.js';
import { PORT } from '../packet/ports.js';
import { TCP_FIELD } from '../packet/tcp.js';
import { UDP_HEADER } from '../packet/udp.js';
import type { Frame } from './frame.js';
import { HEADER, type Header } from './header.js';
import { PTB } from './header-bits.js';
import { readIpv4, readIpv6, walkExtensions } from './read-ip.js';
import { cut } from './stop.js';

/** ICMP, RFC 792 and 1191 4; ICMPv6, RFC 4443. */
export function decodeIcmp(frame: Frame, at: number): Header {
  const { bytes, limit: end, ip } = frame;
  if (at + ICMP_FIELD.identifier > end) return cut(frame, at);
  const type = bytes[at + ICMP_FIELD.type] as number;
  const code = bytes[at + ICMP_FIELD.code] as number;
  const v6 = ip.protocol === PROTOCOL_NUMBER.icmpv6;
  frame.transport = at;
  frame.icmpType = type;
  frame.icmpCode = code;
  const room = ip.totalLength - (at - ip.offset);
  frame.payload = at + ICMP_HEADER;
  frame.payloadLength = room > ICMP_HEADER ? room - ICMP_HEADER : 0;
  const ptb = v6 ? type === ICMPV6_TYPE.tooBig : type === ICMP_TYPE.unreachable && code === FRAGMENTATION_NEEDED;
  if (ptb) frame.layers |= PTB;
  if (at + ICMP_HEADER > end) return cut(frame, at);
  if (ptb) frame.mtu = v6 ? u32(bytes, at + TOO_BIG_FIELD.mtu) : u16(bytes, at + NEXT_HOP_FIELD.nextHopMtu);
  if (v6 ? type >= ICMPV6_TYPE.unreachable && type <= ICMPV6_TYPE.parameterProblem : isError(type))
    decodeQuote(frame, at + ICMP_HEADER);
  return HEADER.end;
}

const isError = (type: number): boolean =>
  type === ICMP_TYPE.unreachable ||
  type === ICMP_TYPE.sourceQuench ||
  type === ICMP_TYPE.redirect ||
  type === ICMP_TYPE.timeExceeded ||
  type === ICMP_TYPE.parameterProblem;

/** The start of the packet that caused an ICMP error, RFC 1812 4.3.2.3 and 4443 2.4: as far as it goes. */
function decodeQuote(frame: Frame, at: number): void {
  const { bytes, limit: end, quote } = frame;
  quote.clear();
  if (at >= end) return;
  const view = quote.ip;
  const version = (bytes[at] as number) >> 4;
  if (version === 4 && at + IPV4_HEADER <= end) readIpv4(view, bytes, at);
  else if (version === 6 && at + IPV6_HEADER <= end) {
    readIpv6(view, bytes, at);
    walkExtensions(view, bytes, end);
  } else return;
  const upper = at + view.headerLength;
  if (view.fragmentOffset !== 0 || upper + 4 > end) return;
  const { protocol } = view;
  if (protocol === PROTOCOL_NUMBER.tcp || protocol === PROTOCOL_NUMBER.udp) {
    quote.sourcePort = u16(bytes, upper + TCP_FIELD.sourcePort);
    quote.destinationPort = u16(bytes, upper + TCP_FIELD.destinationPort);
  }
  if (protocol === PROTOCOL_NUMBER.tcp && upper + TCP_FIELD.acknowledgement <= end)
    quote.seq = u32(bytes, upper + TCP_FIELD.sequence);
  if (protocol === PROTOCOL_NUMBER.esp) quote.spi = u32(bytes, upper + ESP_FIELD.spi);
  const natt = quote.destinationPort === PORT.natt || quote.sourcePort === PORT.natt;
  if (protocol === PROTOCOL_NUMBER.udp && natt && upper + UDP_HEADER + ESP_FIELD.sequence <= end)
    quote.spi = u32(bytes, upper + UDP_HEADER + ESP_FIELD.spi);
}
