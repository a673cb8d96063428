import type { Family } from '../../scenario.js';
import { octets } from '../addresses.js';

/**
 * A UDP datagram as a whole IP packet of exactly `size` octets, DF set; the source port tells one from the other.
 * Its UDP checksum is wrong on purpose: routers do not look at it and the far end drops it without an answer.
 */
export function probePacket(family: Family, source: string, target: string, id: number, size: number): Buffer {
  const packet = Buffer.alloc(size);
  const header = family === 4 ? 20 : 40;
  if (family === 4) {
    packet.writeUInt8(0x45);
    packet.writeUInt16BE(size, 2);
    packet.writeUInt16BE(id, 4);
    packet.writeUInt16BE(0x4000, 6);
    packet.writeUInt8(64, 8);
    packet.writeUInt8(17, 9);
    octets(source).copy(packet, 12);
    octets(target).copy(packet, 16);
    packet.writeUInt16BE(internetChecksum(packet.subarray(0, 20)), 10);
  } else {
    packet.writeUInt32BE(0x60000000);
    packet.writeUInt16BE(size - 40, 4);
    packet.writeUInt8(17, 6);
    packet.writeUInt8(64, 7);
    octets(source).copy(packet, 8);
    octets(target).copy(packet, 24);
  }
  packet.writeUInt16BE(id, header);
  packet.writeUInt16BE(9, header + 2);
  packet.writeUInt16BE(size - header, header + 4);
  packet.writeUInt16BE(0xbad0, header + 6);
  return packet;
}

/** RFC 1071. */
export function internetChecksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
