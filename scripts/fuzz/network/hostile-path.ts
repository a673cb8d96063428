import { readIcmp, readTcp } from '../../../src/probe/answers.js';
import { type Probe, type ProbeEngine, type ProbeReply, SILENCE } from '../../../src/probe/engine.js';
import { emitProbe, type Flow, flowOf } from '../../../src/probe/packets.js';
import { filled, icmp, ipv4, join, mssOption, w16, w32 } from '../../../test/packet/packets.js';
import { mutated } from '../../../test/seeded.js';
import { pick } from '../disturb.js';
import type { Random } from '../family.js';

/** What a raw socket hands over, and whom it is from. */
interface Message {
  readonly protocol: 'icmp' | 'tcp';
  readonly octets: Uint8Array;
  readonly from: string;
}

const ends = {
  4: { source: '192.0.2.9', destination: '198.51.100.7', routers: ['10.0.0.1', '203.0.113.1', '198.51.100.7'] },
  6: { source: '2001:db8::9', destination: '2001:db8:1::7', routers: ['fd00::1', '2001:db8:2::1', '2001:db8:1::7'] },
} as const;
const HEADER = { 4: 20, 6: 40 } as const;
const TYPES = {
  4: { reply: 0, unreachable: 3, exceeded: 11, tooBig: 3, tooBigCode: 4, port: 3 },
  6: { reply: 129, unreachable: 1, exceeded: 3, tooBig: 2, tooBigCode: 0, port: 4 },
} as const;
const SIZES = [0, 1, 40, 67, 68, 575, 576, 1279, 1280, 1400, 1499, 1500, 9000, 65_535, 0xffff_ffff];
const PORTS = { icmp: 33_434, udp: 33_434, tcp: 443 } as const;

/** A path that now behaves and now lies: its answers are packets, and go through the readers of the raw engine. */
export class HostilePath implements ProbeEngine {
  readonly id = 'raw';
  readonly blindTo = [];
  readonly protocols = ['icmp', 'udp', 'tcp'] as const;
  readonly quotes = true;
  readonly #random: Random;
  readonly #base: Flow;
  /** As it truly is: hops, octets, and whether routers speak; one in so many answers is a lie. */
  readonly #hops: number;
  readonly #mtu: number;
  readonly #speaks: boolean;
  readonly #honest: number;
  #number = 0;

  constructor(family: 4 | 6, random: Random) {
    this.#random = random;
    const { source, destination } = ends[family];
    this.#base = {
      family,
      source,
      destination,
      identifier: 1 + random(0xffff),
      sourcePort: 1024 + random(64_512),
      destinationPort: PORTS.udp,
      sequenceBase: random(0x1_0000_0000),
    };
    this.#hops = random(5);
    this.#mtu = random(2) === 0 ? pick(SIZES, random) : 500 + random(1100);
    this.#speaks = random(3) > 0;
    this.#honest = 1 + random(12);
  }

  get address(): string {
    return this.#base.destination;
  }

  async send(probes: readonly Probe[]): Promise<readonly ProbeReply[]> {
    const replies = new Array<ProbeReply>(probes.length).fill(SILENCE);
    const first = this.#number;
    for (const [index, probe] of probes.entries()) {
      const number = (first + index) & 0xffff;
      const flow = flowOf(this.#base, probe, PORTS[probe.protocol]);
      for (const { protocol, octets, from } of this.#answers(emitProbe(flow, probe, number), probe)) {
        const answer = protocol === 'tcp' ? readTcp(flow, octets, from) : readIcmp(flow, octets, from);
        // An answer to another probe of the batch is that one's.
        const at = answer === undefined ? -1 : answer.number - first;
        if (answer && at >= 0 && at < probes.length && replies[at] === SILENCE)
          replies[at] = answer.reply.kind === 'arrived' ? { ...answer.reply, rttMs: this.#random(900) } : answer.reply;
      }
    }
    this.#number += probes.length;
    return replies;
  }

  late(): readonly [] {
    return [];
  }

  async close(): Promise<void> {}

  #answers(packet: Uint8Array, probe: Probe): readonly Message[] {
    const random = this.#random;
    if (random(this.#honest) > 0) return this.#truth(packet, probe);
    const said = [...this.#truth(packet, probe), ...(random(2) === 0 ? [this.#lie(packet)] : [])];
    return said.map((one) => (random(2) === 0 ? { ...one, octets: mutated(one.octets, random) } : one));
  }

  #truth(packet: Uint8Array, { size, ttl, protocol }: Probe): readonly Message[] {
    const { family, destination } = this.#base;
    const types = TYPES[family];
    if (ttl <= this.#hops) return this.#speaks ? [this.#error(types.exceeded, 0, 0, packet, this.#router())] : [];
    if (size > this.#mtu)
      return this.#speaks ? [this.#error(types.tooBig, types.tooBigCode, this.#mtu, packet, this.#router())] : [];
    const body = packet.subarray(HEADER[family]);
    if (protocol === 'udp') return [this.#error(types.unreachable, types.port, 0, packet, destination)];
    if (protocol === 'icmp') return [this.#icmp(types.reply, 0, word(body, 4), body.subarray(8), destination)];
    return [this.#segment(body)];
  }

  /** Any type, code and number, about this packet or none. */
  #lie(packet: Uint8Array): Message {
    const random = this.#random;
    const { family } = this.#base;
    const { unreachable, exceeded, tooBig, tooBigCode, reply } = TYPES[family];
    const type = random(3) === 0 ? random(256) : pick([unreachable, exceeded, tooBig, reply], random);
    const code = type === tooBig && random(2) === 0 ? tooBigCode : random(16);
    const about = random(8) === 0 ? filled(random(80)) : packet;
    return this.#error(type, code, pick(SIZES, random), about, this.#router());
  }

  #error(type: number, code: number, mtu: number, packet: Uint8Array, from: string): Message {
    const random = this.#random;
    const quoted = HEADER[this.#base.family] + pick([0, 4, 8, 28, 60, 600], random);
    // The MTU stands in the low half in IPv4, and a length of the quote may stand before it (RFC 4884).
    return this.#icmp(type, code, mtu, packet.subarray(0, random(20) === 0 ? random(64) : quoted), from);
  }

  #icmp(type: number, code: number, rest: number, data: Uint8Array, from: string): Message {
    return { protocol: 'icmp', octets: this.#outside(1, icmp(type, code, rest, data), from), from };
  }

  /** SYN/ACK or RST of the SYN in `body`. */
  #segment(body: Uint8Array): Message {
    const random = this.#random;
    const options = random(2) === 0 ? mssOption(random(65_536)) : [];
    const head = [(5 + options.length / 4) << 4, pick([0x12, 0x14, 0x04, random(64)], random)];
    const numbers = join(w32(random(0x1_0000_0000)), w32(word(body, 4) + 1));
    const segment = join(body.subarray(2, 4), body.subarray(0, 2), numbers, head, w16(500), [0, 0, 0, 0], options);
    const { destination } = this.#base;
    return { protocol: 'tcp', octets: this.#outside(6, segment, destination), from: destination };
  }

  /** Raw sockets of IPv4 hand over the IP header too. */
  #outside(protocol: number, payload: Uint8Array, from: string): Uint8Array {
    if (this.#base.family === 6) return payload;
    const packet = ipv4(protocol, payload);
    packet.set(from.split('.').map(Number), 12);
    return packet;
  }

  #router(): string {
    return pick(ends[this.#base.family].routers, this.#random);
  }
}

const word = (octets: Uint8Array, at: number): number =>
  new DataView(octets.buffer, octets.byteOffset, octets.length).getUint32(at);
