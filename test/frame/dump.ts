import { decodeFrame, decodeHeader } from '../../src/frame/decode.js';
import { Frame } from '../../src/frame/frame.js';
import { HEADER, type Header } from '../../src/frame/header.js';
import { layerNames } from '../../src/frame/header-bits.js';
import type { IpView } from '../../src/frame/ip-view.js';
import { enterLink } from '../../src/frame/link-type.js';
import { addressText } from '../../src/packet/address.js';
import { headerFields } from './header-fields.js';

const hex = (octets: Uint8Array): string => [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
const place = (at: number): string => at.toString().padStart(4);
/** Octets of a field that are shown; a payload's are not. */
const SHOWN = 16;

/** The headers of a frame in the order the cursor reads them, and where each begins. */
export function headersOf(linkType: number, octets: Uint8Array): { frame: Frame; headers: [Header, number, number][] } {
  const frame = new Frame(octets);
  frame.end = octets.length;
  frame.linkType = linkType;
  frame.capturedLength = octets.length;
  frame.originalLength = octets.length;
  frame.reset();
  frame.limit = frame.end;
  frame.wire = frame.end;
  const headers: [Header, number, number][] = [];
  for (let header = enterLink(frame, linkType, 0); header !== HEADER.end; ) {
    const at = frame.next;
    const next = decodeHeader(frame, header, at);
    headers.push([header, at, next === HEADER.end ? frame.end : frame.next]);
    header = next;
  }
  const again = new Frame(octets);
  Object.assign(again, { end: octets.length, linkType, capturedLength: octets.length, originalLength: octets.length });
  decodeFrame(again);
  return { frame: again, headers };
}

const ipLine = (name: string, { bytes }: Frame, ip: IpView): string => {
  const family = ip.family === 6 ? 6 : 4;
  const ends = `${addressText(bytes, ip.source, family)} > ${addressText(bytes, ip.destination, family)}`;
  const pieces = ip.fragment ? `, piece at ${ip.fragmentOffset}${ip.mf ? ', more follow' : ''}` : '';
  return `${name}: IPv${family} ${ends}, ${ip.totalLength} octets, protocol ${ip.protocol}${ip.df ? ', DF' : ''}${pieces}`;
};

/** Every field of every header with its octets, then what the cursor makes of them. */
export function dump(name: string, linkType: number, octets: Uint8Array): string {
  const { frame, headers } = headersOf(linkType, octets);
  const lines = [`${name}: link type ${linkType}, ${octets.length} octets`];
  for (const [header, at, behind] of headers) {
    const known = headerFields[header];
    lines.push(`${place(at)}       ${known.name}`);
    const starts = Object.entries(known.fields).sort(([, left], [, right]) => left - right);
    for (const [index, [field, offset]] of starts.entries()) {
      const end = Math.min(at + (starts[index + 1]?.[1] ?? known.octets), behind);
      if (at + offset >= end) continue;
      const value = octets.subarray(at + offset, end);
      const shown = value.length > SHOWN ? `${hex(value.subarray(0, SHOWN))} …` : hex(value);
      lines.push(`${place(at + offset)}-${place(end - 1)}    ${field}: ${shown}`);
    }
    const last = at + known.octets;
    if (known.rest !== undefined && last < behind) lines.push(`${place(last)}-${place(behind - 1)}    ${known.rest}`);
  }
  lines.push('', ...seen(frame));
  return `${lines.join('\n')}\n`;
}

function* seen(frame: Frame): Generator<string> {
  yield `layers: ${layerNames.flatMap(([bit, name]) => (frame.layers & bit ? [name] : [])).join(' ') || '-'}`;
  if (frame.outer.family) yield ipLine(frame.ip === frame.outer ? 'ip' : 'outer', frame, frame.outer);
  if (frame.ip !== frame.outer) yield `${ipLine('ip', frame, frame.ip)}, ${frame.tunnelOverhead} octets of tunnel`;
  if (frame.sourcePort >= 0) yield `ports: ${frame.sourcePort} > ${frame.destinationPort}`;
  if (frame.tcp) {
    const { flags, seq, ack, window, mss } = frame;
    yield `tcp: flags ${flags}, seq ${seq}, ack ${ack}, window ${window}${mss < 0 ? '' : `, MSS ${mss}`}`;
  }
  if (frame.icmpType >= 0) yield `icmp: type ${frame.icmpType}, code ${frame.icmpCode}, MTU ${frame.mtu}`;
  if (frame.icmpType >= 0 && frame.quote.ip.family) yield ipLine('quoted', frame, frame.quote.ip);
  if (frame.espLength) yield `esp: SPI ${frame.espSpi}, sequence ${frame.espSequence}, ${frame.espLength} octets`;
  if (frame.transport >= 0) yield `payload: ${frame.payloadLength} octets from ${frame.payload}`;
  const reasons = ['', 'cut', 'malformed', 'not read', 'too deep', 'link type not read', 'encrypted'];
  if (frame.stop) yield `stopped at ${frame.stopAt}: ${reasons[frame.stop]}`;
}
