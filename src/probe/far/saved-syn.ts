import { Bytes, LengthError } from '../../packet/bytes.js';
import { parseIpv4 } from '../../packet/ipv4.js';
import { IPV6_HEADER, parseIpv6 } from '../../packet/ipv6.js';
import { parseTcp } from '../../packet/tcp.js';
import type { ArrivedSyn } from './message.js';

/** What TCP_SAVED_SYN gives: the SYN from its IP header on (Linux, net/ipv4/tcp_input.c). Null for what is none. */
export function readSavedSyn(octets: Uint8Array): ArrivedSyn | null {
  try {
    const bytes = new Bytes(octets);
    if (bytes.u8(0) >>> 4 === 4) {
      const { headerLength, dontFragment, ttl } = parseIpv4(bytes);
      return { mss: parseTcp(bytes.part(headerLength)).mss ?? null, df: dontFragment, ttl };
    }
    const { hopLimit } = parseIpv6(bytes);
    return { mss: parseTcp(bytes.part(IPV6_HEADER)).mss ?? null, df: true, ttl: hopLimit };
  } catch (error) {
    if (error instanceof LengthError) return null;
    throw error;
  }
}

/** Linux sends no segment above half the largest window it was given (tcp_bound_to_half_wnd). */
const HALF_WINDOW = 32_000;

/**
 * MSS of the SYN/ACK as it arrived, from what our kernel then sends at most: exact where that is less than our own path
 * MTU leaves room for, or all that was sent; null where our own MTU hides it. Octets.
 */
export function arrivedMss(sendMax: number, pathMtu: number, headers: number, sent: number | null): number | null {
  if (sendMax < pathMtu - headers && sendMax < HALF_WINDOW) return sendMax;
  return sent !== null && sent <= sendMax ? sent : null;
}
