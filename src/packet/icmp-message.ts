/** What ICMP (RFC 792) and ICMPv6 (RFC 4443) share: one layout, the same questions, two sets of numbers. */
import type { Bytes } from './bytes.js';

export const ICMP_FIELD = { type: 0, code: 1, checksum: 2, identifier: 4, sequence: 6 } as const;
/** Before the data of an echo, and before the quoted packet of an error. */
export const ICMP_HEADER = 8;
/** Where a message that is not known begins to be its own. */
const BODY = ICMP_FIELD.identifier;

/** `quote` is the beginning of the packet the error is about: its IP header and 8 octets or more. */
export type IcmpMessage =
  | {
      readonly kind: 'echo' | 'echo-reply';
      readonly identifier: number;
      readonly sequence: number;
      readonly data: Bytes;
    }
  | {
      readonly kind: 'too-big';
      /** 0 from routers older than RFC 1191. */
      readonly nextHopMtu: number;
      readonly quote: Bytes;
    }
  | {
      readonly kind: 'unreachable' | 'time-exceeded' | 'parameter-problem';
      readonly code: number;
      readonly quote: Bytes;
    }
  | { readonly kind: 'unknown'; readonly type: number; readonly code: number; readonly body: Bytes };

/** The numbers of one of the two, and how it says an MTU. */
export interface IcmpNumbers {
  readonly name: string;
  readonly type: Readonly<
    Record<'echo' | 'echoReply' | 'unreachable' | 'timeExceeded' | 'parameterProblem' | 'tooBig', number>
  >;
  /** Code of a Packet Too Big where its type says more than that; null where any code is one. */
  readonly tooBigCode: number | null;
  mtu(bytes: Bytes): number;
  putMtu(into: Bytes, mtu: number): void;
}

/** @throws LengthError where fewer than 8 octets are there. */
export function parseMessage(bytes: Bytes, { name, type: number, tooBigCode, mtu }: IcmpNumbers): IcmpMessage {
  bytes.need(ICMP_HEADER, `${name} header`);
  const type = bytes.u8(ICMP_FIELD.type);
  const code = bytes.u8(ICMP_FIELD.code);
  const rest = bytes.part(ICMP_HEADER);
  if (type === number.tooBig && (tooBigCode === null || code === tooBigCode))
    return { kind: 'too-big', nextHopMtu: mtu(bytes), quote: rest };
  switch (type) {
    case number.echo:
    case number.echoReply: {
      const kind = type === number.echo ? 'echo' : 'echo-reply';
      const [identifier, sequence] = [bytes.u16(ICMP_FIELD.identifier), bytes.u16(ICMP_FIELD.sequence)];
      return { kind, identifier, sequence, data: rest };
    }
    case number.unreachable:
      return { kind: 'unreachable', code, quote: rest };
    case number.timeExceeded:
      return { kind: 'time-exceeded', code, quote: rest };
    case number.parameterProblem:
      return { kind: 'parameter-problem', code, quote: rest };
    default:
      return { kind: 'unknown', type, code, body: bytes.part(BODY) };
  }
}

/** Fills the whole of `into`, header, then data or quote; the checksum is left zero. */
export function fillMessage(message: IcmpMessage, into: Bytes, numbers: IcmpNumbers): void {
  into.need(ICMP_HEADER, `${numbers.name} header`);
  into.octets.fill(0);
  const [type, code] = typeAndCode(message, numbers);
  into.put8(ICMP_FIELD.type, type);
  into.put8(ICMP_FIELD.code, code);
  if ('data' in message) {
    into.put16(ICMP_FIELD.identifier, message.identifier);
    into.put16(ICMP_FIELD.sequence, message.sequence);
    into.putAll(ICMP_HEADER, message.data.octets);
  } else if ('body' in message) {
    into.putAll(BODY, message.body.octets);
  } else {
    if (message.kind === 'too-big') numbers.putMtu(into, message.nextHopMtu);
    into.putAll(ICMP_HEADER, message.quote.octets);
  }
}

function typeAndCode(message: IcmpMessage, { type, tooBigCode }: IcmpNumbers): readonly [number, number] {
  switch (message.kind) {
    case 'echo':
      return [type.echo, 0];
    case 'echo-reply':
      return [type.echoReply, 0];
    case 'too-big':
      return [type.tooBig, tooBigCode ?? 0];
    case 'unreachable':
      return [type.unreachable, message.code];
    case 'time-exceeded':
      return [type.timeExceeded, message.code];
    case 'parameter-problem':
      return [type.parameterProblem, message.code];
    case 'unknown':
      return [message.type, message.code];
  }
}
