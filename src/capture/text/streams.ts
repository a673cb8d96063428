import type { PrintedPacket, PrintedTcp } from './printed.js';
import { blankTcp } from './printed.js';

const WRAP = 4_294_967_296;
const MOST = 16_384;
const PSH_ACK = 24;
const SYN_FIN = 3;

interface Stream {
  readonly sourcePort: string;
  readonly destinationPort: string;
  /** The octet that comes next, as the form counts. */
  next: number;
  timestamps: readonly [number, number] | null;
}

/**
 * Wireshark shows the words of the protocol above (`Client Hello`) in place of ports and numbers. Where two hosts have one
 * connection, such a packet is its next segment; where they have several, nothing is known of it.
 */
export class Streams {
  readonly #between = new Map<string, Map<string, Stream>>();

  note(packet: PrintedPacket, tcp: PrintedTcp): void {
    const { source, destination, sourcePort, destinationPort } = packet;
    if (sourcePort === null || destinationPort === null || tcp.seq === null) return;
    const streams = this.#of(source, destination);
    const key = `${sourcePort} ${destinationPort}`;
    const end = (tcp.seq + tcp.payload + (tcp.flags & SYN_FIN ? 1 : 0)) % WRAP;
    const held = streams.get(key);
    if (!held) {
      if (streams.size < MOST) streams.set(key, { sourcePort, destinationPort, next: end, timestamps: tcp.timestamps });
      return;
    }
    held.timestamps = tcp.timestamps;
    if (tcp.flags & 2 || ((end - held.next) | 0) > 0) held.next = end;
  }

  /** The segment of `payload` octets that comes next from that host; null where it is not known which connection's. */
  next(
    { source, destination }: PrintedPacket,
    inside: number,
  ): Pick<PrintedPacket, 'sourcePort' | 'destinationPort' | 'tcp'> | null {
    const streams = this.#of(source, destination);
    const back = this.#of(destination, source);
    const [stream, ...others] = streams.values();
    const [peer] = back.values();
    if (!stream || !peer || others.length > 0 || back.size > 1) return null;
    const timestamps = stream.timestamps ?? null;
    const payload = inside - 20 - (timestamps ? 12 : 0);
    if (payload < 0) return null;
    const tcp = { ...blankTcp, flags: PSH_ACK, seq: stream.next, ack: peer.next, payload, timestamps };
    return { sourcePort: stream.sourcePort, destinationPort: stream.destinationPort, tcp };
  }

  #of(from: string, to: string): Map<string, Stream> {
    const key = `${from} ${to}`;
    let streams = this.#between.get(key);
    if (!streams) {
      streams = new Map();
      if (this.#between.size < MOST) this.#between.set(key, streams);
    }
    return streams;
  }
}
