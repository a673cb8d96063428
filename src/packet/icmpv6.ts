/** ICMPv6, RFC 4443: the same questions as ICMP under other numbers; Packet Too Big is §3.2. */
import type { Bytes } from './bytes.js';
import { fold, pseudoSum, sum16 } from './checksum.js';
import { PROTOCOL_NUMBER } from './ipv4.js';
import { ipv6Octets } from './ipv6.js';

const TYPE = 0,
  CODE = 1,
  CHECKSUM = 2,
  IDENTIFIER = 4,
  SEQUENCE = 6,
  MTU = 4;
/** Before the data of an echo, and before the quoted packet of an error. */
export const ICMPV6_HEADER = 8;
export const ICMPV6_TYPE = {
  unreachable: 1,
  tooBig: 2,
  timeExceeded: 3,
  parameterProblem: 4,
  echo: 128,
  echoReply: 129,
} as const;

/** `quote` is as much of the packet the error is about as fits into 1280 octets. */
export type Icmpv6Message =
  | {
      readonly kind: 'echo' | 'echo-reply';
      readonly identifier: number;
      readonly sequence: number;
      readonly data: Bytes;
    }
  | { readonly kind: 'too-big'; readonly nextHopMtu: number; readonly quote: Bytes }
  | {
      readonly kind: 'unreachable' | 'time-exceeded' | 'parameter-problem';
      readonly code: number;
      readonly quote: Bytes;
    }
  | { readonly kind: 'unknown'; readonly type: number; readonly code: number; readonly body: Bytes };

export function parseIcmpv6(bytes: Bytes): Icmpv6Message {
  bytes.need(ICMPV6_HEADER, 'ICMPv6 header');
  const type = bytes.u8(TYPE);
  const code = bytes.u8(CODE);
  const rest = bytes.part(ICMPV6_HEADER);
  switch (type) {
    case ICMPV6_TYPE.echo:
    case ICMPV6_TYPE.echoReply: {
      const kind = type === ICMPV6_TYPE.echo ? 'echo' : 'echo-reply';
      return { kind, identifier: bytes.u16(IDENTIFIER), sequence: bytes.u16(SEQUENCE), data: rest };
    }
    case ICMPV6_TYPE.tooBig:
      return { kind: 'too-big', nextHopMtu: bytes.u32(MTU), quote: rest };
    case ICMPV6_TYPE.unreachable:
      return { kind: 'unreachable', code, quote: rest };
    case ICMPV6_TYPE.timeExceeded:
      return { kind: 'time-exceeded', code, quote: rest };
    case ICMPV6_TYPE.parameterProblem:
      return { kind: 'parameter-problem', code, quote: rest };
    default:
      return { kind: 'unknown', type, code, body: bytes.part(4) };
  }
}

/** Fills the whole of `into`; the checksum covers the pseudo-header of these addresses (RFC 4443 §2.3). */
export function emitIcmpv6(message: Icmpv6Message, into: Bytes, source: string, destination: string): void {
  into.need(ICMPV6_HEADER, 'ICMPv6 header');
  into.octets.fill(0);
  const [type, code] = typeAndCode(message);
  into.put8(TYPE, type);
  into.put8(CODE, code);
  if ('data' in message) {
    into.put16(IDENTIFIER, message.identifier);
    into.put16(SEQUENCE, message.sequence);
    into.putAll(ICMPV6_HEADER, message.data.octets);
  } else if ('body' in message) {
    into.putAll(4, message.body.octets);
  } else {
    if (message.kind === 'too-big') into.put32(MTU, message.nextHopMtu);
    into.putAll(ICMPV6_HEADER, message.quote.octets);
  }
  const pseudo = pseudoSum(ipv6Octets(source), ipv6Octets(destination), PROTOCOL_NUMBER.icmpv6, into.length);
  into.put16(CHECKSUM, fold(sum16(into.octets, pseudo)));
}

function typeAndCode(message: Icmpv6Message): readonly [number, number] {
  switch (message.kind) {
    case 'echo':
      return [ICMPV6_TYPE.echo, 0];
    case 'echo-reply':
      return [ICMPV6_TYPE.echoReply, 0];
    case 'too-big':
      return [ICMPV6_TYPE.tooBig, 0];
    case 'unreachable':
      return [ICMPV6_TYPE.unreachable, message.code];
    case 'time-exceeded':
      return [ICMPV6_TYPE.timeExceeded, message.code];
    case 'parameter-problem':
      return [ICMPV6_TYPE.parameterProblem, message.code];
    case 'unknown':
      return [message.type, message.code];
  }
}
