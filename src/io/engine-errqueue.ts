import { networkInterfaces } from 'node:os';
import { MtucalcError } from '../error.js';
import { Bytes } from '../packet/bytes.js';
import { ICMP_HEADER, ICMP_TYPE } from '../packet/icmp.js';
import { ICMPV6_TYPE } from '../packet/icmpv6.js';
import { ipv4Octets } from '../packet/ipv4.js';
import { ipv6Octets } from '../packet/ipv6.js';
import { type Probe, type ProbeEngine, type ProbeProtocol, type ProbeReply, UNASKED } from '../probe/engine.js';
import { echoData, headersOf, markUdp } from '../probe/packets.js';
import type { EngineOptions } from './engine-options.js';
import { Flight } from './flight.js';
import { type Libc, loadLibc, type Received } from './libc.js';
import { readQueued } from './queued-error.js';

/** Linux, <linux/in.h>, <linux/in6.h>, <asm-generic/errno.h>. */
export const AF = { 4: 2, 6: 10 } as const;
export const SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0o4000 | 0o2000000;
const SOL_SOCKET = 1,
  SO_BINDTODEVICE = 25;
export const IP = { level: 0, ttl: 2, discover: 10, errors: 11, receiveTtl: 12, receiveFragment: 25 } as const;
export const IPV6 = { level: 41, ttl: 16, discover: 23, errors: 25, receiveTtl: 51, receiveFragment: 77 } as const;
/** Type of the ancillary item that IP_RECVTTL and IPV6_RECVHOPLIMIT ask for. */
export const LEFT = { 4: 2, 6: 52 } as const;
export const PMTUDISC_PROBE = 3;
export const MSG_ERRQUEUE = 0x2000;
export const EMSGSIZE = 90;

/**
 * Datagram ICMP and UDP sockets of an ordinary user; ICMP errors are read from the socket's error queue (ip(7)).
 * IP_PMTUDISC_PROBE sets DF and leaves the kernel's path MTU cache out of it.
 */
export async function openErrqueue(options: EngineOptions): Promise<ProbeEngine> {
  const libc = await loadLibc();
  const { family, source, device } = options;
  const open = (protocol: ProbeProtocol): number => {
    const number = protocol === 'udp' ? 17 : family === 4 ? 1 : 58;
    const fd = libc.socket(AF[family], SOCK_DGRAM_NONBLOCK_CLOEXEC, number);
    if (fd < 0) return fd;
    const names = family === 4 ? IP : IPV6;
    libc.setOption(fd, names.level, names.discover, PMTUDISC_PROBE);
    for (const option of [names.errors, names.receiveTtl, names.receiveFragment])
      libc.setOption(fd, names.level, option, 1);
    if (device !== undefined) libc.setOption(fd, SOL_SOCKET, SO_BINDTODEVICE, Buffer.from(`${device}\0`));
    libc.bind(fd, socketAddress(family, source, 0, device));
    return fd;
  };
  const sockets = new Map<ProbeProtocol, number>();
  for (const protocol of ['icmp', 'udp'] as const) {
    const fd = open(protocol);
    if (fd >= 0) sockets.set(protocol, fd);
  }
  if (sockets.size === 0) {
    throw new MtucalcError('no-engine', 'neither an ICMP nor a UDP socket could be opened', 'mtucalc doctor shows why');
  }
  return new ErrqueueEngine(libc, sockets, options, open);
}

class ErrqueueEngine implements ProbeEngine {
  readonly id = 'errqueue';
  readonly quotes = false;
  readonly blindTo: readonly string[];
  readonly protocols: readonly ProbeProtocol[];
  readonly #libc: Libc;
  readonly #sockets: ReadonlyMap<ProbeProtocol, number>;
  /** Sockets of other flows: each has a port of its own. */
  readonly #others = new Map<number, number>();
  readonly #open: (protocol: ProbeProtocol) => number;
  readonly #options: EngineOptions;
  readonly #flight: Flight;
  readonly #target: Buffer;

  constructor(
    libc: Libc,
    sockets: ReadonlyMap<ProbeProtocol, number>,
    options: EngineOptions,
    open: (protocol: ProbeProtocol) => number,
  ) {
    this.#libc = libc;
    this.#open = open;
    this.#sockets = sockets;
    this.#options = options;
    this.#flight = new Flight(options.pps);
    this.#target = socketAddress(options.family, options.address, 0, options.device);
    this.protocols = [...sockets.keys()];
    this.blindTo = [
      ...(options.family === 4 ? ['a router that clears DF and fragments (no quoted headers)'] : []),
      'a rewritten MSS',
      ...(sockets.has('icmp') ? [] : ['ICMP echo (net.ipv4.ping_group_range keeps this user out), so UDP is used']),
    ];
  }

  async send(probes: readonly Probe[], timeoutMs: number): Promise<readonly ProbeReply[]> {
    this.#drain();
    const timer = setInterval(() => this.#drain(), 1);
    try {
      return await this.#flight.send(probes, timeoutMs, (probe, number) => this.#transmit(probe, number));
    } finally {
      clearInterval(timer);
    }
  }

  late() {
    this.#drain();
    return this.#flight.late();
  }

  async close(): Promise<void> {
    for (const [, fd] of this.#all()) this.#libc.close(fd);
  }

  #all(): (readonly [ProbeProtocol, number])[] {
    return [...this.#sockets, ...[...this.#others.values()].map((fd) => ['udp', fd] as const)];
  }

  /** Only UDP has ports to tell flows apart. */
  #socket(protocol: ProbeProtocol, flow: number): number | undefined {
    if (flow === 0 || protocol !== 'udp') return flow === 0 ? this.#sockets.get(protocol) : undefined;
    const known = this.#others.get(flow) ?? this.#open('udp');
    if (known < 0) return undefined;
    this.#others.set(flow, known);
    return known;
  }

  #transmit({ size, ttl, protocol, port, flow = 0 }: Probe, number: number): ProbeReply | undefined {
    const { family, ports, localMtu } = this.#options;
    const fd = this.#socket(protocol, flow);
    if (fd === undefined) return UNASKED;
    const names = family === 4 ? IP : IPV6;
    this.#libc.setOption(fd, names.level, names.ttl, ttl);
    const data = protocol === 'icmp' ? echo(family, size, number) : datagram(family, size, number);
    this.#target.writeUInt16BE(protocol === 'icmp' ? 0 : (port ?? ports.udp), 2);
    // An ICMP error that came meanwhile is handed to the next send: read the queue, send again.
    for (let attempt = 0; attempt < 8; attempt++) {
      const result = this.#libc.sendTo(fd, data, this.#target);
      if (result >= 0) return undefined;
      const mtu = this.#drain();
      // A PTB that came meanwhile gives EMSGSIZE as well; only our own host's refusal comes with an entry of its own.
      if (result === -EMSGSIZE && (mtu !== undefined || attempt === 7)) {
        const known = mtu ?? localMtu;
        return { kind: 'too-big-here', mtu: known !== null && known < size ? known : null };
      }
      if (attempt === 7) return { kind: 'unreachable', from: 'this host', code: -result };
    }
    return undefined;
  }

  /** Reads everything that waits. @returns the MTU our own host named, where it did. */
  #drain(): number | undefined {
    let here: number | undefined;
    for (const [protocol, fd] of this.#all()) {
      for (let item = this.#libc.receive(fd, MSG_ERRQUEUE); item; item = this.#libc.receive(fd, MSG_ERRQUEUE)) {
        const error = readQueued(this.#options.family, item);
        if (!error) continue;
        if (error === 'local' || 'here' in error) {
          if (error !== 'local') here = error.here;
          continue;
        }
        const number = numberIn(protocol, item.data) ?? this.#flight.only(protocol);
        if (number !== undefined) this.#flight.answer(number, error.reply(protocol === 'udp', this.#options.address));
      }
      for (let item = this.#libc.receive(fd, 0); item; item = this.#libc.receive(fd, 0)) this.#arrived(protocol, item);
    }
    return here;
  }

  #arrived(protocol: ProbeProtocol, { data, control }: Received): void {
    const { family, address } = this.#options;
    const names = family === 4 ? IP : IPV6;
    const item = (type: number): number | undefined =>
      control.find((one) => one.level === names.level && one.type === type)?.data.readInt32LE(0);
    const [ttl, fragment] = [item(LEFT[family]), item(names.receiveFragment)];
    const reply: ProbeReply = {
      kind: 'arrived',
      rttMs: 0,
      from: address,
      ...(protocol === 'icmp' ? { octets: data.length + headersOf(family, 'icmp') - ICMP_HEADER } : {}),
      ...(ttl === undefined ? {} : { ttl }),
      ...(fragment ? { fragment } : {}),
    };
    const echoReply = family === 4 ? ICMP_TYPE.echoReply : ICMPV6_TYPE.echoReply;
    const number =
      protocol === 'udp' ? this.#flight.only('udp') : data[0] === echoReply ? numberIn('icmp', data) : undefined;
    if (number !== undefined) this.#flight.answer(number, reply);
  }
}

/** Echo request; the kernel fills in the identifier and the checksum. */
function echo(family: 4 | 6, size: number, number: number): Buffer {
  const length = size - (headersOf(family, 'icmp') - ICMP_HEADER);
  const data = Buffer.alloc(length);
  data[0] = family === 4 ? ICMP_TYPE.echo : ICMPV6_TYPE.echo;
  data.writeUInt16BE(number, 6);
  data.set(echoData(family, length, number), ICMP_HEADER);
  return data;
}

function datagram(family: 4 | 6, size: number, number: number): Buffer {
  const data = Buffer.alloc(size - headersOf(family, 'udp'));
  markUdp(new Bytes(data), number);
  return data;
}

/** Number of the probe in an echo, or in the payload of a quoted datagram; undefined where the quote is too short. */
function numberIn(protocol: ProbeProtocol, data: Buffer): number | undefined {
  const at = protocol === 'icmp' ? 6 : 0;
  return data.length >= at + 2 ? data.readUInt16BE(at) : undefined;
}

/** struct sockaddr_in, struct sockaddr_in6; link-local addresses need the number of their interface. */
export function socketAddress(family: 4 | 6, address: string, port: number, device?: string): Buffer {
  const bytes = Buffer.alloc(family === 4 ? 16 : 28);
  const [bare = '', zone = device] = address.split('%');
  bytes.writeUInt16LE(AF[family], 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(family === 4 ? ipv4Octets(bare) : ipv6Octets(bare), family === 4 ? 4 : 8);
  if (family === 6 && zone !== undefined && /^fe80:/i.test(bare)) {
    const scope = networkInterfaces()[zone]?.find((one) => one.family === 'IPv6' && one.scopeid !== 0)?.scopeid;
    bytes.writeUInt32LE(scope ?? 0, 24);
  }
  return bytes;
}
