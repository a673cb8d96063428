import { ipv4Text, ipv6Text } from '../packet/address.js';
import { FRAGMENTATION_NEEDED, ICMP_TYPE } from '../packet/icmp.js';
import { ICMPV6_TYPE } from '../packet/icmpv6.js';
import type { ProbeReply } from '../probe/engine.js';
import type { Received } from './libc.js';

/** struct sock_extended_err, <linux/errqueue.h>; the offender's address follows. */
const ERRNO = 0,
  ORIGIN = 4,
  TYPE = 5,
  CODE = 6,
  INFO = 8,
  OFFENDER = 16;
const ORIGIN_LOCAL = 1;
const EMSGSIZE = 90;
/** Level and type of the ancillary item, and of the item with the TTL of the ICMP error itself. */
const ITEM = { 4: { level: 0, type: 11, ttl: 2 }, 6: { level: 41, type: 25, ttl: 52 } } as const;
const PORT_UNREACHABLE = { 4: 3, 6: 4 } as const;

/** `reply` needs to know whether a port was asked, and whom. */
export type Queued = 'local' | { readonly here: number } | { reply(udp: boolean, target: string): ProbeReply };

/** One entry of the error queue; undefined where it is none. */
export function readQueued(family: 4 | 6, { control }: Received): Queued | undefined {
  const names = ITEM[family];
  const data = control.find(({ level, type }) => level === names.level && type === names.type)?.data;
  if (!data || data.length < OFFENDER) return undefined;
  const info = data.readUInt32LE(INFO);
  if (data[ORIGIN] === ORIGIN_LOCAL)
    return data.readUInt32LE(ERRNO) === EMSGSIZE && info > 0 ? { here: info } : 'local';
  const [type, code] = [data[TYPE], data[CODE] as number];
  const room = family === 4 ? OFFENDER + 8 : OFFENDER + 24;
  const from = data.length < room ? '' : family === 4 ? ipv4Text(data, OFFENDER + 4) : ipv6Text(data, OFFENDER + 8);
  const left = control.find((item) => item.level === names.level && item.type === names.ttl)?.data.readInt32LE(0);
  const ttl = left === undefined ? {} : { ttl: left };
  return {
    reply(udp, target) {
      const tooBig =
        family === 4 ? type === ICMP_TYPE.unreachable && code === FRAGMENTATION_NEEDED : type === ICMPV6_TYPE.tooBig;
      if (tooBig) return { kind: 'too-big', from, nextHopMtu: info || null, ...ttl };
      if (type === (family === 4 ? ICMP_TYPE.timeExceeded : ICMPV6_TYPE.timeExceeded)) return { kind: 'hop', from };
      if (udp && from === target && code === PORT_UNREACHABLE[family])
        return { kind: 'arrived', rttMs: 0, from, ...ttl };
      return { kind: 'unreachable', from, code };
    },
  };
}
