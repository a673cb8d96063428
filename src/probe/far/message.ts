/**
 * What both ends of a two-ended measurement say to each other: one JSON value a line (docs/far-end.md). Everything that
 * comes in is read here; what is not exactly as it must be is nothing.
 */
import type { ProbeReply } from '../engine.js';

/** Version of this language; both ends must speak the same. */
export const FAR_VERSION = 1;
/** Octets of a line, before and after the token is proven. */
export const LONGEST_LINE = { unproven: 256, proven: 2048 } as const;

/** Of a session, so that no table grows and nothing is flooded in its name. */
export const SESSION_LIMITS = {
  /** At once. */
  sessions: 64,
  seconds: 600,
  /** Datagrams that the far end sends. */
  datagrams: 8_000,
  perSecond: 1_000,
  /** TCP connections for data. */
  connections: 16,
  /** Octets that each end sends on one of them. */
  bulk: 16_384,
} as const;

/** From the end that asks. */
export type FarRequest =
  | { readonly do: 'open'; readonly family: 4 | 6; readonly address: string }
  /** The cookie that came by UDP: its receiver is who is proven here. */
  | { readonly do: 'cookie'; readonly cookie: string }
  /** Answered once everything before it is done. */
  | { readonly do: 'sync'; readonly number: number }
  | {
      readonly do: 'send';
      readonly number: number;
      readonly size: number;
      readonly ttl: number;
      /** False: may be fragmented, by the sender itself as well. */
      readonly df: boolean;
    };

/** SYN of a data connection as it arrived, from its IP header on. */
export interface ArrivedSyn {
  readonly mss: number | null;
  readonly df: boolean;
  readonly ttl: number;
}

/** From the far end. */
export type FarReport =
  | { readonly is: 'ready'; readonly tag: string; readonly port: number; readonly udp: boolean; readonly syn: boolean }
  /** A greeting came by UDP. */
  | { readonly is: 'greeted' }
  | { readonly is: 'synced'; readonly number: number }
  | { readonly is: 'proven'; readonly linkMtu: number | null }
  | { readonly is: 'got'; readonly number: number; readonly size: number; readonly piece: number | null }
  | { readonly is: 'heard'; readonly number: number; readonly reply: ProbeReply }
  | {
      readonly is: 'tcp';
      readonly connection: number;
      readonly syn: ArrivedSyn | null;
      /** MSS in the SYN/ACK as it was sent. */
      readonly sent: number | null;
    }
  /** Octets that came on a data connection, and the largest segment the kernel saw. */
  | {
      readonly is: 'bulk';
      readonly connection: number;
      readonly octets: number;
      readonly segment: number | null;
    };

type Fields = Readonly<Record<string, unknown>>;
const whole = (value: unknown, low: number, high: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
const orNull = (value: unknown, low: number, high: number): value is number | null =>
  value === null || whole(value, low, high);
const hex = (value: unknown, octets: number): value is string =>
  typeof value === 'string' && value.length === 2 * octets && /^[0-9a-f]+$/.test(value);
const address = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 64 && /^[0-9a-f.:]+$/.test(value);
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

export const TAG_OCTETS = 16,
  COOKIE_OCTETS = 8,
  NONCE_OCTETS = 32;
export const isNonce = (value: unknown): value is string => hex(value, NONCE_OCTETS);

/** Undefined for what is no request. */
export function readRequest(value: unknown): FarRequest | undefined {
  if (!isFields(value)) return undefined;
  const { number, size, ttl, df, family, cookie } = value;
  switch (value.do) {
    case 'open':
      return (family === 4 || family === 6) && address(value.address)
        ? { do: 'open', family, address: value.address }
        : undefined;
    case 'cookie':
      return hex(cookie, COOKIE_OCTETS) ? { do: 'cookie', cookie } : undefined;
    case 'sync':
      return whole(number, 0, 65_535) ? { do: 'sync', number } : undefined;
    case 'send':
      return whole(number, 0, 65_535) && whole(size, 60, 65_535) && whole(ttl, 1, 255) && typeof df === 'boolean'
        ? { do: 'send', number, size, ttl, df }
        : undefined;
    default:
      return undefined;
  }
}

/** Undefined for what is no report. */
export function readReport(value: unknown): FarReport | undefined {
  if (!isFields(value)) return undefined;
  const { tag, port, udp, syn, linkMtu, number, size, piece, connection, sent, octets, segment } = value;
  switch (value.is) {
    case 'ready':
      return hex(tag, TAG_OCTETS) && whole(port, 1, 65_535) && typeof udp === 'boolean' && typeof syn === 'boolean'
        ? { is: 'ready', tag, port, udp, syn }
        : undefined;
    case 'greeted':
      return { is: 'greeted' };
    case 'synced':
      return whole(number, 0, 65_535) ? { is: 'synced', number } : undefined;
    case 'proven':
      return orNull(linkMtu, 68, 65_536) ? { is: 'proven', linkMtu } : undefined;
    case 'got':
      return whole(number, 0, 65_535) && whole(size, 28, 65_575) && orNull(piece, 8, 65_535)
        ? { is: 'got', number, size, piece }
        : undefined;
    case 'heard': {
      const reply = readReply(value.reply);
      return whole(number, 0, 65_535) && reply ? { is: 'heard', number, reply } : undefined;
    }
    case 'tcp': {
      const arrived = readSyn(syn);
      return whole(connection, 0, 255) && arrived !== undefined && orNull(sent, 1, 65_535)
        ? { is: 'tcp', connection, syn: arrived, sent }
        : undefined;
    }
    case 'bulk':
      return whole(connection, 0, 255) && whole(octets, 0, 1_000_000) && orNull(segment, 0, 65_535)
        ? { is: 'bulk', connection, octets, segment }
        : undefined;
    default:
      return undefined;
  }
}

function readSyn(value: unknown): ArrivedSyn | null | undefined {
  if (value === null) return null;
  if (!isFields(value)) return undefined;
  const { mss, df, ttl } = value;
  return orNull(mss, 0, 65_535) && typeof df === 'boolean' && whole(ttl, 0, 255) ? { mss, df, ttl } : undefined;
}

/** Only what a sender can hear of its own packet. */
function readReply(value: unknown): ProbeReply | undefined {
  if (!isFields(value)) return undefined;
  const { from, nextHopMtu, mtu, code } = value;
  const heard = address(from) || from === 'this host';
  switch (value.kind) {
    case 'too-big':
      return address(from) && orNull(nextHopMtu, 0, 65_535) ? { kind: 'too-big', from, nextHopMtu } : undefined;
    case 'hop':
      return address(from) ? { kind: 'hop', from } : undefined;
    case 'too-big-here':
      return orNull(mtu, 0, 65_536) ? { kind: 'too-big-here', mtu } : undefined;
    case 'unreachable':
      return heard && whole(code, 0, 255) ? { kind: 'unreachable', from: from as string, code } : undefined;
    default:
      return undefined;
  }
}
