/**
 * Payload of the datagrams of a two-ended measurement. The number stands first, where a router's quote still shows it.
 */
import { IPV4_HEADER } from '../../packet/ipv4.js';
import { IPV6_HEADER } from '../../packet/ipv6.js';
import { UDP_HEADER } from '../../packet/udp.js';
import { COOKIE_OCTETS, TAG_OCTETS } from './message.js';

const FIELD = { number: 0, tag: 2, kind: 2 + TAG_OCTETS, cookie: 3 + TAG_OCTETS } as const;
const SHORTEST = FIELD.cookie + COOKIE_OCTETS;
const KINDS = ['probe', 'greeting', 'cookie'] as const;

export interface FarDatagram {
  readonly kind: (typeof KINDS)[number];
  readonly number: number;
  /** Of the session, and the cookie; hexadecimal. */
  readonly tag: string;
  readonly cookie: string;
}

/** IP and UDP header, octets. */
export const udpHeaders = (family: 4 | 6): number => (family === 4 ? IPV4_HEADER : IPV6_HEADER) + UDP_HEADER;

const hexOf = (octets: Uint8Array): string => [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
const fromHex = (text: string): number[] => (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

/** A datagram whose IP packet has `size` octets, or as many as its fields need. */
export function emitFar({ kind, number, tag, cookie }: FarDatagram, family: 4 | 6, size: number): Uint8Array {
  const data = new Uint8Array(Math.max(SHORTEST, size - udpHeaders(family)));
  data[FIELD.number] = number >>> 8;
  data[FIELD.number + 1] = number & 0xff;
  data.set(fromHex(tag), FIELD.tag);
  data[FIELD.kind] = KINDS.indexOf(kind);
  data.set(fromHex(cookie), FIELD.cookie);
  return data;
}

/** Undefined for what is none. */
export function parseFar(data: Uint8Array): FarDatagram | undefined {
  if (data.length < SHORTEST) return undefined;
  const kind = KINDS[data[FIELD.kind] as number];
  if (kind === undefined) return undefined;
  return {
    kind,
    number: ((data[0] as number) << 8) | (data[1] as number),
    tag: hexOf(data.subarray(FIELD.tag, FIELD.tag + TAG_OCTETS)),
    cookie: hexOf(data.subarray(FIELD.cookie, FIELD.cookie + COOKIE_OCTETS)),
  };
}

export const NO_COOKIE = '0'.repeat(2 * COOKIE_OCTETS);
