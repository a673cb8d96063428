import { IP_HEADER } from '../../../packet/ip-header.js';
import { PROTOCOL_NUMBER } from '../../../packet/ipv4.js';
import { IPV6_HEADER } from '../../../packet/ipv6.js';
import { blankPacket, type PrintedPacket } from '../printed.js';
import { canBeEnd, endOf, familyOfHost } from './ends.js';
import { icmpOf } from './icmp-words.js';
import { newTcp, oldTcp } from './tcp-words.js';
import { udpOf } from './udp-words.js';

const IPIP = 4;
const SIX_IN_FOUR = 41;
/** Tunnels in clear printed inside one another. */
const DEEPEST = 3;
/** Protocols that tcpdump knows by name: by number it prints later pieces of their datagrams only. */
const PIECED = new Set([1, 6, 17, 50, 58]);
/** A UDP datagram above this may be a first fragment: without -v its own length is not printed. */
const LARGEST_UDP = 1472;

/**
 * `[IP|IP6] [(tos 0x0, ttl 64, …, length 60)] A > B: what`, as tcpdump prints an IP packet and those that copy it do.
 * Null where the text is something else.
 */
export function ipOf(text: string, line: number, depth = 0): PrintedPacket | null {
  const packet = blankPacket(line);
  let rest = text;
  const keyword = /^(IP6?)\b[ ,]+/.exec(rest);
  if (keyword) {
    packet.family = keyword[1] === 'IP6' ? 6 : 4;
    rest = rest.slice(keyword[0].length);
  }
  rest = rest.replace(/^(?:IP6? )?truncated-ip6? - \d+ bytes missing! ?/, '');
  const verbose = readVerbose(rest, packet);
  if (verbose) rest = verbose;
  rest = rest.replace(/^truncated-ip6? - \d+ bytes missing! ?/, '');
  const ends = /^(\S{1,130}) > (\S{1,130}?):?(?:$| (.*))/.exec(rest);
  if (!ends || !canBeEnd(ends[1] as string) || !canBeEnd(ends[2] as string)) return null;
  const what = (ends[3] ?? '').trimStart();
  if (!keyword && !verbose && what === '') return null;
  return whatOf(packet, ends[1] as string, ends[2] as string, what, depth);
}

/** The bracket of -v; what stands behind it. */
function readVerbose(text: string, packet: PrintedPacket): string | null {
  const six =
    /^\(((?:class \S+, )?(?:flowlabel \S+, )?hlim (\d{1,3}), next-header [^()]{1,40}\((\d{1,3})\),? payload length: (\d{1,6}))\) ?/.exec(
      text,
    );
  if (six) {
    packet.family = 6;
    packet.ttl = Number(six[2]);
    packet.protocol = Number(six[3]);
    packet.ipLength = Number(six[4]) + IPV6_HEADER;
    packet.df = true;
    return text.slice(six[0].length);
  }
  if (!/^\(tos /.test(text)) return null;
  const length = /, length:? (\d{1,6})/.exec(text.slice(0, 200));
  if (!length) return null;
  const inside = text.slice(0, length.index);
  const flags = /flags \[([^\]]{0,12})\]/.exec(inside)?.[1] ?? '';
  packet.family = 4;
  packet.ttl = Number(/ttl (\d{1,3})/.exec(inside)?.[1] ?? 64);
  packet.id = Number(/\bid (\d{1,5})/.exec(inside)?.[1] ?? 0);
  packet.fragmentOffset = Number(/\boffset (\d{1,5})/.exec(inside)?.[1] ?? 0);
  packet.df = flags.includes('DF');
  packet.mf = flags.includes('+');
  const protocol = /proto:? (?:[A-Za-z0-9-]{1,20} )?\(?(\d{1,3})\)?/.exec(inside)?.[1];
  packet.protocol = protocol === undefined ? null : Number(protocol);
  packet.ipLength = Number(length[1]);
  // Options of the IP header stand in brackets of their own.
  const behind = text.slice(length.index + length[0].length);
  const close =
    /^(?:, options \([^)]{0,120}\))?(?:, bad cksum (?:[0-9a-f]{1,4} \(->[0-9a-f]{1,4}\)!?|[^)]{0,60}))?\) ?/.exec(
      behind,
    ) ?? /^[^)]{0,80}\) ?/.exec(behind);
  return close ? behind.slice(close[0].length) : behind;
}

function whatOf(packet: PrintedPacket, from: string, to: string, words: string, depth: number): PrintedPacket | null {
  const what = words.replace(/^(?:\[(?:tcp|udp|icmp6?|no cksum|bad)[^\]]{0,40}\] ?)+/i, '');
  const tcp = newTcp(what) ?? oldTcp(what);
  const short = /^tcp (\d{1,6})\b/i.exec(what);
  const old = /\(frag (\d{1,5}):(\d{1,5})@(\d{1,5})(\+?)\)/.exec(what.slice(0, 400));
  const hasPorts =
    tcp !== null || short !== null || packet.protocol === 6 || (packet.protocol === 17 && packet.fragmentOffset === 0);
  const icmp = !hasPorts && /^(?:\S{1,20} )?(?:ICMP6?|icmp6?)\b/.test(what);
  const bare =
    icmp || /^(?:ESP\(|AH\(|GREv?\d?|IP6? |ip-proto-|frag |igmp|IGMP|PIM|OSPF|VRRP|EIGRP|CARP|L2TP|\(frag)/.test(what);
  const a = endOf(from, hasPorts || !bare);
  const b = endOf(to, hasPorts || !bare);
  packet.source = a.host;
  packet.destination = b.host;
  packet.sourcePort = a.port;
  packet.destinationPort = b.port;
  if (packet.family === 0) packet.family = familyOfHost(a.host) ?? familyOfHost(b.host) ?? 4;
  if (packet.family === 6) packet.df = true;
  readTail(packet, what);
  if (old) {
    packet.id = Number(old[1]);
    packet.inside = Number(old[2]);
    packet.fragmentOffset = Number(old[3]);
    packet.mf = old[4] === '+';
    packet.df = false;
  }
  if (tcp) return { ...packet, protocol: PROTOCOL_NUMBER.tcp, tcp };
  if (short) return { ...packet, protocol: PROTOCOL_NUMBER.tcp, inside: packet.inside ?? 20 + Number(short[1]) };
  if (icmp) return withIcmp(packet, what, packet.family);
  const esp = /^ESP\(spi=0x([0-9a-f]{1,8}),seq=0x([0-9a-f]{1,8})\)(?:, length (\d{1,6}))?/.exec(what);
  if (esp) {
    const octets = esp[3] === undefined ? null : Number(esp[3]);
    packet.esp = {
      spi: Number.parseInt(esp[1] as string, 16),
      sequence: Number.parseInt(esp[2] as string, 16),
      octets,
      udp: false,
    };
    return { ...packet, protocol: PROTOCOL_NUMBER.esp };
  }
  const tunnel = depth < DEEPEST ? /^(?:GREv?\d?\b[^:]{0,120}?length (\d{1,6}):? )?(IP6? .*)$/.exec(what) : null;
  if (tunnel) {
    const gre = what.startsWith('GRE');
    const inner = ipOf(tunnel[2] as string, packet.line, depth + 1);
    const protocol = gre ? PROTOCOL_NUMBER.gre : inner?.family === 6 ? SIX_IN_FOUR : IPIP;
    const own = inner ? insideOf(inner) : null;
    return { ...packet, protocol, inner, inside: gre && tunnel[1] ? Number(tunnel[1]) : (packet.inside ?? own) };
  }
  const six = /^frag \((\d{1,5})\|(\d{1,5})\) ?/.exec(what);
  if (six)
    return {
      ...packet,
      fragmentOffset: Number(six[1]),
      mf: true,
      inside: 8 + Number(six[2]),
      protocol: packet.protocol === 44 ? 17 : packet.protocol,
    };
  const number = /^ip-proto-(\d{1,3})(?: (\d{1,5}))?/.exec(what);
  if (number)
    return {
      ...packet,
      piece: packet.fragmentOffset === 0 && PIECED.has(Number(number[1])),
      protocol: packet.protocol ?? Number(number[1]),
      inside: number[2] ? Number(number[2]) : packet.inside,
    };
  if (bare || a.port === null || b.port === null) return packet.protocol !== null || bare ? packet : null;
  return { ...packet, ...withoutDoubt(packet, udpOf(what)), protocol: packet.protocol ?? PROTOCOL_NUMBER.udp };
}

/** A large datagram without -v may be the first piece of one: how long the packet is, is not printed then. */
function withoutDoubt(packet: PrintedPacket, udp: Partial<PrintedPacket>): Partial<PrintedPacket> {
  return packet.ipLength === null && (udp.udp ?? 0) > LARGEST_UDP ? { ...udp, udp: null } : udp;
}

const insideOf = (inner: PrintedPacket): number | null => {
  if (inner.ipLength !== null) return inner.ipLength;
  const header = IP_HEADER[inner.family === 6 ? 6 : 4];
  if (inner.tcp) return header + 20 + (inner.tcp.optionOctets ?? 0) + inner.tcp.payload;
  return inner.udp === null ? null : header + 8 + inner.udp;
};

/** Before tcpdump 3.9 DF, TTL and identification stood at the end. */
function readTail(packet: PrintedPacket, what: string): void {
  if (packet.ipLength !== null) return;
  const tail = what.slice(0, 600);
  if (/\(DF\)/.test(tail)) packet.df = true;
  const more = /\((?:tos \S{1,8}, ?)?ttl +(\d{1,3}), id (\d{1,5})(?:, len (\d{1,5}))?/.exec(tail);
  if (!more) return;
  packet.ttl = Number(more[1]);
  packet.id = Number(more[2]);
  if (more[3]) packet.ipLength = Number(more[3]);
}

function withIcmp(packet: PrintedPacket, what: string, family: 4 | 6): PrintedPacket {
  const words = what.replace(/^(?:\S{1,20} )?(?:ICMP6?|icmp6?)[,:]? ?/, '');
  const icmp = icmpOf(words, family, (text) => ipOf(text, packet.line, DEEPEST));
  const octets = /, length (\d{1,5})/.exec(words.slice(0, 300))?.[1];
  const protocol = family === 4 ? PROTOCOL_NUMBER.icmp : PROTOCOL_NUMBER.icmpv6;
  return { ...packet, protocol, icmp, inside: packet.inside ?? (octets ? Number(octets) : null) };
}
