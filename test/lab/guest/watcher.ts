import type { Seen } from '../results.js';
import type { Node } from '../scenario.js';
import { AF, bindTo, closeSocket, deviceIndex, openSocket, receiveFrom, SOCK, setInt } from './libc.js';

const ETH_P_ALL = 0x0003;
const SOL_SOCKET = 1;
const SO_RCVBUFFORCE = 33;
const PACKET_OUTGOING = 4;

/** One IP packet as seen at a device, its first octets only. */
export interface Sight {
  /** Link header is not part of it. Valid until the next read. */
  readonly head: Buffer;
  readonly version: 4 | 6;
  /** Length by the IP header. */
  readonly length: number;
  readonly fragment: boolean;
  readonly outgoing: boolean;
}

/** An AF_PACKET socket on one device: IP packets, whatever the link. */
export class Watcher {
  readonly fd: number;
  private readonly buffer = Buffer.alloc(192);
  private readonly from = Buffer.alloc(20);

  constructor(node: Node, device: string) {
    this.fd = openSocket(node, AF.PACKET, SOCK.DGRAM, 0);
    setInt(this.fd, SOL_SOCKET, SO_RCVBUFFORCE, 16 << 20);
    const here = Buffer.alloc(20);
    here.writeUInt16LE(AF.PACKET);
    here.writeUInt16BE(ETH_P_ALL, 2);
    here.writeInt32LE(deviceIndex(node, device), 4);
    bindTo(this.fd, here);
  }

  /** The next IP packet, or null when there is none now. */
  next(): Sight | null {
    for (;;) {
      const got = receiveFrom(this.fd, this.buffer, this.from);
      if (got < 0) return null;
      const head = this.buffer.subarray(0, Math.min(got, this.buffer.length));
      const protocol = this.from.readUInt16BE(2);
      const outgoing = this.from[10] === PACKET_OUTGOING;
      if (protocol === 0x0800 && head.length >= 20) {
        const flags = head.readUInt16BE(6);
        return { head, version: 4, length: head.readUInt16BE(2), fragment: (flags & 0x3fff) !== 0, outgoing };
      }
      if (protocol === 0x86dd && head.length >= 40) {
        return { head, version: 6, length: 40 + head.readUInt16BE(4), fragment: head[6] === 44, outgoing };
      }
    }
  }

  drain(): void {
    while (this.next() !== null) {}
  }

  close(): void {
    closeSocket(this.fd);
  }
}

/**
 * What a node says on its own account: multicast (MLD, IGMP), neighbour discovery, and IKE with its NAT keepalives
 * (RFC 3948 section 2.3: one octet; section 2.2: four zero octets where ESP has its SPI).
 */
export function isChatter({ head, version }: Sight): boolean {
  if (version === 4 ? head[16]! >= 224 : head[24] === 0xff) return true;
  if (version === 6 && head[6] === 58) return head[40]! >= 133 && head[40]! <= 137;
  const udp = version === 4 ? (head[0]! & 15) * 4 : 40;
  if (head[version === 4 ? 9 : 6] !== 17 || head.length < udp + 9) return false;
  const ports = [head.readUInt16BE(udp), head.readUInt16BE(udp + 2)];
  if (ports.includes(500)) return true;
  const data = head.subarray(udp + 8);
  return ports.includes(4500) && (head.readUInt16BE(udp + 4) === 9 || (data.length > 3 && data.readUInt32BE() === 0));
}

/** MTU and sender of a Packet Too Big, with the packet that it quotes, or null. */
export function ptbOf({ head, version }: Sight): { from: string; mtu: number; quoted: Buffer } | null {
  if (version === 4) {
    const ihl = (head[0]! & 15) * 4;
    if (head[9] !== 1 || head[ihl] !== 3 || head[ihl + 1] !== 4) return null;
    const from = [...head.subarray(12, 16)].join('.');
    return { from, mtu: head.readUInt16BE(ihl + 6), quoted: head.subarray(ihl + 8) };
  }
  if (head[6] !== 58 || head[40] !== 2) return null;
  const from = head
    .subarray(8, 24)
    .toString('hex')
    .replace(/....(?!$)/g, '$&:');
  return { from, mtu: head.readUInt32BE(44), quoted: head.subarray(48) };
}

/** Adds up what passes. */
export class Tally {
  private packets = 0;
  private largest = 0;
  private fragments = 0;
  private readonly ptb: { from: string; mtu: number }[] = [];

  add(sight: Sight): void {
    this.packets++;
    this.largest = Math.max(this.largest, sight.length);
    if (sight.fragment) this.fragments++;
    const ptb = ptbOf(sight);
    if (ptb) this.ptb.push({ from: ptb.from, mtu: ptb.mtu });
  }

  get seen(): Seen {
    return { packets: this.packets, largest: this.largest, fragments: this.fragments, ptb: this.ptb };
  }
}
