/** ICMPv6, RFC 4443: the same questions as ICMP under other numbers; Packet Too Big is §3.2. */
import type { Bytes } from './bytes.js';
import { fold, pseudoSum, sum16 } from './checksum.js';
import { fillMessage, ICMP_FIELD, type IcmpMessage, type IcmpNumbers, parseMessage } from './icmp-message.js';
import { PROTOCOL_NUMBER } from './ipv4.js';
import { ipv6Octets } from './ipv6.js';

export { ICMP_HEADER as ICMPV6_HEADER, type IcmpMessage as Icmpv6Message } from './icmp-message.js';

/** In a Packet Too Big. */
export const TOO_BIG_FIELD = { mtu: 4 } as const;
export const ICMPV6_TYPE = {
  unreachable: 1,
  tooBig: 2,
  timeExceeded: 3,
  parameterProblem: 4,
  echo: 128,
  echoReply: 129,
} as const;

const numbers: IcmpNumbers = {
  name: 'ICMPv6',
  type: ICMPV6_TYPE,
  tooBigCode: null,
  mtu: (bytes) => bytes.u32(TOO_BIG_FIELD.mtu),
  putMtu: (into, mtu) => into.put32(TOO_BIG_FIELD.mtu, mtu),
};

/** @throws LengthError where fewer than 8 octets are there. */
export const parseIcmpv6 = (bytes: Bytes): IcmpMessage => parseMessage(bytes, numbers);

/** Fills the whole of `into`; the checksum covers the pseudo-header of these addresses (RFC 4443 §2.3). */
export function emitIcmpv6(message: IcmpMessage, into: Bytes, source: string, destination: string): void {
  fillMessage(message, into, numbers);
  const pseudo = pseudoSum(ipv6Octets(source), ipv6Octets(destination), PROTOCOL_NUMBER.icmpv6, into.length);
  into.put16(ICMP_FIELD.checksum, fold(sum16(into.octets, pseudo)));
}
