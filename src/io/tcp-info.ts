import { readFile } from 'node:fs/promises';
import type { Libc } from './libc.js';

/** Linux, <netinet/tcp.h>. */
export const IPPROTO_TCP = 6;
export const TCP_MAXSEG = 2;
const TCP_INFO = 11;
const LONGEST = 512;
/**
 * Offsets of struct tcp_info, <linux/tcp.h>; the first 104 octets are there since Linux 2.6, `bytesAcked` since 4.1.
 */
const OFFSET = {
  options: 5,
  sndMss: 16,
  rcvMss: 20,
  unacked: 24,
  sacked: 28,
  pmtu: 60,
  rtt: 68,
  advmss: 84,
  bytesAcked: 120,
} as const;
const TIMESTAMPS = 1;
/** Octets that timestamps take in every segment, RFC 7323 with two octets of padding. */
const TIMESTAMP_OCTETS = 12;

/** What the kernel knows of one connection. Octets, milliseconds. */
export interface TcpInfo {
  /** Data in one segment, timestamps not counted. */
  readonly sendMss: number;
  /** Data in one segment and the timestamps beside it: MTU less the fixed headers. */
  readonly sendMax: number;
  readonly receiveMax: number;
  /** Path MTU this connection reckons with. */
  readonly pathMtu: number;
  /** MSS in our own SYN or SYN/ACK. */
  readonly announced: number;
  readonly unacknowledged: number;
  readonly sacked: number;
  /** Octets acknowledged, the SYN counted as one. */
  readonly acknowledged: number;
  readonly rttMs: number;
}

/** Undefined where the descriptor is gone, or the kernel too old to count what was acknowledged. */
export function tcpInfo(libc: Libc, fd: number): TcpInfo | undefined {
  const info = libc.getOption(fd, IPPROTO_TCP, TCP_INFO, LONGEST);
  if (info === undefined || info.length < OFFSET.bytesAcked + 8) return undefined;
  const u32 = (at: number): number => info.readUInt32LE(at);
  const stamps = ((info[OFFSET.options] as number) & TIMESTAMPS) === 0 ? 0 : TIMESTAMP_OCTETS;
  return {
    sendMss: u32(OFFSET.sndMss),
    sendMax: u32(OFFSET.sndMss) + stamps,
    receiveMax: u32(OFFSET.rcvMss) + stamps,
    pathMtu: u32(OFFSET.pmtu),
    announced: u32(OFFSET.advmss) + stamps,
    unacknowledged: u32(OFFSET.unacked),
    sacked: u32(OFFSET.sacked),
    acknowledged: Number(info.readBigUInt64LE(OFFSET.bytesAcked)),
    rttMs: u32(OFFSET.rtt) / 1000,
  };
}

/** The value of net.ipv4.tcp_mtu_probing with which every connection starts with small segments, ip-sysctl. */
export const ALWAYS_PROBING = 2;

/** net.ipv4.tcp_mtu_probing of this host, for IPv6 too: 0 off, 1 once a black hole is suspected, 2 always. */
export const mtuProbing = async (): Promise<number> =>
  Number.parseInt(await readFile('/proc/sys/net/ipv4/tcp_mtu_probing', 'utf8').catch(() => '0'), 10);
