/** Internet Control Message Protocol, RFC 792; the next-hop MTU of destination unreachable code 4 is RFC 1191 §4. */
import type { Bytes } from './bytes.js';
import { checksum } from './checksum.js';

const TYPE = 0,
  CODE = 1,
  CHECKSUM = 2,
  IDENTIFIER = 4,
  SEQUENCE = 6,
  NEXT_HOP_MTU = 6;
/** Before the data of an echo, and before the quoted packet of an error. */
export const ICMP_HEADER = 8;
export const ICMP_TYPE = { echoReply: 0, unreachable: 3, echo: 8, timeExceeded: 11, parameterProblem: 12 } as const;
/** Code of destination unreachable: fragmentation needed and DF set. */
export const FRAGMENTATION_NEEDED = 4;

/** `quote` is the beginning of the packet the error is about: its IP header and 8 octets or more (RFC 1812 §4.3.2.3). */
export type IcmpMessage =
  | {
      readonly kind: 'echo' | 'echo-reply';
      readonly identifier: number;
      readonly sequence: number;
      readonly data: Bytes;
    }
  | {
      readonly kind: 'too-big' /** 0 from routers older than RFC 1191. */;
      readonly nextHopMtu: number;
      readonly quote: Bytes;
    }
  | {
      readonly kind: 'unreachable' | 'time-exceeded' | 'parameter-problem';
      readonly code: number;
      readonly quote: Bytes;
    }
  | { readonly kind: 'unknown'; readonly type: number; readonly code: number; readonly body: Bytes };

export function parseIcmp(bytes: Bytes): IcmpMessage {
  bytes.need(ICMP_HEADER, 'ICMP header');
  const type = bytes.u8(TYPE);
  const code = bytes.u8(CODE);
  const rest = bytes.part(ICMP_HEADER);
  switch (type) {
    case ICMP_TYPE.echo:
    case ICMP_TYPE.echoReply: {
      const kind = type === ICMP_TYPE.echo ? 'echo' : 'echo-reply';
      return { kind, identifier: bytes.u16(IDENTIFIER), sequence: bytes.u16(SEQUENCE), data: rest };
    }
    case ICMP_TYPE.unreachable:
      return code === FRAGMENTATION_NEEDED
        ? { kind: 'too-big', nextHopMtu: bytes.u16(NEXT_HOP_MTU), quote: rest }
        : { kind: 'unreachable', code, quote: rest };
    case ICMP_TYPE.timeExceeded:
      return { kind: 'time-exceeded', code, quote: rest };
    case ICMP_TYPE.parameterProblem:
      return { kind: 'parameter-problem', code, quote: rest };
    default:
      return { kind: 'unknown', type, code, body: bytes.part(4) };
  }
}

/** Fills the whole of `into`: header, then data or quote; the checksum covers all of it. */
export function emitIcmp(message: IcmpMessage, into: Bytes): void {
  into.need(ICMP_HEADER, 'ICMP header');
  into.octets.fill(0);
  const [type, code] = typeAndCode(message);
  into.put8(TYPE, type);
  into.put8(CODE, code);
  if ('data' in message) {
    into.put16(IDENTIFIER, message.identifier);
    into.put16(SEQUENCE, message.sequence);
    into.putAll(ICMP_HEADER, message.data.octets);
  } else if ('body' in message) {
    into.putAll(4, message.body.octets);
  } else {
    if (message.kind === 'too-big') into.put16(NEXT_HOP_MTU, message.nextHopMtu);
    into.putAll(ICMP_HEADER, message.quote.octets);
  }
  into.put16(CHECKSUM, checksum(into.octets));
}

function typeAndCode(message: IcmpMessage): readonly [number, number] {
  switch (message.kind) {
    case 'echo':
      return [ICMP_TYPE.echo, 0];
    case 'echo-reply':
      return [ICMP_TYPE.echoReply, 0];
    case 'too-big':
      return [ICMP_TYPE.unreachable, FRAGMENTATION_NEEDED];
    case 'unreachable':
      return [ICMP_TYPE.unreachable, message.code];
    case 'time-exceeded':
      return [ICMP_TYPE.timeExceeded, message.code];
    case 'parameter-problem':
      return [ICMP_TYPE.parameterProblem, message.code];
    case 'unknown':
      return [message.type, message.code];
  }
}
