import { MtucalcError } from '../error.js';
import type { Capture, ContainerReader } from './container.js';
import { u32In } from './order.js';
import { PcapReader } from './pcap.js';
import { PcapngReader } from './pcapng.js';
import { looksLikeText } from './text/lines.js';
import { TextReader } from './text/reader.js';

/** Octets that decide the format. */
export const MAGIC = 4;

/** `snoo`, RFC 1761 2. */
const SNOOP = 0x736e6f6f;

/** The reader for a file that begins so; throws `not-a-capture` where no format does. */
export function readerFor(capture: Capture, bytes: Uint8Array, length: number): ContainerReader {
  if (length === 0)
    throw new MtucalcError('empty-file', 'the file is empty', 'a capture has at least a 24-octet header');
  if (length < MAGIC) {
    throw new MtucalcError('not-a-capture', `the file has ${length} octets: too few for a capture`, hint);
  }
  if (u32In(bytes, 0, false) === 0x0a0d0d0a) return new PcapngReader(capture);
  for (const little of [true, false]) {
    const magic = u32In(bytes, 0, little);
    if (magic === 0xa1b2c3d4) return new PcapReader(capture, { little, nanoseconds: false, modified: false });
    if (magic === 0xa1b23c4d) return new PcapReader(capture, { little, nanoseconds: true, modified: false });
    if (magic === 0xa1b2cd34) return new PcapReader(capture, { little, nanoseconds: false, modified: true });
  }
  const first = bytes.subarray(0, MAGIC);
  if (u32In(bytes, 0, false) !== SNOOP && looksLikeText(first)) {
    capture.onText?.();
    return new TextReader(capture, first);
  }
  throw new MtucalcError('not-a-capture', `this is no capture: ${description(bytes)}`, hint);
}

const hint = 'pcap, pcapng and text are read, also compressed; record with: tcpdump -i IFACE -s 128 -w FILE';

function description(bytes: Uint8Array): string {
  const first = [...bytes.subarray(0, MAGIC)];
  const hex = first.map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
  if (first.every((octet) => octet === 0)) return 'it begins with zeros';
  if (u32In(bytes, 0, false) === SNOOP) return 'it is a Solaris snoop file (editcap -F pcap converts it)';
  return `it begins with ${hex}`;
}
