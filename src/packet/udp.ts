/** User Datagram Protocol, RFC 768. */
import type { Bytes } from './bytes.js';
import { fold, sum16 } from './checksum.js';

export const UDP_FIELD = { sourcePort: 0, destinationPort: 2, length: 4, checksum: 6 } as const;
export const UDP_HEADER = 8;

export interface UdpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Header and payload together, as written in the packet. */
  readonly length: number;
}

export function parseUdp(bytes: Bytes): UdpHeader {
  bytes.need(UDP_HEADER, 'UDP header');
  return {
    sourcePort: bytes.u16(UDP_FIELD.sourcePort),
    destinationPort: bytes.u16(UDP_FIELD.destinationPort),
    length: bytes.u16(UDP_FIELD.length),
  };
}

/** The payload already stands in `into`; `pseudo` is `pseudoSum` of the addresses. A sum of 0 is sent as 0xffff. */
export function emitUdp(header: UdpHeader, into: Bytes, pseudo: number): void {
  into.need(UDP_HEADER, 'UDP header');
  into.put16(UDP_FIELD.sourcePort, header.sourcePort);
  into.put16(UDP_FIELD.destinationPort, header.destinationPort);
  into.put16(UDP_FIELD.length, header.length);
  into.put16(UDP_FIELD.checksum, 0);
  into.put16(UDP_FIELD.checksum, fold(sum16(into.octets, pseudo)) || 0xffff);
}
