import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { readIcmp, readTcp } from '../probe/answers.js';
import type { Probe, ProbeEngine, ProbeReply } from '../probe/engine.js';
import { emitProbe, type Flow, flowOf } from '../probe/packets.js';
import type { EngineOptions } from './engine-options.js';
import { Flight } from './flight.js';
import { openRawPair, releaseRawPair } from './raw-sockets.js';

/**
 * Whole IP packets on raw sockets; needs CAP_NET_RAW. Headers are ours (HDRINCL), and IP_PMTUDISC_INTERFACE keeps the
 * kernel's path MTU cache out of it: with any other value HDRINCL obeys the cache.
 */
export async function openRaw(options: EngineOptions): Promise<ProbeEngine> {
  const { family, address, source, device, pps, ports, localMtu } = options;
  const pair = await openRawPair(family, device);
  const { icmp, tcp } = pair;
  const zoned = device !== undefined && /^fe80:/i.test(source) ? `${source.split('%')[0]}%${device}` : source;
  const udp = await ownPort(family, zoned).catch((error) => {
    releaseRawPair(pair);
    throw error;
  });
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
      releaseRawPair(pair);
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
