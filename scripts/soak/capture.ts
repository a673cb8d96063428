import { esp, fragment, ip, pcap, ptb, type Timed, udp } from '../../test/analyze/packets.js';
import { Script } from '../../test/analyze/script.js';

const [client, server, router] = ['10.1.0.2', '10.2.0.2', '10.1.0.1'];
/** The client's address and an SPI as they stand in packets and in quotes: replaced in each repetition. */
const CLIENT = Buffer.of(10, 1, 0, 2);
const SPI = Buffer.of(0xca, 0xfe, 0, 1);
/** Twice the flows that are held at once. */
const HOSTS = 65_536;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** One conversation of each kind: bulk, a black hole, a PTB, ESP, pieces of a datagram, names of hosts nobody knows. */
function conversations(): Timed[] {
  const script = new Script().handshake().transfer('server', 1448, 400).data('client', 1460).ptb(1400);
  const first = script.next.client;
  for (let n = 0; n < 5; n++) script.wait(0.3 * 2 ** n).segment('client', { seq: first, data: 1448 });
  script.close();
  const there = { from: client, to: server };
  const large = ip(17, { ...there, df: false, id: 7 }, udp(40_000, 5000, 3000));
  const more = [
    ...Array.from({ length: 40 }, (_, n) => ip(50, { ...there, id: n }, esp(0xcafe0001, n + 1, 1400))),
    ...fragment(large, 1500),
    ptb(router, client, 1300, large),
  ];
  return [...script.packets, ...more.map((packet, n): Timed => ({ at: script.now + n / 1000, packet }))];
}

/** Where these octets stand in a buffer. */
function placesOf(octets: Buffer, wanted: Buffer): number[] {
  const places: number[] = [];
  for (let at = octets.indexOf(wanted); at >= 0; at = octets.indexOf(wanted, at + 1)) places.push(at);
  return places;
}

/** A capture without end: the same conversations again and again, each time of another host, with another SPI, later. */
export class EndlessCapture {
  readonly header: Buffer;
  /** Records of one repetition. */
  readonly frames: number;
  readonly fullFrames = 3 * HOSTS;
  readonly #records: Buffer;
  readonly #clients: readonly number[];
  readonly #spis: readonly number[];
  readonly #stamps: number[] = [];
  readonly #seconds: number;
  #round = 0;

  constructor() {
    const packets = conversations();
    const file = Buffer.from(pcap(packets));
    this.header = file.subarray(0, FILE_HEADER);
    this.#records = file.subarray(FILE_HEADER);
    this.#clients = placesOf(this.#records, CLIENT);
    this.#spis = placesOf(this.#records, SPI);
    for (let at = 0; at < this.#records.length; at += RECORD_HEADER + this.#records.readUInt32LE(at + 8))
      this.#stamps.push(at);
    this.frames = this.#stamps.length;
    this.#seconds = Math.ceil(packets.at(-1)!.at) + 1;
  }

  /** Handshakes of more hosts than any table holds: from then on nothing may grow. */
  full(): Buffer {
    const opening = Buffer.from(pcap(new Script().handshake().packets)).subarray(FILE_HEADER);
    const clients = placesOf(opening, CLIENT);
    return Buffer.concat(
      Array.from({ length: HOSTS }, (_, host) => {
        const made = Buffer.from(opening);
        for (const at of clients) made.writeUInt32BE((0x0b00_0000 + host) >>> 0, at);
        return made;
      }),
    );
  }

  /** The next repetition; a buffer of its own. */
  next(): Buffer {
    const round = this.#round++;
    const made = Buffer.from(this.#records);
    for (const at of this.#clients) made.writeUInt32BE((0x0a00_0000 | ((round * 2_654_435) & 0xff_ffff)) >>> 0, at);
    for (const at of this.#spis) made.writeUInt32BE((0x1000 + round) >>> 0, at);
    for (const at of this.#stamps) made.writeUInt32LE((made.readUInt32LE(at) + round * this.#seconds) >>> 0, at);
    return made;
  }
}
