import { decodeEnc, decodeIpnet, decodeJuniper, decodeNflog, decodePflog } from './decode-host-link.js';
import { decodeIcmp } from './decode-icmp.js';
import { decodeIp, decodeIpv4, decodeIpv6 } from './decode-ip.js';
import { decodeAh, decodeIke, decodeNativeEsp, decodeNatt } from './decode-ipsec.js';
import { decodeL2tp, decodeL2tpv3 } from './decode-l2tp.js';
import { decodeCooked, decodeCooked2, decodeEthernet, decodeNull } from './decode-link.js';
import { decodeCiscoHdlc, decodeMpls, decodePpp, decodePppoe } from './decode-ppp.js';
import { decodeLlc, decodeMacsec, decodeNsh, decodeServiceInstance, decodeTags } from './decode-tag.js';
import { decodeTcp } from './decode-tcp.js';
import { decodeErspan3, decodeEtherIp, decodeGre, decodeInIp, decodeMplsTunnel, decodeWccp } from './decode-tunnel.js';
import { decodePayload, decodeUdp } from './decode-udp.js';
import {
  decodeAyiya,
  decodeCapwap,
  decodeGeneve,
  decodeGtp,
  decodeTeredo,
  decodeTzsp,
  decodeVxlan,
} from './decode-udp-tunnel.js';
import { decodeArcnet, decodeFrameRelay } from './decode-wide-area.js';
import { decodeRadiotap, decodeWifi } from './decode-wifi.js';
import { decodePktap, decodePpi } from './decode-wrapped-link.js';
import type { Frame } from './frame.js';
import { HEADER, type Header } from './header.js';
import { enterLink } from './link-type.js';
import { deep, unknown, unreadLink } from './stop.js';

/** Headers read in one frame; a real one has a dozen. */
const MOST_HEADERS = 96;

/**
 * Fills the frame from its octets: `bytes`, `start`, `end`, `linkType` and the record's fields are set before.
 *
 * Anything may lie inside anything, so the decoders would call each other in a circle, as deep as a hostile frame
 * likes. They do not: each reads one header and answers which begins behind it, and this loop alone goes from one to
 * the next.
 */
export function decodeFrame(frame: Frame): void {
  frame.reset();
  frame.limit = frame.end;
  frame.wire = frame.start + frame.originalLength;
  let header = enterLink(frame, frame.linkType, frame.start);
  // What most frames are comes first.
  if (header === HEADER.ethernet) header = decodeEthernet(frame, frame.next);
  if (header === HEADER.ipv4) header = decodeIpv4(frame, frame.next);
  if (header === HEADER.tcp) header = decodeTcp(frame, frame.next);
  for (let left = MOST_HEADERS; header !== HEADER.end; left--) {
    header = left > 0 ? decodeHeader(frame, header, frame.next) : deep(frame, frame.next);
  }
}

/** Reads the header at `at`; answers what begins at `frame.next` behind it. */
export function decodeHeader(frame: Frame, header: Header, at: number): Header {
  switch (header) {
    case HEADER.ethernet:
      return decodeEthernet(frame, at);
    case HEADER.ipv4:
      return decodeIpv4(frame, at);
    case HEADER.ipv6:
      return decodeIpv6(frame, at);
    case HEADER.ip:
      return decodeIp(frame, at);
    case HEADER.tcp:
      return decodeTcp(frame, at);
    case HEADER.udp:
      return decodeUdp(frame, at);
    case HEADER.icmp:
      return decodeIcmp(frame, at);
    case HEADER.esp:
      return decodeNativeEsp(frame, at);
    case HEADER.ah:
      return decodeAh(frame, at);
    case HEADER.gre:
      return decodeGre(frame, at);
    case HEADER.payload:
      return decodePayload(frame, at);
    case HEADER.ipv4InIp:
    case HEADER.ipv6InIp:
      return decodeInIp(frame, at, header);
    case HEADER.etherIp:
      return decodeEtherIp(frame, at);
    case HEADER.l2tpv3:
      return decodeL2tpv3(frame, at);
    case HEADER.mplsInIp:
    case HEADER.mplsInUdp:
      return decodeMplsTunnel(frame, at);
    case HEADER.natt:
      return decodeNatt(frame, at);
    case HEADER.ike:
      return decodeIke(frame, at);
    case HEADER.vxlan:
    case HEADER.vxlanGpe:
      return decodeVxlan(frame, at, header);
    case HEADER.geneve:
      return decodeGeneve(frame, at);
    case HEADER.l2tp:
      return decodeL2tp(frame, at);
    case HEADER.tzsp:
      return decodeTzsp(frame, at);
    case HEADER.gtp:
      return decodeGtp(frame, at);
    case HEADER.ayiya:
      return decodeAyiya(frame, at);
    case HEADER.teredo:
      return decodeTeredo(frame, at);
    case HEADER.capwap:
      return decodeCapwap(frame, at);
    case HEADER.vlan:
    case HEADER.vnTag:
    case HEADER.ciscoMetadata:
      return decodeTags(frame, at, header);
    case HEADER.serviceInstance:
      return decodeServiceInstance(frame, at);
    case HEADER.macsec:
      return decodeMacsec(frame, at);
    case HEADER.nsh:
      return decodeNsh(frame, at);
    case HEADER.llc:
      return decodeLlc(frame, at);
    case HEADER.mpls:
      return decodeMpls(frame, at);
    case HEADER.pppoe:
      return decodePppoe(frame, at);
    case HEADER.ppp:
      return decodePpp(frame, at);
    case HEADER.ciscoHdlc:
      return decodeCiscoHdlc(frame, at);
    case HEADER.erspan3:
      return decodeErspan3(frame, at);
    case HEADER.wccp:
      return decodeWccp(frame, at);
    case HEADER.wifi:
      return decodeWifi(frame, at);
    case HEADER.radiotap:
      return decodeRadiotap(frame, at);
    case HEADER.cooked:
      return decodeCooked(frame, at);
    case HEADER.cooked2:
      return decodeCooked2(frame, at);
    case HEADER.null:
      return decodeNull(frame, at);
    case HEADER.frameRelay:
      return decodeFrameRelay(frame, at);
    case HEADER.arcnet:
      return decodeArcnet(frame, at);
    case HEADER.enc:
      return decodeEnc(frame, at);
    case HEADER.pflog:
      return decodePflog(frame, at);
    case HEADER.nflog:
      return decodeNflog(frame, at);
    case HEADER.ppi:
      return decodePpi(frame, at);
    case HEADER.pktap:
      return decodePktap(frame, at);
    case HEADER.ipnet:
      return decodeIpnet(frame, at);
    case HEADER.juniper:
      return decodeJuniper(frame, at);
    case HEADER.unreadLink:
      return unreadLink(frame, at);
    default:
      return unknown(frame, at);
  }
}
