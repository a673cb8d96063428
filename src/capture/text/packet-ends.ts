import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';
import type { OctetsOut } from './octets-out.js';
import type { PrintedPacket } from './printed.js';

const NATT = '4500';

/** UDP 4500 whose inside is not printed: ESP or IKE (RFC 3948 2), and no datagram to be judged. */
export const isHidden = ({ protocol, sourcePort, destinationPort, esp, marker }: PrintedPacket): boolean =>
  protocol === PROTOCOL_NUMBER.udp && !esp && !marker && (sourcePort === NATT || destinationPort === NATT);

/** Names of a packet's direction of its connection, and of the other one. */
export function directions(packet: PrintedPacket, place: string): [string, string] {
  const { source, sourcePort, destination, destinationPort } = packet;
  const from = `${source} ${sourcePort}`;
  const to = `${destination} ${destinationPort}`;
  return [`${place} ${from} ${to}`, `${place} ${to} ${from}`];
}

/** The start of an ESP packet: what is encrypted is not in any text. */
export function writeEsp(out: OctetsOut, { spi, sequence }: { readonly spi: number; readonly sequence: number }): void {
  out.u32(spi);
  out.u32(sequence);
}
