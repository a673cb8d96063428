import { u16, u32 } from '../packet/octets.js';
import { decodePorts } from './decode-tcp.js';
import { decodeAyiya, decodeGeneve, decodeGtp, decodeL2tp, decodeTzsp, decodeVxlan } from './decode-tunnel.js';
import { decodeEsp } from './decode-upper.js';
import type { Frame } from './frame.js';
import { IKE, KEEPALIVE, NATT, WIREGUARD } from './header-bits.js';
import type { IpView } from './ip-view.js';
import { cut } from './stop.js';

const UDP_HEADER = 8;
const IKE_HEADER = 28;

/** UDP, RFC 768, and the tunnels known by their port. */
export function decodeUdp(frame: Frame, view: IpView, at: number): void {
  const { bytes, limit: end } = frame;
  if (at + UDP_HEADER > end) {
    decodePorts(frame, at);
    cut(frame, at);
    return;
  }
  const source = u16(bytes, at);
  const destination = u16(bytes, at + 2);
  const said = u16(bytes, at + 4);
  const room = Math.min(view.offset + view.totalLength, frame.start + frame.originalLength) - at;
  // 0: a jumbogram or a super-packet. In a first fragment the UDP length is that of the whole datagram.
  const length = said === 0 || said > room ? room : said;
  const payload = at + UDP_HEADER;
  const octets = length > UDP_HEADER ? length - UDP_HEADER : 0;
  frame.transport = at;
  frame.sourcePort = source;
  frame.destinationPort = destination;
  frame.payload = payload;
  frame.payloadLength = octets;
  if (destination === 4500 || source === 4500) decodeUdp4500(frame, payload, octets);
  else if (destination === 500 || source === 500)
    decodeIke(frame, payload, octets, destination === 500 ? source : destination);
  else if (destination === 4789 || destination === 8472) decodeVxlan(frame, payload);
  else if (destination === 6081) decodeGeneve(frame, payload);
  else if (destination === 1701 || source === 1701) decodeL2tp(frame, payload);
  else if (destination === 37008) decodeTzsp(frame, payload);
  else if (destination === 2152 || source === 2152) decodeGtp(frame, payload);
  else if (destination === 5072 || source === 5072) decodeAyiya(frame, payload);
  else if (octets >= 32 && looksLikeWireGuard(bytes, payload, end, octets, Math.min(source, destination)))
    frame.layers |= WIREGUARD;
}

/** UDP 4500, RFC 3948 2: four zero octets are IKE, a lone 0xff is a keepalive, all else is ESP. */
function decodeUdp4500(frame: Frame, at: number, octets: number): void {
  const { bytes, limit: end } = frame;
  if (octets === 1 && at < end && bytes[at] === 0xff) {
    frame.layers |= KEEPALIVE;
    return;
  }
  if (octets < 4) return;
  if (at + 4 > end) {
    // Less than the marker was captured: one octet that is not zero settles it.
    for (let octet = at; octet < end; octet++) {
      if (bytes[octet] === 0) continue;
      frame.layers |= NATT;
      frame.espLength = octets;
      break;
    }
    cut(frame, at);
    return;
  }
  if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 0 && bytes[at + 3] === 0) frame.layers |= IKE;
  else {
    frame.layers |= NATT;
    decodeEsp(frame, at, octets);
    frame.transport = at - UDP_HEADER;
  }
}

/**
 * UDP 500 with an IKE header, RFC 7296 3.1: 28 octets, major version 1 or 2, a length that covers the header.
 * A lower port at the other end names another protocol.
 */
function decodeIke(frame: Frame, at: number, octets: number, other: number): void {
  const { bytes, limit: end } = frame;
  if (octets < IKE_HEADER || (other > 0 && other < 500)) return;
  const major = at + 18 <= end ? (bytes[at + 17] as number) >> 4 : 2;
  if (major !== 1 && major !== 2) return;
  if (at + IKE_HEADER > end || u32(bytes, at + 24) >= IKE_HEADER) frame.layers |= IKE;
}

/**
 * A WireGuard message on any port: type 1 to 4, three zero octets, and for 1 to 3 the length that type has
 * (WireGuard whitepaper 5.4): 148, 92, 64. Data: at least 32 octets and a counter below 2^32.
 * A cookie reply looks like a DNS query, so it is believed above the system ports only.
 */
function looksLikeWireGuard(bytes: Uint8Array, at: number, end: number, octets: number, port: number): boolean {
  if (at + 16 > end) return false;
  if (bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || bytes[at + 3] !== 0) return false;
  const type = bytes[at] as number;
  if (type === 4) return bytes[at + 12] === 0 && bytes[at + 13] === 0 && bytes[at + 14] === 0 && bytes[at + 15] === 0;
  return (
    (type === 1 && octets === 148) || (type === 2 && octets === 92) || (type === 3 && octets === 64 && port >= 1024)
  );
}
