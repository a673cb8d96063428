/** Transmission Control Protocol, RFC 9293 §3.1. */
import type { Bytes } from './bytes.js';
import { fold, sum16 } from './checksum.js';

const SOURCE_PORT = 0,
  DESTINATION_PORT = 2,
  SEQUENCE = 4,
  ACKNOWLEDGEMENT = 8,
  DATA_OFFSET = 12,
  FLAGS = 13,
  WINDOW = 14,
  CHECKSUM = 16,
  URGENT = 18;
export const TCP_HEADER_MINIMUM = 20;
/** Offsets of the fields, for readers that do not build a header value. */
export const TCP_FIELD = {
  sourcePort: SOURCE_PORT,
  destinationPort: DESTINATION_PORT,
  sequence: SEQUENCE,
  acknowledgement: ACKNOWLEDGEMENT,
  dataOffset: DATA_OFFSET,
  flags: FLAGS,
  window: WINDOW,
} as const;
export const TCP_FLAG = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ece: 64, cwr: 128 } as const;
/** Option kinds, RFC 9293 §3.2, RFC 7323, RFC 2018. */
export const TCP_OPTION = {
  end: 0,
  noOperation: 1,
  mss: 2,
  windowScale: 3,
  sackPermitted: 4,
  sack: 5,
  timestamps: 8,
} as const;

/** The first 8 octets: all that the shortest legal ICMP quote holds. */
export interface TcpStart {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
}

export interface TcpHeader extends TcpStart {
  readonly acknowledgement: number;
  /** Octets, options included. */
  readonly headerLength: number;
  readonly flags: number;
  readonly window: number;
  /** MSS option of RFC 9293 §3.7.1; undefined where the segment has none. */
  readonly mss: number | undefined;
}

export function parseTcpStart(bytes: Bytes): TcpStart {
  bytes.need(8, 'TCP ports and sequence number');
  return {
    sourcePort: bytes.u16(SOURCE_PORT),
    destinationPort: bytes.u16(DESTINATION_PORT),
    sequence: bytes.u32(SEQUENCE),
  };
}

/** @throws LengthError; also where the data offset says less than 20 octets, or an option runs past the header. */
export function parseTcp(bytes: Bytes): TcpHeader {
  bytes.need(TCP_HEADER_MINIMUM, 'TCP header');
  const headerLength = (bytes.u8(DATA_OFFSET) >>> 4) * 4;
  const header = bytes.part(0, headerLength, 'TCP data offset');
  header.need(
    Math.max(headerLength, TCP_HEADER_MINIMUM),
    headerLength < TCP_HEADER_MINIMUM ? 'TCP header' : 'TCP options',
  );
  return {
    ...parseTcpStart(bytes),
    acknowledgement: bytes.u32(ACKNOWLEDGEMENT),
    headerLength,
    flags: bytes.u8(FLAGS),
    window: bytes.u16(WINDOW),
    mss: mssOption(header.part(TCP_HEADER_MINIMUM)),
  };
}

function mssOption(options: Bytes): number | undefined {
  for (let at = 0; at < options.length; ) {
    const kind = options.u8(at);
    if (kind === TCP_OPTION.end) return undefined;
    if (kind === TCP_OPTION.noOperation) {
      at++;
      continue;
    }
    const rest = options.part(at);
    rest.need(2, 'TCP option');
    const length = rest.u8(1);
    rest.need(Math.max(2, length), 'TCP option');
    if (length < 2) rest.part(0, length, 'TCP option length').need(2, 'TCP option');
    if (kind === TCP_OPTION.mss && length === 4) return rest.u16(2);
    at += length;
  }
  return undefined;
}

/** Writes the header, an MSS option first where there is one, the rest as end of list; `pseudo` is `pseudoSum`. */
export function emitTcp(header: TcpHeader, into: Bytes, pseudo: number): void {
  into.need(header.headerLength, 'TCP header');
  into.octets.fill(0, TCP_HEADER_MINIMUM, header.headerLength);
  into.put16(SOURCE_PORT, header.sourcePort);
  into.put16(DESTINATION_PORT, header.destinationPort);
  into.put32(SEQUENCE, header.sequence);
  into.put32(ACKNOWLEDGEMENT, header.acknowledgement);
  into.put8(DATA_OFFSET, (header.headerLength / 4) << 4);
  into.put8(FLAGS, header.flags);
  into.put16(WINDOW, header.window);
  into.put16(CHECKSUM, 0);
  into.put16(URGENT, 0);
  if (header.mss !== undefined) {
    into.put8(TCP_HEADER_MINIMUM, TCP_OPTION.mss);
    into.put8(TCP_HEADER_MINIMUM + 1, 4);
    into.put16(TCP_HEADER_MINIMUM + 2, header.mss);
  }
  into.put16(CHECKSUM, fold(sum16(into.octets, pseudo)));
}
