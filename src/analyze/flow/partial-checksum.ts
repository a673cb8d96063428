import type { Frame } from '../../frame/frame.js';
import { fold, pseudoSum } from '../../packet/checksum.js';
import { PROTOCOL_NUMBER } from '../../packet/ipv4.js';

/**
 * Whether the checksum of a TCP segment is the bare sum of its pseudo-header (RFC 9293 §3.1): a kernel leaves the rest,
 * and the cutting into segments, to its network card. Captured in front of the card, it never was on a wire so.
 */
export function isPartial({ bytes, ip, payloadLength, tcpHeaderLength }: Frame, checksum: number): boolean {
  const octets = ip.family === 4 ? 4 : 16;
  const source = bytes.subarray(ip.source, ip.source + octets);
  const destination = bytes.subarray(ip.destination, ip.destination + octets);
  return (
    (~fold(pseudoSum(source, destination, PROTOCOL_NUMBER.tcp, payloadLength + tcpHeaderLength)) & 0xffff) === checksum
  );
}
