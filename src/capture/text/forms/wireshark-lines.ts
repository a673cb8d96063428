import { IP_HEADER } from '../../../packet/ip-header.js';
import { TCP_HEADER_MINIMUM } from '../../../packet/tcp.js';
import { UDP_HEADER } from '../../../packet/udp.js';
import type { Started, TextForm } from '../form.js';
import { blankPacket, type PrintedPacket } from '../printed.js';
import { optionLength } from '../rebuild-tcp.js';
import { secondsOf } from '../stamp.js';
import { canBeEnd, familyOfHost } from './ends.js';
import { infoOf } from './wireshark-info.js';

const TIME = String.raw`(?:(?:[A-Z][a-z]{2} +\d{1,2}, )?\d{4}[-/]?\d*[-/]?\d* )?\d[\d:]*[.,]\d{1,9}`;
const ROW = new RegExp(
  String.raw`^\s*(\d{1,8})\s+(${TIME})\s+(\S{1,130})\s+(->|\u2192)?\s*(\S{1,130})\s+(\S{1,30})\s+(\d{1,6})\s+(\S.*)$`,
);
const SEPARATOR = '\u0001';
/** Link headers that Length holds beside the packet: Ethernet, cooked, with a tag, PPPoE … */
const headers = new Set([0, 4, 14, 16, 18, 20, 22, 26]);
const ETHERNET = 14;

/**
 * tshark's default lines, Wireshark's packet list as text and as CSV: No. Time Source Destination Protocol Length Info.
 */
export const wiresharkLines: TextForm = {
  id: 'wireshark-lines',
  title: 'Wireshark or tshark lines',
  manual: 'Wireshark User Guide, Export of packet dissections; tshark(1)',
  start(line) {
    return rowOf(line) ?? csvOf(line);
  },
  read({ body }, lines, line) {
    const [source = '', destination = '', protocol = '', length = '', ...info] = [body, ...lines.slice(1)]
      .join(' ')
      .split(SEPARATOR);
    const family = familyOfHost(source) ?? familyOfHost(destination);
    if (family === null) {
      const named = / Seq=\d+ .*Len=\d/.test(info.join(' ')) && canBeEnd(source) && canBeEnd(destination);
      return named ? packetOf(source, destination, protocol, length, info.join(' '), 4, line) : blankPacket(line);
    }
    return packetOf(source, destination, protocol, length, info.join(' '), family, line);
  },
};

function packetOf(
  source: string,
  destination: string,
  protocol: string,
  length: string,
  info: string,
  family: 4 | 6,
  line: number,
): PrintedPacket {
  const packet = {
    ...blankPacket(line),
    family,
    source,
    destination,
    df: family === 6 ? true : null,
    ...infoOf(info, protocol, family),
  };
  const frame = Number(length);
  if (packet.tcp) {
    const computed = IP_HEADER[family] + TCP_HEADER_MINIMUM + optionLength(packet.tcp) + packet.tcp.payload;
    // An option that the list does not show makes the packet longer than its numbers say.
    const header = frame - computed;
    return packet.tcp.payload > 0 && !headers.has(header) && header > ETHERNET && header <= ETHERNET + 40
      ? { ...packet, ipLength: frame - ETHERNET }
      : packet;
  }
  const ipLength = frame > 60 || family === 6 ? frame - ETHERNET : null;
  // The last piece of a datagram is shown with the length of all of it.
  if (packet.udp !== null && ipLength !== null && packet.udp + IP_HEADER[family] + UDP_HEADER > ipLength)
    return { ...packet, udp: null, family: 0 };
  return { ...packet, ipLength: packet.udp === null ? ipLength : null };
}

function rowOf(line: string): Started | null {
  const found = ROW.exec(line);
  if (!found) return null;
  const [, number, time, source, arrow, destination, protocol, length, info] = found;
  if (!arrow && familyOfHost(source ?? '') === null && familyOfHost(destination ?? '') === null) return null;
  if (!/^[A-Za-z0x][\w.+/-]*$/.test(protocol ?? '')) return null;
  return started({ ordinal: number, time, source, destination, protocol, length, info });
}

function csvOf(line: string): Started | null {
  const separator = /^"?\d{1,8}"?([,;\t])/.exec(line)?.[1];
  if (separator === undefined) return null;
  const [ordinal, time, source, destination, protocol, length, info] = splitCsv(line, separator);
  if (info === undefined || !/^\d{1,6}$/.test(length ?? '') || !/^[A-Za-z0]/.test(protocol ?? '')) return null;
  return started({ ordinal, time, source, destination, protocol, length, info });
}

type Row = Readonly<
  Record<'ordinal' | 'time' | 'source' | 'destination' | 'protocol' | 'length' | 'info', string | undefined>
>;

function started({ ordinal, time, source, destination, protocol, length, info }: Row): Started | null {
  const seconds = secondsOf((time ?? '').trim());
  const body = [source, destination, protocol, length, info].join(SEPARATOR);
  return seconds === null ? null : { time: seconds, device: null, way: null, ordinal: Number(ordinal), body };
}

/** Fields of one line; quotes may hold the separator, and are doubled inside. */
function splitCsv(line: string, separator: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    const letter = line[index] as string;
    if (letter === '"') {
      if (quoted && line[index + 1] === '"') {
        field += letter;
        index++;
      } else quoted = !quoted;
    } else if (letter === separator && !quoted) {
      fields.push(field);
      field = '';
    } else field += letter;
  }
  fields.push(field);
  return fields;
}
