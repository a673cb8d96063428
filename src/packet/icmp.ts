/** Internet Control Message Protocol, RFC 792; the next-hop MTU of destination unreachable code 4 is RFC 1191 §4. */
import type { Bytes } from './bytes.js';
import { checksum } from './checksum.js';
import { fillMessage, ICMP_FIELD, type IcmpMessage, type IcmpNumbers, parseMessage } from './icmp-message.js';

export { ICMP_HEADER, type IcmpMessage } from './icmp-message.js';

/** In a destination unreachable of code 4. */
export const NEXT_HOP_FIELD = { nextHopMtu: 6 } as const;
export const ICMP_TYPE = {
  echoReply: 0,
  unreachable: 3,
  /** RFC 6633 ended it. */
  sourceQuench: 4,
  redirect: 5,
  echo: 8,
  timeExceeded: 11,
  parameterProblem: 12,
} as const;
/** Code of destination unreachable: fragmentation needed and DF set. */
export const FRAGMENTATION_NEEDED = 4;

const numbers: IcmpNumbers = {
  name: 'ICMP',
  type: { ...ICMP_TYPE, tooBig: ICMP_TYPE.unreachable },
  tooBigCode: FRAGMENTATION_NEEDED,
  mtu: (bytes) => bytes.u16(NEXT_HOP_FIELD.nextHopMtu),
  putMtu: (into, mtu) => into.put16(NEXT_HOP_FIELD.nextHopMtu, mtu),
};

/** @throws LengthError where fewer than 8 octets are there. */
export const parseIcmp = (bytes: Bytes): IcmpMessage => parseMessage(bytes, numbers);

/** Fills the whole of `into`: header, then data or quote; the checksum covers all of it. */
export function emitIcmp(message: IcmpMessage, into: Bytes): void {
  fillMessage(message, into, numbers);
  into.put16(ICMP_FIELD.checksum, checksum(into.octets));
}
