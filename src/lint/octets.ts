import { LARGEST_PACKET } from '../mtu/mss.js';

/**
 * A written MSS; the option has 16 bits (RFC 9293 §3.2), so a larger number lowers nothing. NaN where it is no number.
 */
export const mssIn = (text: string | undefined): number => Math.min(LARGEST_PACKET, Number(text));

/** A written MTU, octets, whether a packet can have it or not; null for what is no number. */
export const mtuIn = (text: string | undefined): number | null => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : null);
