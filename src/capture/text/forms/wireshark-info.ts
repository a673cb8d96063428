import { PROTOCOL_NUMBER } from '../../../packet/ipv4.js';
import { wordTable } from '../../../word-table.js';
import { blankTcp, type PrintedPacket, type PrintedTcp } from '../printed.js';

const letters: Readonly<Record<string, number>> = wordTable({
  FIN: 1,
  SYN: 2,
  RST: 4,
  PSH: 8,
  ACK: 16,
  URG: 32,
  ECE: 64,
  ECN: 64,
  CWR: 128,
});

const PORTS = /^(\S{1,60}?)(?:\((\d{1,5})\))? (?:→|->|>) (\S{1,60}?)(?:\((\d{1,5})\))? (.*)$/;

const numberOf = (text: string, name: string): number | null => {
  const found = new RegExp(`\\b${name}=(\\d{1,10})`).exec(text);
  return found ? Number(found[1]) : null;
};

/** The Info column: ports, flags and relative numbers of TCP; lengths of UDP; what an ICMP message is. */
export function infoOf(info: string, name: string, family: 4 | 6): Partial<PrintedPacket> {
  const words = info.slice(0, 600).replace(/^(?:\s*\[(?!SYN|ACK|PSH|FIN|RST|ECE|CWR|URG)[^\]]{1,80}\])+ ?/, '');
  const upper = name.toUpperCase();
  if (/^Fragmented IP protocol /.test(words) || / Reassembled in #/.test(words)) return { family: 0, piece: true };
  if (upper === 'ICMP') return { protocol: PROTOCOL_NUMBER.icmp, icmp: icmp4(words) };
  if (upper === 'ICMPV6') return { protocol: PROTOCOL_NUMBER.icmpv6, icmp: icmp6(words) };
  // Native and in UDP alike: how long the encrypted part is, cannot be told.
  if (upper === 'ESP') return { family: 0 };
  const ports = PORTS.exec(words);
  if (!ports) return { protocol: carriedBy(upper, family) };
  const ends = { sourcePort: ports[2] ?? (ports[1] as string), destinationPort: ports[4] ?? (ports[3] as string) };
  const rest = ports[5] as string;
  const flags = /^\[([A-Z, ]{1,60})\]/.exec(rest);
  if (flags || / Seq=\d/.test(rest))
    return { ...ends, protocol: PROTOCOL_NUMBER.tcp, tcp: tcpOf(rest, flags?.[1] ?? '') };
  const length = numberOf(rest, 'Len');
  if (length !== null) return { ...ends, protocol: PROTOCOL_NUMBER.udp, udp: length };
  return { protocol: carriedBy(upper, family) };
}

function tcpOf(text: string, flags: string): PrintedTcp | null {
  const seq = numberOf(text, 'Seq');
  const payload = numberOf(text, 'Len');
  if (seq === null || payload === null) return null;
  const bits = flags.split(/[, ]+/).reduce((sum, word) => sum | (letters[word] ?? 0), 0);
  const value = numberOf(text, 'TSval');
  const left = [...text.matchAll(/\bSLE=(\d{1,10}) SRE=(\d{1,10})/g)].slice(0, 4);
  const scale = numberOf(text, 'WS');
  const mss = numberOf(text, 'MSS');
  return {
    ...blankTcp,
    flags: bits,
    seq,
    ack: bits & 16 ? numberOf(text, 'Ack') : null,
    window: Math.min(65_535, numberOf(text, 'Win') ?? 0),
    payload,
    mss,
    windowScale: scale === null ? null : Math.round(Math.log2(Math.max(1, scale))),
    timestamps: value === null ? null : [value, numberOf(text, 'TSecr') ?? 0],
    sackPermitted: /\bSACK_PERM\b/.test(text),
    sack: left.map(([, from, to]) => [Number(from), Number(to)] as const),
  };
}

/** The MTU of a PTB stands in the details only. */
function icmp4(text: string): PrintedPacket['icmp'] {
  const plain = { mtu: null, quote: null, echo: null };
  if (/^Echo \(ping\)/.test(text)) {
    const id = /id=0x([0-9a-f]{1,4})/.exec(text);
    const seq = /seq=(\d{1,5})/.exec(text);
    return {
      ...plain,
      type: /request/.test(text) ? 8 : 0,
      code: 0,
      echo: [Number.parseInt(id?.[1] ?? '0', 16), Number(seq?.[1] ?? 0)],
    };
  }
  if (/^Destination unreachable/i.test(text))
    return { ...plain, type: 3, code: /Fragmentation needed/i.test(text) ? 4 : 1 };
  if (/^Time-to-live exceeded/i.test(text)) return { ...plain, type: 11, code: 0 };
  return /^Redirect/i.test(text) ? { ...plain, type: 5, code: 0 } : null;
}

function icmp6(text: string): PrintedPacket['icmp'] {
  const plain = { code: 0, mtu: null, quote: null, echo: null };
  if (/^Packet Too Big/i.test(text)) return { ...plain, type: 2 };
  if (/^Echo \(ping\)/.test(text)) return { ...plain, type: /request/.test(text) ? 128 : 129 };
  return /^Destination Unreachable/i.test(text) ? { ...plain, type: 1 } : { ...plain, type: 255 };
}

/** What a protocol by that name usually rides on; null where it can be either. */
const overTcp =
  /^(?:TCP|HTTP(?:\/JSON|\/XML)?|HTTP2|TLS.*|SSL.*|SSH.*|SMB2?|RDP|TPKT|COTP|FTP(?:-DATA)?|SMTP|IMAP|POP|BGP|LDAP|MYSQL|PGSQL|TDS|TELNET|NBSS|RTSP|WEBSOCKET|X11)$/;
const overUdp =
  /^(?:UDP|DNS|MDNS|LLMNR|NBNS|DHCP(?:V6)?|NTP|SNMP|SSDP|QUIC|GQUIC|ISAKMP|UDPENCAP|WIREGUARD|RTP|RTCP|STUN|SYSLOG|TFTP|RADIUS|BROWSER)$/;

function carriedBy(name: string, _family: 4 | 6): number | null {
  if (overTcp.test(name)) return PROTOCOL_NUMBER.tcp;
  return overUdp.test(name) ? PROTOCOL_NUMBER.udp : null;
}
