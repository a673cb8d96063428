import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { MtucalcError } from '../error.js';
import { readIcmp, readTcp } from '../probe/answers.js';
import type { Probe, ProbeEngine, ProbeReply } from '../probe/engine.js';
import { emitProbe, type Flow, flowOf } from '../probe/packets.js';
import type { EngineOptions } from './engine-options.js';
import { Flight } from './flight.js';

/** What this file uses of raw-socket, which has no types of its own. */
interface RawSocket {
  send(buffer: Buffer, offset: number, length: number, address: string, after: (error: Error | null) => void): void;
  setOption(level: number, option: number, value: number | Buffer, length?: number): void;
  on(event: 'message', listener: (message: Buffer, source: string) => void): void;
  on(event: 'error', listener: (error: Error | undefined) => void): void;
  close(): void;
}
interface RawModule {
  createSocket(options: { protocol: number; addressFamily: 1 | 2; bufferSize: number }): RawSocket;
}

/** Linux, <linux/in.h> and <linux/in6.h>. */
const SOL_IP = 0,
  IP_HDRINCL = 3,
  IP_MTU_DISCOVER = 10,
  IP_PMTUDISC_INTERFACE = 4,
  SOL_IPV6 = 41,
  IPV6_MTU_DISCOVER = 23,
  IPV6_PMTUDISC_PROBE = 3,
  IPV6_HDRINCL = 36,
  SOL_SOCKET = 1,
  SO_BINDTODEVICE = 25;
const ICMP = 1,
  TCP = 6,
  ICMPV6 = 58;

/** The package is optional and compiled on the spot; absent on Node 24 and newer unless its nan is replaced. */
export async function loadRawSocket(): Promise<RawModule> {
  // @ts-expect-error: raw-socket has no types, and may be absent.
  const module = (await import('raw-socket')) as { default?: RawModule } & RawModule;
  return module.default ?? module;
}

/**
 * Whole IP packets on raw sockets; needs CAP_NET_RAW. Headers are ours (HDRINCL), and IP_PMTUDISC_INTERFACE keeps the
 * kernel's path MTU cache out of it: with any other value HDRINCL obeys the cache.
 */
export async function openRaw(options: EngineOptions): Promise<ProbeEngine> {
  const raw = await loadRawSocket();
  const { family, address, source, device, pps, ports, localMtu } = options;
  const open = (protocol: number): RawSocket => {
    try {
      return raw.createSocket({ protocol, addressFamily: family === 4 ? 1 : 2, bufferSize: 65535 });
    } catch (error) {
      throw new MtucalcError(
        'privilege',
        `a raw socket was refused: ${(error as Error).message}`,
        'run as root, or let node open raw sockets: mtucalc doctor shows the command; or --engine errqueue',
      );
    }
  };
  const icmp = open(family === 4 ? ICMP : ICMPV6);
  const tcp = open(TCP);
  if (family === 4) {
    icmp.setOption(SOL_IP, IP_HDRINCL, 1);
    icmp.setOption(SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_INTERFACE);
  } else {
    icmp.setOption(SOL_IPV6, IPV6_HDRINCL, 1);
    icmp.setOption(SOL_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE);
  }
  if (device !== undefined) {
    const name = Buffer.from(`${device}\0`);
    icmp.setOption(SOL_SOCKET, SO_BINDTODEVICE, name, name.length);
  }
  const udp = await ownPort(
    family,
    device !== undefined && /^fe80:/i.test(source) ? `${source.split('%')[0]}%${device}` : source,
  );
  const base: Flow = {
    family,
    source: source.split('%')[0] as string,
    destination: address,
    identifier: 1 + Math.floor(Math.random() * 0xfffe),
    sourcePort: udp.address().port,
    destinationPort: ports.udp,
    sequenceBase: Math.floor(Math.random() * 0x100000000),
  };
  const flight = new Flight(pps);
  // The flows sent so far: the measured one, and a few beside it.
  const flows = new Map<string, Flow>();
  const flowFor = (probe: Probe): Flow => {
    const key = `${probe.protocol} ${probe.flow} ${probe.port}`;
    const known = flows.get(key) ?? flowOf(base, probe, probe.protocol === 'tcp' ? ports.tcp : ports.udp);
    flows.set(key, known);
    return known;
  };
  // raw-socket hands out a slice of one shared buffer, to be read before the next message.
  icmp.on('message', (message, from) => {
    for (const flow of flows.values()) {
      const answer = readIcmp(flow, message, from);
      if (!answer) continue;
      flight.answer(answer.number, answer.reply);
      return;
    }
  });
  tcp.on('message', (message, from) => {
    for (const [key, flow] of flows) {
      const answer = readTcp(flow, message, from);
      if (!answer) continue;
      if (answer.reply.kind === 'arrived' && answer.reply.open) flows.set(key, { ...flow, ownPortEach: true });
      flight.answer(answer.number, answer.reply);
      return;
    }
  });
  udp.on('message', (_message, { address: from }) => {
    // An open UDP port does not say which packet it answers.
    const number = flight.only('udp');
    if (from === address && number !== undefined) flight.answer(number, { kind: 'arrived', rttMs: 0, from });
  });
  for (const socket of [icmp, tcp]) socket.on('error', () => {});
  const transmit = (probe: Probe, number: number): undefined => {
    const packet = Buffer.from(emitProbe(flowFor(probe), probe, number).buffer);
    icmp.send(packet, 0, packet.length, address, (error) => {
      if (error) flight.answer(number, refusal(error, probe, localMtu));
    });
  };
  return {
    id: 'raw',
    blindTo: [
      'a way back narrower than the way there, where the target lets its answers be fragmented',
      ...(family === 6 ? ['the number of hops to the target'] : []),
    ],
    protocols: ['icmp', 'udp', 'tcp'],
    quotes: true,
    send: (probes, timeoutMs) => flight.send(probes, timeoutMs, transmit),
    late: () => flight.late(),
    async close() {
      icmp.close();
      tcp.close();
      udp.close();
    },
  };
}

/** raw-socket gives the text of strerror(3) without a number; Node sets no locale, so it is English. */
function refusal({ message }: Error, { size }: Probe, localMtu: number | null): ProbeReply {
  if (/too long/i.test(message))
    return { kind: 'too-big-here', mtu: localMtu !== null && localMtu < size ? localMtu : null };
  if (/unreachable|no route/i.test(message)) return { kind: 'unreachable', from: 'this host', code: 0 };
  return { kind: 'silence' };
}

/** A UDP port of our own: keeps the kernel from answering in our name, and takes what an open port says. */
function ownPort(family: 4 | 6, source: string): Promise<DatagramSocket> {
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, source, () => {
      socket.removeListener('error', reject);
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}
