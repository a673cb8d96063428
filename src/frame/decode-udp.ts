import { u16 } from '../packet/octets.js';
import { PORT } from '../packet/ports.js';
import { UDP_FIELD, UDP_HEADER } from '../packet/udp.js';
import {
  WIREGUARD_DATA_HEADER,
  WIREGUARD_FIELD,
  WIREGUARD_LEAST,
  WIREGUARD_LENGTH,
  WIREGUARD_TYPE,
} from '../packet/wireguard.js';
import { decodePorts } from './decode-tcp.js';
import type { Frame } from './frame.js';
import { HEADER, type Header } from './header.js';
import { WIREGUARD } from './header-bits.js';
import { cut, goOn } from './stop.js';

/** Ports above are nobody's by assignment. */
const SYSTEM_PORTS = 1024;

/** UDP, RFC 768, and the tunnels known by their port. */
export function decodeUdp(frame: Frame, at: number): Header {
  const { bytes, limit: end, ip } = frame;
  if (at + UDP_HEADER > end) {
    decodePorts(frame, at);
    return cut(frame, at);
  }
  const source = u16(bytes, at + UDP_FIELD.sourcePort);
  const destination = u16(bytes, at + UDP_FIELD.destinationPort);
  const said = u16(bytes, at + UDP_FIELD.length);
  const room = Math.min(ip.offset + ip.totalLength, frame.wire) - at;
  // 0: a jumbogram or a super-packet. In a first fragment the UDP length is that of the whole datagram.
  const length = said === 0 || said > room ? room : said;
  const payload = at + UDP_HEADER;
  const octets = length > UDP_HEADER ? length - UDP_HEADER : 0;
  frame.transport = at;
  frame.sourcePort = source;
  frame.destinationPort = destination;
  frame.payload = payload;
  frame.payloadLength = octets;
  const header = headerOfPorts(source, destination);
  if (header !== HEADER.end) return goOn(frame, payload, header);
  if (octets >= WIREGUARD_LEAST && looksLikeWireGuard(bytes, payload, end, octets, Math.min(source, destination)))
    frame.layers |= WIREGUARD;
  return HEADER.end;
}

/** What the ports announce: some tunnels answer from another port, so only the destination names them. */
export function headerOfPorts(source: number, destination: number): Header {
  if (destination === PORT.natt || source === PORT.natt) return HEADER.natt;
  if (destination === PORT.ike || source === PORT.ike) return HEADER.ike;
  if (destination === PORT.vxlan || destination === PORT.vxlanLinux) return HEADER.vxlan;
  if (destination === PORT.vxlanGpe) return HEADER.vxlanGpe;
  if (destination === PORT.geneve) return HEADER.geneve;
  if (destination === PORT.mpls) return HEADER.mplsInUdp;
  if (destination === PORT.tzsp) return HEADER.tzsp;
  if (destination === PORT.l2tp || source === PORT.l2tp) return HEADER.l2tp;
  if (destination === PORT.gtp || source === PORT.gtp) return HEADER.gtp;
  if (destination === PORT.ayiya || source === PORT.ayiya) return HEADER.ayiya;
  if (destination === PORT.teredo || source === PORT.teredo) return HEADER.teredo;
  if (destination === PORT.capwapData || source === PORT.capwapData) return HEADER.capwap;
  return HEADER.end;
}

/** An upper layer that is not read: where it begins and how long it is. */
export function decodePayload(frame: Frame, at: number): Header {
  const { ip } = frame;
  frame.transport = at < frame.limit ? at : -1;
  frame.payload = at;
  frame.payloadLength = Math.max(0, ip.totalLength - (at - ip.offset));
  return HEADER.end;
}

/**
 * A WireGuard message on any port: type 1 to 4, three zero octets, and for 1 to 3 the length that type has.
 * Data: at least 32 octets and a counter below 2^32.
 * A cookie reply looks like a DNS query, so it is believed above the system ports only.
 */
function looksLikeWireGuard(bytes: Uint8Array, at: number, end: number, octets: number, port: number): boolean {
  if (at + WIREGUARD_DATA_HEADER > end) return false;
  const reserved = at + WIREGUARD_FIELD.reserved;
  if (bytes[reserved] !== 0 || bytes[reserved + 1] !== 0 || bytes[reserved + 2] !== 0) return false;
  const high = at + WIREGUARD_FIELD.counterHigh;
  switch (bytes[at + WIREGUARD_FIELD.type]) {
    case WIREGUARD_TYPE.data:
      return u16(bytes, high) === 0 && u16(bytes, high + 2) === 0;
    case WIREGUARD_TYPE.initiation:
      return octets === WIREGUARD_LENGTH.initiation;
    case WIREGUARD_TYPE.response:
      return octets === WIREGUARD_LENGTH.response;
    case WIREGUARD_TYPE.cookie:
      return octets === WIREGUARD_LENGTH.cookie && port >= SYSTEM_PORTS;
    default:
      return false;
  }
}
