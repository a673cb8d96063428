/** Transmission Control Protocol, RFC 9293 §3.1. */
import type { Bytes } from './bytes.js';
import { fold, sum16 } from './checksum.js';

/** Offsets of the fields: whoever reads or writes this header takes them from here. */
export const TCP_FIELD = {
  sourcePort: 0,
  destinationPort: 2,
  sequence: 4,
  acknowledgement: 8,
  dataOffset: 12,
  flags: 13,
  window: 14,
  checksum: 16,
  urgent: 18,
} as const;
export const TCP_HEADER_MINIMUM = 20;
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

/** Of an option: kind, then length over all three, then value; end and no-operation are a kind alone. */
export const TCP_OPTION_FIELD = { kind: 0, length: 1, value: 2 } as const;
/** Octets of the MSS option. */
export const MSS_OPTION = 4;
/** A SACK block, and how many fit into a header, RFC 2018 3. */
export const SACK_BLOCK = 8,
  SACK_BLOCKS = 4;
/** The header of nearly every data segment: two NOPs and timestamps, nothing else (RFC 7323 appendix A). */
export const STAMPS_HEADER = 32,
  STAMPS_WORD = 0x0101080a;

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
    sourcePort: bytes.u16(TCP_FIELD.sourcePort),
    destinationPort: bytes.u16(TCP_FIELD.destinationPort),
    sequence: bytes.u32(TCP_FIELD.sequence),
  };
}

/** @throws LengthError; also where the data offset says less than 20 octets, or an option runs past the header. */
export function parseTcp(bytes: Bytes): TcpHeader {
  bytes.need(TCP_HEADER_MINIMUM, 'TCP header');
  const headerLength = (bytes.u8(TCP_FIELD.dataOffset) >>> 4) * 4;
  const header = bytes.part(0, headerLength, 'TCP data offset');
  header.need(
    Math.max(headerLength, TCP_HEADER_MINIMUM),
    headerLength < TCP_HEADER_MINIMUM ? 'TCP header' : 'TCP options',
  );
  return {
    ...parseTcpStart(bytes),
    acknowledgement: bytes.u32(TCP_FIELD.acknowledgement),
    headerLength,
    flags: bytes.u8(TCP_FIELD.flags),
    window: bytes.u16(TCP_FIELD.window),
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
    const length = rest.u8(TCP_OPTION_FIELD.length);
    rest.need(Math.max(2, length), 'TCP option');
    if (length < 2) rest.part(0, length, 'TCP option length').need(2, 'TCP option');
    if (kind === TCP_OPTION.mss && length === MSS_OPTION) return rest.u16(TCP_OPTION_FIELD.value);
    at += length;
  }
  return undefined;
}

/** Writes the header, an MSS option first where there is one, the rest as end of list; `pseudo` is `pseudoSum`. */
export function emitTcp(header: TcpHeader, into: Bytes, pseudo: number): void {
  into.need(header.headerLength, 'TCP header');
  into.octets.fill(0, TCP_HEADER_MINIMUM, header.headerLength);
  into.put16(TCP_FIELD.sourcePort, header.sourcePort);
  into.put16(TCP_FIELD.destinationPort, header.destinationPort);
  into.put32(TCP_FIELD.sequence, header.sequence);
  into.put32(TCP_FIELD.acknowledgement, header.acknowledgement);
  into.put8(TCP_FIELD.dataOffset, (header.headerLength / 4) << 4);
  into.put8(TCP_FIELD.flags, header.flags);
  into.put16(TCP_FIELD.window, header.window);
  into.put16(TCP_FIELD.checksum, 0);
  into.put16(TCP_FIELD.urgent, 0);
  if (header.mss !== undefined) {
    into.put8(TCP_HEADER_MINIMUM + TCP_OPTION_FIELD.kind, TCP_OPTION.mss);
    into.put8(TCP_HEADER_MINIMUM + TCP_OPTION_FIELD.length, MSS_OPTION);
    into.put16(TCP_HEADER_MINIMUM + TCP_OPTION_FIELD.value, header.mss);
  }
  into.put16(TCP_FIELD.checksum, fold(sum16(into.octets, pseudo)));
}
