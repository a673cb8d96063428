import type { Started, TextForm } from '../form.js';
import { blankPacket, type PrintedPacket } from '../printed.js';
import { secondsOf } from '../stamp.js';
import { ipOf } from './ip-words.js';
import { linkOf } from './link-words.js';

const TIME = /(?:\d{4}-\d\d-\d\d[ T])?(?<![\d:])\d\d?:\d\d:\d\d[.,]\d{1,9}|(?<!\d)\d{10}\.\d{3,9}/g;
/** A log's own prefix stands in front of the packet's time. */
const PREFIX = 160;

/** What may follow the time: devices, then a protocol's name or two ends. */
const HEAD =
  /^(?:\S{1,40} +)?(?:(?:In|Out|B|M|P|\?) +)?(?:ifindex \d|ip: |IP6?[ ,]|(?:[0-9a-f]{2}[:-]){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.|802\.1Q |ethertype |PPPoE |truncated-ip|\S{1,130} > \S{1,130}: )/i;
const OTHER =
  /^(?:\S{1,40} +)?(?:(?:In|Out|B|M|P|\?) +)?(?:ARP|arp|LLDP|STP|CDP|EAPOL|RARP|LACP|IS-IS|MPLS|Loopback|Unknown)\b/;
/** Without -t…: the line begins with the protocol. */
const BARE = /^IP6? (?:\(|truncated-ip|\S{1,130} > \S{1,130}:)/;

/** tcpdump 3 and 4 in all their options, and what prints like it: ASA `show capture`, Junos `monitor traffic`. */
export const tcpdump: TextForm = {
  id: 'tcpdump',
  title: 'tcpdump lines',
  manual: 'tcpdump(1), OUTPUT FORMAT',
  start(line) {
    if (BARE.test(line)) return { time: null, device: null, way: null, ordinal: null, body: line };
    if (!/[:.]\d/.test(line.slice(0, PREFIX))) return null;
    for (const found of line.slice(0, PREFIX).matchAll(TIME)) {
      const rest = line.slice(found.index + found[0].length).trimStart();
      if (!HEAD.test(rest) && !OTHER.test(rest)) continue;
      const ordinal = /^\s*(\d{1,8}): *$/.exec(line.slice(0, found.index));
      return { ...deviceOf(rest), time: secondsOf(found[0]), ordinal: ordinal ? Number(ordinal[1]) : null };
    }
    return null;
  },
  read: (_, lines, line) => packetOf(lines.join(' '), line),
};

/** `lan0  In  IP …`, `Out IP …`, `?     In  IP …`. */
function deviceOf(text: string): Pick<Started, 'device' | 'way' | 'body'> {
  const found = /^(?:(\S{1,40}) +)?(In|Out|B|M|P|\?) +(?=\S)/.exec(text);
  if (!found) return { device: null, way: null, body: text };
  const index = /^ifindex (\d{1,6}) /.exec(text.slice(found[0].length));
  const named = found[1] === undefined || found[1] === '?' ? null : found[1];
  const device = named ?? (index ? `ifindex ${index[1]}` : null);
  return {
    device,
    way: found[2] === 'Out' ? 'out' : found[2] === 'In' ? 'in' : null,
    body: text.slice(found[0].length + (index?.[0].length ?? 0)),
  };
}

/** A packet from its whole text, its lines joined. */
export function packetOf(text: string, line: number): PrintedPacket | null {
  if (OTHER.test(text)) return blankPacket(line);
  const link = linkOf(text);
  if (link.family === 0) return blankPacket(line);
  const packet = ipOf(link.rest, line);
  if (!packet) return link.octets === null ? null : blankPacket(line);
  if (link.family !== null && packet.family !== link.family) packet.family = link.family;
  // A frame of 60 octets may be padded; a longer one holds the packet and nothing else.
  if (packet.ipLength === null && link.octets !== null && link.octets > 60 && !packet.tcp)
    packet.ipLength = link.octets - link.header;
  return packet;
}
