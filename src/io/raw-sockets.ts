import { MtucalcError } from '../error.js';

/** What is used of raw-socket, which has no types of its own. */
export interface RawSocket {
  send(buffer: Buffer, offset: number, length: number, address: string, after: (error: Error | null) => void): void;
  setOption(level: number, option: number, value: number | Buffer, length?: number): void;
  on(event: 'message', listener: (message: Buffer, source: string) => void): void;
  on(event: 'error', listener: (error: Error | undefined) => void): void;
  removeAllListeners(event: 'message'): void;
  close(): void;
}
interface RawModule {
  createSocket(options: { protocol: number; addressFamily: 1 | 2; bufferSize: number }): RawSocket;
}

/** What the raw engine needs for one target: `icmp` sends all packets and hears ICMP, `tcp` hears TCP. */
export interface RawPair {
  readonly family: 4 | 6;
  readonly device: string | undefined;
  readonly icmp: RawSocket;
  readonly tcp: RawSocket;
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

/** Opened while this process was root, for engines that open when it is no more; used again and again. */
const reserve: RawPair[] = [];
let keeps = false;
const broken = new WeakSet<RawPair>();

/** @throws MtucalcError `privilege` without CAP_NET_RAW, and what the import throws where raw-socket is not there. */
export async function openRawPair(family: 4 | 6, device: string | undefined): Promise<RawPair> {
  const raw = await loadRawSocket();
  const kept = reserve.findIndex((pair) => pair.family === family && pair.device === device);
  const [pair] = kept < 0 ? [] : reserve.splice(kept, 1);
  if (pair) return pair;
  const open = (protocol: number): RawSocket => {
    try {
      return raw.createSocket({ protocol, addressFamily: family === 4 ? 1 : 2, bufferSize: 65535 });
    } catch (error) {
      throw new MtucalcError(
        'privilege',
        `a raw socket was refused: ${(error as Error).message}`,
        'run as root, or let a node of your own open raw sockets: mtucalc doctor shows how; or --engine errqueue',
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
  const made = { family, device, icmp, tcp };
  // raw-socket closes a socket with an error by itself.
  for (const socket of [icmp, tcp]) socket.on('error', () => broken.add(made));
  return made;
}

function close({ icmp, tcp }: RawPair): void {
  icmp.close();
  tcp.close();
}

/** Opens pairs ahead. @returns how many there are now, which is fewer where the kernel refuses. */
export async function reserveRawPairs(family: 4 | 6, device: string | undefined, count: number): Promise<number> {
  const pairs: RawPair[] = [];
  try {
    for (let i = 0; i < count; i++) pairs.push(await openRawPair(family, device));
  } catch {
    // No family, no package, no right: whoever opens an engine later hears why.
  }
  reserve.push(...pairs);
  keeps ||= pairs.length > 0;
  return pairs.length;
}

/** A pair whose engine is done: back into the reserve, or closed where there is none. */
export function releaseRawPair(pair: RawPair): void {
  if (!keeps || broken.has(pair)) {
    close(pair);
    return;
  }
  pair.icmp.removeAllListeners('message');
  pair.tcp.removeAllListeners('message');
  reserve.push(pair);
}

/** Nothing more will be measured. */
export function closeReserve(): void {
  keeps = false;
  for (const pair of reserve.splice(0)) close(pair);
}
