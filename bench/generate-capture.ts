// Writes a synthetic capture: SYN with MSS, data both large and small, FIN, in any link layer and tunnel of traffic.ts.
//   tsx bench/generate-capture.ts FILE [JSON of a Traffic, over the usual one]
import { closeSync, openSync, writeSync } from 'node:fs';
import { type Carrier, carriers, LINK_TYPE, linkHeader, type Traffic, tunnelOf, usual } from './traffic.js';

const TCP = 20;
const UDP = 8;
const announced = [1460, 1452, 1400, 1380, 1360];

/** A linear congruential generator: every run writes the same file. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

class Writer {
  readonly #file: number;
  readonly #buffer = Buffer.alloc(8 << 20, 0x5a);
  readonly #traffic: Traffic;
  readonly #carrier: Carrier | undefined;
  readonly #random = numbers(20_240_601);
  #at = 0;
  #microseconds = 0;
  #id = 0;
  octets = 0;
  packets = 0;

  constructor(path: string, traffic: Traffic) {
    const { inside = 'tcp', link = 'ethernet', snap = 262_144 } = traffic;
    this.#file = openSync(path, 'w');
    this.#traffic = traffic;
    this.#carrier = inside === 'tcp' || inside === 'udp' ? undefined : carriers[inside];
    const type = LINK_TYPE[link];
    if (traffic.format === 'pcapng') {
      for (const word of [0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28]) this.#word(word);
      for (const word of [1, 20, type, snap, 20]) this.#word(word);
    } else for (const word of [0xa1b2c3d4, 0x00040002, 0, 0, snap, type]) this.#word(word);
  }

  #word(value: number): void {
    this.#at = this.#buffer.writeUInt32LE(value >>> 0, this.#at);
  }

  random(): number {
    return this.#random();
  }

  /** One segment of connection `flow`, from its server where `back`; the payload is whatever the buffer holds. */
  segment(flow: number, back: boolean, seq: number, ack: number, flags: number, options: Buffer, data: number): void {
    const { family = 4, link = 'ethernet', snap = 262_144, inside = 'tcp', format } = this.#traffic;
    const carrier = this.#carrier;
    const ng = format === 'pcapng';
    const ip = family === 4 ? 20 : 40;
    const transport = inside === 'udp' ? UDP : TCP + options.length;
    const inner = (carrier ? 20 : ip) + transport + data;
    const total = carrier ? ip + carrier.octets(inner) : inner;
    const head = linkHeader(link, family, total, back);
    const length = head.length + total;
    const kept = Math.min(length, snap);
    const b = this.#buffer;
    if (this.#at + length + 64 > b.length) this.flush();
    this.#microseconds += 4 + Math.floor(this.#random() * 16);
    const micro = 1_700_000_000_000_000 + this.#microseconds;
    const padding = ng ? -kept & 3 : 0;
    if (ng) {
      for (const word of [6, 32 + kept + padding, 0, micro / 4_294_967_296, micro % 4_294_967_296, kept, length])
        this.#word(word);
    } else for (const word of [micro / 1e6, micro % 1e6, kept, length]) this.#word(word);
    const start = this.#at;
    let at = this.#put(head, start);
    this.#id = (this.#id + 1) & 0xffff;
    if (carrier) {
      const ends = 0xcb00_7100 + tunnelOf(flow) * 2;
      at = this.#ip(at, family, total, carrier.protocol, back ? ends + 1 : ends, back ? ends : ends + 1);
      at = this.#put(carrier.before(inner, flow, back, this.packets + 1), at);
    }
    if (!carrier || carrier.clear) {
      const client = 0x0a00_0000 + Math.floor(flow / 64_000);
      const server = 0xc0a8_0000 + (flow % 60_000);
      const protocol = inside === 'udp' ? 17 : 6;
      at = this.#ip(at, carrier ? 4 : family, inner, protocol, back ? server : client, back ? client : server);
      this.#transport(at, flow, back, seq, ack, flags, options, data, inside === 'udp');
    }
    this.#at = start + kept;
    if (ng) {
      b.fill(0, this.#at, this.#at + padding);
      this.#at += padding;
      this.#word(32 + kept + padding);
    }
    this.packets += 1;
  }

  #put(octets: readonly number[], at: number): number {
    for (let index = 0; index < octets.length; index++) this.#buffer[at + index] = octets[index]!;
    return at + octets.length;
  }

  #ip(at: number, family: 4 | 6, length: number, protocol: number, from: number, to: number): number {
    const b = this.#buffer;
    if (family === 6) {
      b.writeUInt32BE(0x60000000, at);
      b.writeUInt32BE((((length - 40) << 16) | (protocol << 8) | 64) >>> 0, at + 4);
      for (const [place, last] of [
        [at + 8, from],
        [at + 24, to],
      ] as const) {
        b.writeUInt32BE(0x20010db8, place);
        b.fill(0, place + 4, place + 12);
        b.writeUInt32BE(last >>> 0, place + 12);
      }
      return at + 40;
    }
    b.writeUInt32BE((0x45000000 | length) >>> 0, at);
    b.writeUInt32BE(((this.#id << 16) | 0x4000) >>> 0, at + 4);
    b.writeUInt32BE((0x40000000 | (protocol << 16)) >>> 0, at + 8);
    b.writeUInt32BE(from >>> 0, at + 12);
    b.writeUInt32BE(to >>> 0, at + 16);
    b.writeUInt16BE(checksum(b, at, 20), at + 10);
    return at + 20;
  }

  #transport(
    at: number,
    flow: number,
    back: boolean,
    seq: number,
    ack: number,
    flags: number,
    options: Buffer,
    data: number,
    udp: boolean,
  ): void {
    const b = this.#buffer;
    const client = 1024 + (flow % 64_000);
    b.writeUInt16BE(back ? 443 : client, at);
    b.writeUInt16BE(back ? client : 443, at + 2);
    if (udp) {
      b.writeUInt16BE(UDP + data, at + 4);
      b.writeUInt16BE(seq & 0xffff, at + 6);
      // A short header of QUIC: nothing that looks like another protocol.
      b.writeUInt32BE(0x4a5b6c7d, at + 8);
      return;
    }
    b.writeUInt32BE(seq, at + 4);
    b.writeUInt32BE(ack, at + 8);
    b.writeUInt16BE((((TCP + options.length) >> 2) << 12) | flags, at + 12);
    b.writeUInt16BE(502, at + 14);
    b.writeUInt32BE((seq & 0xffff0000) >>> 0, at + 16);
    options.copy(b, at + TCP);
  }

  flush(): void {
    writeSync(this.#file, this.#buffer, 0, this.#at);
    this.octets += this.#at;
    this.#at = 0;
  }

  close(): void {
    this.flush();
    closeSync(this.#file);
  }
}

function checksum(b: Buffer, at: number, length: number): number {
  let sum = 0;
  for (let offset = 0; offset < length; offset += 2) sum += b.readUInt16BE(at + offset) * (offset === 10 ? 0 : 1);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

interface Flow {
  readonly index: number;
  readonly most: number;
  mine: number;
  theirs: number;
  step: number;
  left: number;
}

const stamps = Buffer.from([1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1]);
const synOptions = (mss: number): Buffer =>
  Buffer.from([2, 4, mss >> 8, mss & 255, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]);

/** Writes the file; answers its octets, packets and connections. */
export function generateCapture(
  path: string,
  traffic: Traffic,
): { octets: number; packets: number; connections: number } {
  const out = new Writer(path, traffic);
  let connections = 0;
  const open = (): Flow => {
    const index = connections++;
    const mine = Math.floor(out.random() * 4e9);
    const theirs = Math.floor(out.random() * 4e9);
    const left = 1 + Math.floor(out.random() * traffic.segments);
    return { index, mine, theirs, step: 0, left, most: announced[index % announced.length]! };
  };
  const flows = Array.from({ length: traffic.flows }, open);
  while (out.packets < traffic.packets) {
    const place = Math.floor(out.random() * flows.length);
    const flow = flows[place]!;
    const { index } = flow;
    if (flow.step === 0) {
      out.segment(index, false, flow.mine, 0, 2, synOptions(flow.most), 0);
      flow.mine = (flow.mine + 1) >>> 0;
      out.segment(index, true, flow.theirs, flow.mine, 18, synOptions(1460), 0);
      flow.theirs = (flow.theirs + 1) >>> 0;
      flow.step = 1;
    } else if (flow.left > 0) {
      const kind = out.random();
      const full = Math.min(flow.most - stamps.length, traffic.data ?? 65_535);
      const data = kind < 0.75 ? full : kind < 0.9 ? Math.min(540, full) : 1 + Math.floor(out.random() * full);
      out.segment(index, true, flow.theirs, flow.mine, 16, stamps, data);
      flow.theirs = (flow.theirs + data) >>> 0;
      out.segment(index, false, flow.mine, flow.theirs, 16, stamps, 0);
      flow.left -= 1;
    } else {
      out.segment(index, true, flow.theirs, flow.mine, 17, stamps, 0);
      out.segment(index, false, flow.mine, (flow.theirs + 1) >>> 0, 17, stamps, 0);
      flows[place] = open();
    }
  }
  out.close();
  return { octets: out.octets, packets: out.packets, connections };
}

if (process.argv[1]?.endsWith('generate-capture.ts')) {
  const [path, traffic] = process.argv.slice(2);
  if (!path) throw new Error('tsx bench/generate-capture.ts FILE [JSON of a Traffic, over the usual one]');
  console.log(path, generateCapture(path, { ...usual, ...JSON.parse(traffic ?? '{}') }));
}
