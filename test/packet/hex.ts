import { Bytes } from '../../src/packet/bytes.js';

/** Octets from text in hex, blanks ignored. */
export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const bytes = (text: string): Bytes => new Bytes(hex(text));
export const toHex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
/** A buffer in which a field nobody writes is seen. */
export const dirty = (length: number): Bytes => new Bytes(new Uint8Array(length).fill(0xa5));
/** Every beginning of the octets, the whole not included. */
export const cuts = (octets: Uint8Array): Uint8Array[] =>
  Array.from({ length: octets.length }, (_, n) => octets.slice(0, n));
