/** User Datagram Protocol, RFC 768. */
import type { Bytes } from './bytes.js';
import { fold, sum16 } from './checksum.js';

const SOURCE_PORT = 0,
  DESTINATION_PORT = 2,
  LENGTH = 4,
  CHECKSUM = 6;
export const UDP_HEADER = 8;
export const UDP_FIELD = { sourcePort: SOURCE_PORT, destinationPort: DESTINATION_PORT, length: LENGTH } as const;

export interface UdpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Header and payload together, as written in the packet. */
  readonly length: number;
}

export function parseUdp(bytes: Bytes): UdpHeader {
  bytes.need(UDP_HEADER, 'UDP header');
  return {
    sourcePort: bytes.u16(SOURCE_PORT),
    destinationPort: bytes.u16(DESTINATION_PORT),
    length: bytes.u16(LENGTH),
  };
}

/** The payload already stands in `into`; `pseudo` is `pseudoSum` of the addresses. A sum of 0 is sent as 0xffff. */
export function emitUdp(header: UdpHeader, into: Bytes, pseudo: number): void {
  into.need(UDP_HEADER, 'UDP header');
  into.put16(SOURCE_PORT, header.sourcePort);
  into.put16(DESTINATION_PORT, header.destinationPort);
  into.put16(LENGTH, header.length);
  into.put16(CHECKSUM, 0);
  into.put16(CHECKSUM, fold(sum16(into.octets, pseudo)) || 0xffff);
}
