import { u32 } from '../packet/octets.js';
import { decodeIcmp } from './decode-icmp.js';
import { decodeAh, decodeIpv4, decodeIpv6, enterTunnel } from './decode-ip.js';
import { decodeTcp } from './decode-tcp.js';
import { decodeGre } from './decode-tunnel.js';
import { decodeUdp } from './decode-udp.js';
import type { Frame } from './frame.js';
import { ESP, IN_IPV6, IPIP, SIT } from './header-bits.js';
import type { IpView } from './ip-view.js';
import { cut, malformed } from './stop.js';

/** What the IP protocol number announces (IANA). */
export function decodeUpper(frame: Frame, view: IpView, protocol: number, at: number): void {
  switch (protocol) {
    case 6:
      decodeTcp(frame, view, at);
      return;
    case 17:
      decodeUdp(frame, view, at);
      return;
    case 1:
    case 58:
      decodeIcmp(frame, view, at);
      return;
    case 50:
      frame.layers |= ESP;
      decodeEsp(frame, at, view.totalLength - (at - view.offset));
      return;
    case 51:
      decodeAh(frame, view, at);
      return;
    case 47:
      decodeGre(frame, at);
      return;
    case 4:
      if (enterTunnel(frame, view.family === 6 ? IN_IPV6 : IPIP, at)) decodeIpv4(frame, at);
      return;
    case 41:
      if (enterTunnel(frame, view.family === 6 ? IN_IPV6 : SIT, at)) decodeIpv6(frame, at);
      return;
    default:
      frame.transport = at < frame.limit ? at : -1;
      frame.payload = at;
      frame.payloadLength = Math.max(0, view.totalLength - (at - view.offset));
  }
}

/** ESP, RFC 4303 2: SPI and sequence number are all that is readable. */
export function decodeEsp(frame: Frame, at: number, length: number): void {
  frame.espLength = length;
  if (length < 8) {
    malformed(frame, at);
    return;
  }
  if (at + 8 > frame.limit) {
    if (at < frame.limit) frame.transport = at;
    cut(frame, at);
    return;
  }
  frame.transport = at;
  const bytes = frame.bytes;
  frame.espSpi = u32(bytes, at);
  frame.espSequence = u32(bytes, at + 4);
}
