import { ETHER_TYPE, ETHERNET_FIELD, ETHERNET_HEADER, TAG, TAG_FIELD } from '../packet/ethernet.js';
import { GRE_FIELD } from '../packet/gre.js';
import { NULL_HEADER } from '../packet/host-links.js';
import { FRAGMENT_OFFSET, IPV4_FIELD, IPV4_HEADER, MF } from '../packet/ipv4.js';
import { IPV6_FIELD, IPV6_HEADER } from '../packet/ipv6.js';
import { COOKED_FIELD, COOKED_HEADER, COOKED2_FIELD, COOKED2_HEADER } from '../packet/linux-cooked.js';
import { u16 } from '../packet/octets.js';
import { PORT } from '../packet/ports.js';
import { PPP_PROTOCOL, PPPOE_HEADER } from '../packet/ppp.js';
import { UDP_FIELD, UDP_HEADER } from '../packet/udp.js';
import { VXLAN_HEADER } from '../packet/vxlan.js';
import type { Frame } from './frame.js';
import { GRE, IN_IPV6, IPIP, PPPOE, SIT, VXLAN } from './header-bits.js';
import type { IpView } from './ip-view.js';
import { LinkType } from './link-type.js';

/** Sixteen bits of a frame that must be, or (`not`) must not be, a value under a mask. */
export interface Check {
  /** Octets from the start of the frame. */
  readonly at: number;
  readonly mask: number;
  readonly value: number;
  readonly not?: true;
}

/**
 * What a frame has in front of its innermost IP header: another frame whose octets pass the checks is decoded the same
 * way up to there. Nothing else of those octets decides what they are.
 */
export interface HeaderShape {
  /** Octets from the start of the frame to the innermost IP header, and its family. */
  readonly ipAt: number;
  readonly family: 4 | 6;
  /** The same of the outermost, where there is a tunnel. */
  readonly outer: { readonly at: number; readonly family: 4 | 6 } | undefined;
  readonly checks: readonly Check[];
  /** Bits of header-bits.ts that each such frame has. */
  readonly layers: number;
}

const exactly = (bytes: Uint8Array, start: number, at: number, mask = 0xffff): Check => ({
  at,
  mask,
  value: u16(bytes, start + at) & mask,
});
const LOW = 0x00ff;
const HIGH = 0xff00;
/** The version, and all that makes a header of four half octets. */
const VERSION = 0xf000;

/** The shape of a decoded frame; undefined where it has headers that are not foretold. */
export function shapeOf(frame: Frame): HeaderShape | undefined {
  const { bytes, start, ip, outer, layers } = frame;
  const checks: Check[] = [];
  const see = (at: number, mask?: number): number => {
    const check = exactly(bytes, start, at, mask);
    checks.push(check);
    return check.value;
  };
  if (!isPlain(ip) || !isPlain(outer)) return undefined;
  const outerAt = passLink(frame, see);
  if (outerAt < 0 || outerAt !== outer.offset - start) return undefined;
  const tunnelled = ip !== outer;
  const ipAt = tunnelled ? passTunnel(frame, outerAt, see, checks) : outerAt;
  if (ipAt < 0 || ipAt !== ip.offset - start) return undefined;
  const family = ip.family === 6 ? 6 : 4;
  return {
    ipAt,
    family,
    outer: tunnelled ? { at: outerAt, family: outer.family === 6 ? 6 : 4 } : undefined,
    checks,
    layers: layers & (PPPOE | GRE | VXLAN),
  };
}

/** No options, no extension headers, whole. */
const isPlain = ({ family, headerLength, fragment }: IpView): boolean =>
  !fragment && headerLength === (family === 6 ? IPV6_HEADER : IPV4_HEADER);

type See = (at: number, mask?: number) => number;

/** Octets of the link's headers; -1 where they are not foretold. */
function passLink({ linkType }: Frame, see: See): number {
  switch (linkType) {
    case LinkType.ethernet:
      return passEthernet(see);
    case LinkType.linuxCooked:
      return isIp(see(COOKED_FIELD.protocol)) ? COOKED_HEADER : -1;
    case LinkType.linuxCooked2:
      return isIp(see(COOKED2_FIELD.protocol)) ? COOKED2_HEADER : -1;
    case LinkType.null:
    case LinkType.loop:
      see(0);
      see(2);
      return NULL_HEADER;
    case LinkType.raw:
    case LinkType.ipv4:
    case LinkType.ipv6:
      // The version tells, and that is looked at wherever an IP header begins.
      return 0;
    default:
      return -1;
  }
}

const isIp = (type: number): boolean => type === ETHER_TYPE.ipv4 || type === ETHER_TYPE.ipv6;

/** Tags and PPPoE too. */
function passEthernet(see: See): number {
  let type = see(ETHERNET_FIELD.etherType);
  let at = ETHERNET_HEADER;
  while (type === ETHER_TYPE.vlan || type === ETHER_TYPE.serviceVlan || type === ETHER_TYPE.oldVlan) {
    if (at > ETHERNET_HEADER + TAG) return -1;
    type = see(at + TAG_FIELD.etherType);
    at += TAG;
  }
  if (isIp(type)) return at;
  if (type !== ETHER_TYPE.pppoeSession) return -1;
  // The protocol in two octets, without address and control: as PPPoE has it (RFC 2516 7).
  const protocol = see(at + PPPOE_HEADER);
  return protocol === PPP_PROTOCOL.ipv4 || protocol === PPP_PROTOCOL.ipv6 ? at + PPPOE_HEADER + 2 : -1;
}

/** Octets up to the IP packet inside a tunnel; -1 where its headers are not foretold. */
function passTunnel(frame: Frame, at: number, see: See, checks: Check[]): number {
  const { outer, path, tunnels } = frame;
  if (tunnels !== 1) return -1;
  if (outer.family === 4) {
    see(at + IPV4_FIELD.versionIhl, HIGH);
    see(at + IPV4_FIELD.flagsOffset, MF | FRAGMENT_OFFSET);
    see(at + IPV4_FIELD.ttl, LOW);
  } else {
    see(at + IPV6_FIELD.versionClassFlow, VERSION);
    see(at + IPV6_FIELD.nextHeader, HIGH);
  }
  const next = at + outer.headerLength;
  switch (path[0]) {
    case IPIP:
    case SIT:
    case IN_IPV6:
      return next;
    case GRE:
      see(next + GRE_FIELD.flags);
      return isIp(see(next + GRE_FIELD.protocol)) ? frame.ip.offset - frame.start : -1;
    case VXLAN: {
      see(next + UDP_FIELD.destinationPort);
      // These are looked at first, on either side.
      for (const port of [PORT.natt, PORT.ike]) {
        checks.push({ at: next + UDP_FIELD.sourcePort, mask: 0xffff, value: port, not: true });
      }
      const inner = next + UDP_HEADER + VXLAN_HEADER;
      return isIp(see(inner + ETHERNET_FIELD.etherType)) ? inner + ETHERNET_HEADER : -1;
    }
    default:
      return -1;
  }
}
