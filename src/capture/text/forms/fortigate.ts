import { PROTOCOL_NUMBER } from '../../../packet/ipv4.js';
import type { TextForm } from '../form.js';
import { blankPacket, type PrintedPacket } from '../printed.js';
import { secondsOf } from '../stamp.js';
import { canBeEnd, endOf, familyOfHost } from './ends.js';
import { icmpOf } from './icmp-words.js';

const START =
  /^\s*((?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{1,10})\.\d{1,9}) (?:(\S{1,40}) (in|out|--) )?(\S{1,130} -> \S{1,130}: ?.*|arp .*|Ether .*)$/;

/** FortiOS `diagnose sniffer packet` 1 to 6: a line for each packet, octets below it with 2, 3, 5 and 6. */
export const fortigate: TextForm = {
  id: 'fortigate',
  title: 'FortiGate sniffer lines',
  manual: 'FortiOS administration guide, Performing a sniffer trace or packet capture',
  start(line) {
    const found = START.exec(line);
    if (!found) return null;
    const way = found[3] === 'in' || found[3] === 'out' ? found[3] : null;
    return {
      time: secondsOf(found[1] as string),
      device: found[2] ?? null,
      way,
      ordinal: null,
      body: found[4] as string,
    };
  },
  read(_, lines, line) {
    const found = /^(\S{1,130}) -> (\S{1,130}?): ?(.*)$/.exec(lines.join(' '));
    if (!found) return blankPacket(line);
    const [, from, to, what] = found as unknown as [string, string, string, string];
    if (!canBeEnd(from) || !canBeEnd(to)) return null;
    const source = endOf(from, true);
    const destination = endOf(to, true);
    const packet: PrintedPacket = {
      ...blankPacket(line),
      family: familyOfHost(source.host) ?? familyOfHost(destination.host) ?? 4,
      source: source.host,
      destination: destination.host,
      sourcePort: source.port,
      destinationPort: destination.port,
    };
    return { ...packet, ...whatOf(what, packet.family === 6 ? 6 : 4) };
  },
};

/** Flags and absolute numbers, but no lengths: a segment can only be counted. */
function whatOf(what: string, family: 4 | 6): Partial<PrintedPacket> {
  const piece = /\(frag (\d{1,5}):(\d{1,5})@(\d{1,5})(\+?)\)/.exec(what);
  const part: Partial<PrintedPacket> = piece
    ? {
        id: Number(piece[1]),
        inside: Number(piece[2]),
        fragmentOffset: Number(piece[3]),
        mf: piece[4] === '+',
        df: false,
      }
    : {};
  const udp = /^udp (\d{1,5})/.exec(what);
  if (udp) return { ...part, protocol: PROTOCOL_NUMBER.udp, udp: Number(udp[1]) };
  if (/^(?:syn|psh|fin|rst|ack|urg|tcp)\b/.test(what)) return { ...part, protocol: PROTOCOL_NUMBER.tcp };
  if (/^icmp6?:/.test(what)) {
    const icmp = icmpOf(what.replace(/^icmp6?: ?/, ''), family, () => null);
    return { ...part, protocol: family === 4 ? PROTOCOL_NUMBER.icmp : PROTOCOL_NUMBER.icmpv6, icmp };
  }
  const number = /^ip-proto-(\d{1,3})(?: (\d{1,5}))?/.exec(what);
  if (number) return { inside: number[2] ? Number(number[2]) : null, ...part, protocol: Number(number[1]) };
  return part;
}
