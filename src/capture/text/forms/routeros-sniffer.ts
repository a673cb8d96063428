import { IP_HEADER } from '../../../packet/ip-header.js';
import { UDP_HEADER } from '../../../packet/udp.js';
import { wordTable } from '../../../word-table.js';
import type { TextForm } from '../form.js';
import { blankPacket } from '../printed.js';
import { endOf, familyOfHost } from './ends.js';

const MAC = '(?:[0-9A-F]{2}:){5}[0-9A-F]{2}';
const ROW = new RegExp(
  String.raw`^\s*(\S{1,40})\s+(\d{1,8}(?:\.\d{1,6})?)\s+(\d{1,8})\s+(<-|->)\s+(?:(${MAC})\s+${MAC}\s+)?(.*)$`,
  'i',
);
const ENDS =
  /^(?:(\d{1,4})\s+)?(\S+)(?: \([\w .-]{1,30}\))?\s+(\S+)(?: \([\w .-]{1,30}\))?\s+(ip(?:v6)?:[\w-]{1,20}|[a-z][\w-]{1,20})\s+(\d{1,5})\b/i;

const protocols: Readonly<Record<string, number>> = wordTable({
  icmp: 1,
  tcp: 6,
  udp: 17,
  gre: 47,
  'ipsec-esp': 50,
  esp: 50,
  'ipsec-ah': 51,
  icmpv6: 58,
  'ipv6-icmp': 58,
});
const ETHERNET = 14;
const TAG = 4;
/** Shorter frames are padded on the wire. */
const SHORTEST = 60;

/** RouterOS `/tool sniffer quick`: a row for each frame with its size, and neither flags nor numbers. */
export const routerosSniffer: TextForm = {
  id: 'routeros-sniffer',
  title: 'RouterOS sniffer rows',
  manual: 'RouterOS manual, Packet Sniffer',
  start(line) {
    const found = ROW.exec(line);
    if (!found) return null;
    const [, device, time, number, arrow, mac, rest] = found as unknown as [
      string,
      string,
      string,
      string,
      string,
      string | undefined,
      string,
    ];
    if (!ENDS.test(rest)) return null;
    const way = arrow === '<-' ? 'in' : 'out';
    return { time: Number(time), device, way, ordinal: Number(number), body: `${mac ? 'frame' : 'packet'} ${rest}` };
  },
  read({ body }, _, line) {
    const [kind = '', ...words] = body.split(' ');
    const found = ENDS.exec(words.join(' '));
    if (!found) return null;
    const [, vlan, from, to, name, size] = found as unknown as [
      string,
      string | undefined,
      string,
      string,
      string,
      string,
    ];
    const source = endOf(from, true);
    const destination = endOf(to, true);
    const family = familyOfHost(source.host) ?? familyOfHost(destination.host);
    const protocol = protocols[name.replace(/^ip(?:v6)?:/i, '').toLowerCase()];
    if (family === null || protocol === undefined) return blankPacket(line);
    const header = kind === 'frame' ? ETHERNET + (vlan === undefined ? 0 : TAG) : 0;
    const octets = Number(size);
    const packet = { ...blankPacket(line), family, protocol, source: source.host, destination: destination.host };
    return {
      ...packet,
      sourcePort: source.port,
      destinationPort: destination.port,
      ipLength: octets > SHORTEST || header === 0 || octets < SHORTEST ? octets - header : null,
      udp: protocol === 17 ? Math.max(0, octets - header - IP_HEADER[family] - UDP_HEADER) : null,
    };
  },
};
