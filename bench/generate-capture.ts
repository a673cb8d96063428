// Writes a synthetic capture of TCP flows: Ethernet, IPv4 (and some IPv6), SYN with MSS, data both large and small, FIN.
//   tsx bench/generate-capture.ts FILE [PACKETS] [FLOWS AT ONCE] [pcap|pcapng] [PACKETS A FLOW]
import { closeSync, openSync, writeSync } from 'node:fs';

export interface Traffic {
  readonly packets: number;
  /** Connections open at the same time. */
  readonly flows: number;
  /** Data segments of a connection at most. */
  readonly segments: number;
  readonly format: 'pcap' | 'pcapng';
  /** Octets of data in a segment at most; the announced MSS where not given. */
  readonly data?: number;
}
export const usual: Traffic = { packets: 1_500_000, flows: 2000, segments: 700, format: 'pcap' };

const ETHERNET = 14;
const IP = 20;
const TCP = 20;
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
  readonly #buffer = Buffer.alloc(8 << 20);
  readonly #ng: boolean;
  readonly #random = numbers(20_240_601);
  #at = 0;
  #microseconds = 0;
  #id = 0;
  octets = 0;
  packets = 0;

  constructor(path: string, format: Traffic['format']) {
    this.#file = openSync(path, 'w');
    this.#ng = format === 'pcapng';
    const b = this.#buffer;
    if (this.#ng) {
      for (const word of [0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28]) this.#word(word);
      for (const word of [1, 20, 1, 262_144, 20]) this.#word(word);
    } else {
      for (const word of [0xa1b2c3d4, 0x00040002, 0, 0, 262_144, 1]) this.#word(word);
    }
    b.fill(0x5a, this.#at);
  }

  #word(value: number): void {
    this.#at = this.#buffer.writeUInt32LE(value >>> 0, this.#at);
  }

  random(): number {
    return this.#random();
  }

  /** One segment; the payload is whatever the buffer holds. */
  segment(
    from: number,
    to: number,
    ports: number,
    seq: number,
    ack: number,
    flags: number,
    options: Buffer,
    data: number,
  ): void {
    const b = this.#buffer;
    const header = TCP + options.length;
    const total = IP + header + data;
    const length = ETHERNET + total;
    if (this.#at + length + 64 > b.length) this.flush();
    this.#microseconds += 4 + Math.floor(this.#random() * 16);
    const micro = 1_700_000_000_000_000 + this.#microseconds;
    const padding = this.#ng ? -length & 3 : 0;
    if (this.#ng) {
      for (const word of [6, 32 + length + padding, 0, micro / 4_294_967_296, micro % 4_294_967_296, length, length])
        this.#word(word);
    } else {
      for (const word of [micro / 1e6, micro % 1e6, length, length]) this.#word(word);
    }
    const p = this.#at;
    b.writeUIntBE(0x020000000001, p, 6);
    b.writeUIntBE(0x020000000002, p + 6, 6);
    b.writeUInt16BE(0x0800, p + 12);
    const ip = p + ETHERNET;
    this.#id = (this.#id + 1) & 0xffff;
    b.writeUInt32BE(0x45000000 | total, ip);
    b.writeUInt32BE(((this.#id << 16) | 0x4000) >>> 0, ip + 4);
    b.writeUInt32BE(0x40060000, ip + 8);
    b.writeUInt32BE(from, ip + 12);
    b.writeUInt32BE(to, ip + 16);
    b.writeUInt16BE(checksum(b, ip, IP), ip + 10);
    const tcp = ip + IP;
    b.writeUInt32BE(ports, tcp);
    b.writeUInt32BE(seq, tcp + 4);
    b.writeUInt32BE(ack, tcp + 8);
    b.writeUInt16BE(((header >> 2) << 12) | flags, tcp + 12);
    b.writeUInt16BE(502, tcp + 14);
    b.writeUInt32BE((seq & 0xffff0000) >>> 0, tcp + 16);
    options.copy(b, tcp + TCP);
    this.#at += length;
    if (this.#ng) {
      b.fill(0, this.#at, this.#at + padding);
      this.#at += padding;
      this.#word(32 + length + padding);
    }
    this.packets += 1;
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
  client: number;
  server: number;
  out: number;
  back: number;
  mine: number;
  theirs: number;
  step: number;
  left: number;
  most: number;
}

const stamps = Buffer.from([1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1]);
const synOptions = (mss: number): Buffer =>
  Buffer.from([2, 4, mss >> 8, mss & 255, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]);

/** Writes the file; answers its octets, packets and connections. */
export function generateCapture(
  path: string,
  traffic: Traffic,
): { octets: number; packets: number; connections: number } {
  const out = new Writer(path, traffic.format);
  let connections = 0;
  const open = (): Flow => {
    const index = connections++;
    const port = 1024 + (index % 64_000);
    const most = announced[index % announced.length]!;
    return {
      client: (0x0a000000 + Math.floor(index / 64_000)) >>> 0,
      server: (0xc0a80000 + (index % 60_000)) >>> 0,
      out: ((port << 16) | 443) >>> 0,
      back: ((443 << 16) | port) >>> 0,
      mine: Math.floor(out.random() * 4e9),
      theirs: Math.floor(out.random() * 4e9),
      step: 0,
      left: 1 + Math.floor(out.random() * traffic.segments),
      most,
    };
  };
  const flows = Array.from({ length: traffic.flows }, open);
  while (out.packets < traffic.packets) {
    const index = Math.floor(out.random() * flows.length);
    const flow = flows[index]!;
    const { client, server } = flow;
    if (flow.step === 0) {
      out.segment(client, server, flow.out, flow.mine, 0, 2, synOptions(flow.most), 0);
      flow.mine = (flow.mine + 1) >>> 0;
      out.segment(server, client, flow.back, flow.theirs, flow.mine, 18, synOptions(1460), 0);
      flow.theirs = (flow.theirs + 1) >>> 0;
      flow.step = 1;
    } else if (flow.left > 0) {
      const kind = out.random();
      const full = Math.min(flow.most - stamps.length, traffic.data ?? 65_535);
      const data = kind < 0.75 ? full : kind < 0.9 ? Math.min(540, full) : 1 + Math.floor(out.random() * full);
      out.segment(server, client, flow.back, flow.theirs, flow.mine, 16, stamps, data);
      flow.theirs = (flow.theirs + data) >>> 0;
      out.segment(client, server, flow.out, flow.mine, flow.theirs, 16, stamps, 0);
      flow.left -= 1;
    } else {
      out.segment(server, client, flow.back, flow.theirs, flow.mine, 17, stamps, 0);
      out.segment(client, server, flow.out, flow.mine, (flow.theirs + 1) >>> 0, 17, stamps, 0);
      flows[index] = open();
    }
  }
  out.close();
  return { octets: out.octets, packets: out.packets, connections };
}

if (process.argv[1]?.endsWith('generate-capture.ts')) {
  const [path, packets, flows, format, segments] = process.argv.slice(2);
  if (!path) throw new Error('tsx bench/generate-capture.ts FILE [PACKETS] [FLOWS] [pcap|pcapng] [PACKETS A FLOW]');
  const traffic: Traffic = {
    packets: Number(packets ?? usual.packets),
    flows: Number(flows ?? usual.flows),
    format: format === 'pcapng' ? 'pcapng' : 'pcap',
    segments: Number(segments ?? usual.segments),
  };
  console.log(path, generateCapture(path, traffic));
}
