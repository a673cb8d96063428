import { ceilTo, fixedLayer, type Layer } from './layer.js';

/** Next Header, Payload Len, reserved, SPI and sequence number, RFC 4302 §2. */
export const AH_FIXED = 12;

/** AH is a multiple of 4 octets under IPv4 and of 8 under IPv6, RFC 4302 §3.3.3.2.1. */
export const ahAlign = (family: 4 | 6): number => (family === 4 ? 4 : 8);

/** AH, RFC 4302 §2: the ICV is padded, the payload is not. */
export function ahLayer(name: string, icv: number, align: number, source: string): Layer {
  return fixedLayer(name, ceilTo(AH_FIXED + icv, align), source, 'AH');
}
