import { LARGEST_PACKET } from '../mtu/mss.js';

/** A written MSS; the option has 16 bits (RFC 9293 §3.2), so a larger number lowers nothing. NaN where it is no number. */
export const mssIn = (text: string | undefined): number => Math.min(LARGEST_PACKET, Number(text));

/** A written MTU, octets; null for what no packet can have. */
export function mtuIn(text: string | undefined): number | null {
  const mtu = Number(text);
  return Number.isInteger(mtu) && mtu > 0 && mtu <= LARGEST_PACKET ? mtu : null;
}
