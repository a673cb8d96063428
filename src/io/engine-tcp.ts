import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { MtucalcError } from '../error.js';
import { IPV4_HEADER } from '../packet/ipv4.js';
import { IPV6_HEADER } from '../packet/ipv6.js';
import { TCP_HEADER_MINIMUM } from '../packet/tcp.js';
import {
  type LateReply,
  type Probe,
  type ProbeEngine,
  type ProbeReply,
  SILENCE,
  UNASKED,
  UNNAMED,
} from '../probe/engine.js';
import { clientHello, paddedRequest } from './client-hello.js';
import type { EngineOptions } from './engine-options.js';
import { type Libc, loadLibc } from './libc.js';
import { descriptorOf } from './socket-descriptor.js';
import { ALWAYS_PROBING, IPPROTO_TCP, mtuProbing, TCP_MAXSEG, type TcpInfo, tcpInfo } from './tcp-info.js';

/** Connections at once: more would trip limits on SYNs. */
const LANES = 4;
/** Octets behind the full segment: they arrive where the full one does not, and make the receiver say so at once. */
const TAIL = 120;
/** Between looks at TCP_INFO, milliseconds. */
const LOOK = 4;
const HTTP = 80,
  SSH = 22;
/** First octets of what only ever answers: TLS records (alert, handshake), and `HTTP`. */
const ANSWERS = [21, 22, 0x48] as const as readonly number[];
const SOL_SOCKET = 1,
  SO_BINDTODEVICE = 25;

/**
 * Ordinary TCP connections of an ordinary user: TCP_MAXSEG before connect bounds the segments of both sides, TCP_INFO
 * tells what was acknowledged. One probe is one connection with one full segment and a short one behind it.
 * @throws MtucalcError for port 22, where data trips guards, and where this host sizes segments by itself.
 */
export async function openTcp(options: EngineOptions): Promise<ProbeEngine> {
  const { family, ports } = options;
  const libc = await loadLibc();
  if (ports.tcp === SSH)
    throw new MtucalcError(
      'impossible',
      'port 22 is never sent data: guards such as fail2ban count it',
      'name another open port with --port',
    );
  const own = await mtuProbing();
  if (own === ALWAYS_PROBING) {
    throw new MtucalcError(
      'no-engine',
      'net.ipv4.tcp_mtu_probing is 2: this host starts every connection with small segments',
      'sysctl -w net.ipv4.tcp_mtu_probing=0 while measuring, or --engine errqueue',
    );
  }
  const late: LateReply[] = [];
  const open = new Set<Socket>();
  let closed = false;
  return {
    id: 'tcp',
    blindTo: [
      ...(family === 4 ? ['a router that clears DF and fragments'] : []),
      'a rewritten MSS, except the one in the answer',
      'whether a proxy on the way answers in the name of the target',
      ...(own === 1
        ? ['(net.ipv4.tcp_mtu_probing is 1 here: connections of this host shrink by themselves after some seconds)']
        : []),
    ],
    protocols: ['tcp'],
    quotes: false,
    connections: true,
    async send(probes, timeoutMs) {
      const replies = new Array<ProbeReply>(probes.length).fill(SILENCE);
      let next = 0;
      const lane = async (): Promise<void> => {
        for (let i = next++; i < probes.length && !closed; i = next++)
          replies[i] = await one(libc, probes[i] as Probe, timeoutMs, options, open);
      };
      await Promise.all(Array.from({ length: Math.min(LANES, probes.length) }, lane));
      return replies;
    },
    late: () => late.splice(0),
    async close() {
      closed = true;
      for (const socket of open) end(socket);
    },
  };
}

async function one(
  libc: Libc,
  { size, port }: Probe,
  timeoutMs: number,
  options: EngineOptions,
  open: Set<Socket>,
): Promise<ProbeReply> {
  const { family, address, source, device, ports } = options;
  const headers = (family === 4 ? IPV4_HEADER : IPV6_HEADER) + TCP_HEADER_MINIMUM;
  const to = port ?? ports.tcp;
  const zoned = (text: string): string => (/^fe80:/i.test(text) && device ? `${text.split('%')[0]}%${device}` : text);
  // A local address makes Node bind, so that the descriptor is there one step before connect(2).
  const socket = connect({
    host: zoned(address),
    port: to,
    localAddress: zoned(source),
    noDelay: true,
    autoSelectFamily: false,
  });
  open.add(socket);
  try {
    let refused = 0;
    socket.once('connectionAttempt', () => {
      const fd = descriptorOf(socket);
      if (device !== undefined) libc.setOption(fd, SOL_SOCKET, SO_BINDTODEVICE, Buffer.from(`${device}\0`));
      refused = libc.setOption(fd, IPPROTO_TCP, TCP_MAXSEG, size - headers);
    });
    const connected = await Promise.race([
      new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('error', () => resolve(false));
      }),
      pause(timeoutMs, false),
    ]);
    socket.on('error', () => {});
    let spoken: number | undefined;
    socket.on('data', (data) => {
      spoken ??= data[0];
    });
    const first = connected && refused >= 0 ? tcpInfo(libc, descriptorOf(socket)) : undefined;
    if (first === undefined) return UNASKED;
    const sends = first.sendMax + headers;
    if (sends < size) return smallerThanAsked(first, size, sends);
    const length = first.sendMss + TAIL;
    socket.write(to === HTTP ? paddedRequest(address, length) : clientHello(length));
    return await watch(libc, socket, first, size, headers, timeoutMs, address, () => spoken);
  } finally {
    open.delete(socket);
    end(socket);
  }
}

/** A reset, so that nothing lingers; one that is still connecting would wait for that first. */
const end = (socket: Socket): unknown => (socket.connecting ? socket.destroy() : socket.resetAndDestroy());

/** The segment cannot be that long: a PTB is remembered here, or the other end announced less. */
function smallerThanAsked({ pathMtu, sendMax }: TcpInfo, size: number, sends: number): ProbeReply {
  if (pathMtu < size && sends >= pathMtu) return { kind: 'too-big-here', mtu: pathMtu, remembered: true };
  return { kind: 'too-big-here', mtu: sends, peerMss: sendMax };
}

/** Until the full segment is acknowledged, a PTB shrinks the connection, or the time is over. */
async function watch(
  libc: Libc,
  socket: Socket,
  begun: TcpInfo,
  size: number,
  headers: number,
  timeoutMs: number,
  from: string,
  spoken: () => number | undefined,
): Promise<ProbeReply> {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    await pause(LOOK);
    const now = tcpInfo(libc, descriptorOf(socket));
    if (now === undefined) {
      // Closed by the other end: what answers a ClientHello or a request has read the full segment before.
      const first = spoken();
      return first !== undefined && ANSWERS.includes(first) ? { kind: 'arrived', rttMs: begun.rttMs, from } : SILENCE;
    }
    if (now.pathMtu < size) return { kind: 'too-big', from: UNNAMED, nextHopMtu: now.pathMtu };
    // Smaller segments than at first are no proof for the size.
    if (now.sendMss < begun.sendMss) break;
    if (now.acknowledged > begun.sendMss) {
      const back = now.receiveMax + headers === size ? { octets: size } : {};
      return { kind: 'arrived', rttMs: Math.round(now.rttMs * 1000) / 1000, from, ...back };
    }
  }
  return SILENCE;
}
