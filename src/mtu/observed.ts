/** What was seen: a number of one kind, or of any; octets. */
export type Observed =
  | { readonly as: 'any' | 'mtu' | 'mss' | 'ping'; readonly value: number }
  /** Cisco ASA's "ipsec overhead, 74(44)". */
  | { readonly as: 'pair'; readonly overhead: number; readonly header: number }
  /** "58-73 bytes of overhead": the least and the most a packet grows. */
  | { readonly as: 'overhead'; readonly least: number; readonly most: number };

/** No stack grows a packet by more; larger numbers are sizes. */
export const LARGEST_OVERHEAD = 250;

const pair = /\b(\d{1,4})\s*\(\s*(\d{1,5})\s*\)/;
const range = /(?<![\d.])(\d{1,3})\s*(?:-|–|—|\.\.+|to)\s*(\d{1,3})(?![\d.])/;
const mss = /\bmss\b[^\d\n]{0,24}(\d{3,5})\b/i;
const tcpMss = /\btcp-?mss(?:-sender|-receiver)?\s+(\d{3,5})\b/i;
const mtu = /mtu\b[^\d\n]{0,24}(\d{2,5})\b/i;
const ping = /\bping\b.*?\s(?:-s|-l|size)\s+(\d{1,5})\b|\b(\d{1,5})\s+data bytes/i;
const THOUSANDS = /^((?:[a-z -]{1,20}[=:\s]{1,3})?[1-9])[.,](\d{3})(\s{0,3}(?:bytes?|octets?|b)?)$/i;
/** Numbers that are no sizes: addresses, times, counters with a name, ports. */
const noise =
  /\d+(?:\.\d+)+(?:\/\d+)?|[0-9a-f]*:[0-9a-f:]+(?:\/\d+)?|\b(?:icmp_seq|seq|ttl|hops?|port|proto|id|line|type|code|rfc|ipv|vlan|interface|frame)\b[\s=:#]*\d+|\d+(?:\.\d+)?\s*(?:ms|sec|s|%)\b|\d+:\d+/gi;

/**
 * The number in a pasted text, and what the text says it is: `1422`, `mtu = 1422`, `74(44)`, `58-73`,
 * "Frag needed and DF set (mtu = 1422)". Undefined where it holds no number, or several of which none is named.
 */
export function observedIn(text: string): Observed | undefined {
  // "1,422 bytes", in some countries "1.422": no size has a fraction.
  const said = text.slice(0, 2000).trim().replace(THOUSANDS, '$1$2$3');
  const [, first, second] = pair.exec(said) ?? [];
  if (first !== undefined && second !== undefined) {
    const [a, b] = [Number(first), Number(second)];
    // "PING 192.0.2.1 (192.0.2.1) 1394(1422) bytes of data": payload and packet.
    if (b - a === 28 || b - a === 48) return { as: 'ping', value: a };
    if (a <= LARGEST_OVERHEAD && b < a) return { as: 'pair', overhead: a, header: b };
  }
  const named = (as: 'mtu' | 'mss' | 'ping', found: RegExpExecArray | null): Observed | undefined => {
    const value = found?.slice(1).find((group) => group !== undefined);
    return value === undefined ? undefined : { as, value: Number(value) };
  };
  const kind =
    named('mtu', mtu.exec(said)) ?? named('mss', mss.exec(said) ?? tcpMss.exec(said)) ?? named('ping', ping.exec(said));
  if (kind) return kind;
  const [, low, high] = range.exec(said) ?? [];
  if (low !== undefined && high !== undefined && Number(low) < Number(high) && Number(high) <= LARGEST_OVERHEAD)
    return { as: 'overhead', least: Number(low), most: Number(high) };
  const numbers = new Set(
    [...said.replace(noise, ' ').matchAll(/(?<![\w.]|\d,)(\d{2,5})(?![\w.]*\d|,\d)/g)].map(([, digits]) =>
      Number(digits),
    ),
  );
  const [only] = numbers;
  if (numbers.size !== 1 || only === undefined) return undefined;
  if (/overhead/i.test(said) && only <= LARGEST_OVERHEAD) return { as: 'overhead', least: only, most: only };
  return { as: 'any', value: only };
}
