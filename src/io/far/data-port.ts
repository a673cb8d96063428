import type { Server, Socket } from 'node:net';
import type { ArrivedSyn } from '../../probe/far/message.js';
import { readSavedSyn } from '../../probe/far/saved-syn.js';
import type { Libc } from '../libc.js';
import { descriptorOf } from '../socket-descriptor.js';
import { IPPROTO_TCP, type TcpInfo, tcpInfo } from '../tcp-info.js';

/** Linux, <linux/tcp.h>. */
const TCP_SAVE_SYN = 27,
  TCP_SAVED_SYN = 28;
/** An IP header and a TCP header with all their options. */
const LONGEST_SYN = 256;

/** The kernel keeps the SYN of each connection from now on. @returns whether it does. */
export const saveSyns = (libc: Libc, server: Server): boolean =>
  libc.setOption(descriptorOf(server), IPPROTO_TCP, TCP_SAVE_SYN, 1) >= 0;

/** Reading frees it: once for each connection. */
export function savedSyn(libc: Libc, socket: Socket): ArrivedSyn | null {
  const octets = libc.getOption(descriptorOf(socket), IPPROTO_TCP, TCP_SAVED_SYN, LONGEST_SYN);
  return octets && octets.length > 0 ? readSavedSyn(octets) : null;
}

export const infoOf = (libc: Libc | undefined, socket: Socket): TcpInfo | undefined =>
  libc && tcpInfo(libc, descriptorOf(socket));
