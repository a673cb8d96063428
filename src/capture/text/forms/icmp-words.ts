import type { PrintedIcmp, PrintedPacket } from '../printed.js';

/** Codes of destination unreachable by the words that tcpdump uses, RFC 792. */
const unreachable: readonly (readonly [RegExp, number])[] = [
  [/need to frag|fragmentation needed/i, 4],
  [/port \d+ unreachable|port \S+ unreachable/, 3],
  [/protocol \d+ unreachable/, 2],
  [/admin prohibited filter/, 13],
  [/^net \S+ unreachable - admin prohibited/, 9],
  [/admin prohibited/, 10],
  [/^net /, 0],
];

/** Codes by which a filter says that it forbids a packet: which one is worth a guess where it is not printed. */
const FORBIDDEN: readonly number[] = [9, 10, 13];

/** What stands behind `ICMP` or `icmp:`; `readQuote` reads a packet that is printed below the error. */
export function icmpOf(
  text: string,
  family: 4 | 6,
  readQuote: (text: string) => PrintedPacket | null,
): PrintedIcmp | null {
  const head = text.slice(0, 300);
  const echo = /^echo (request|reply)/.exec(head);
  if (echo) {
    const request = echo[1] === 'request';
    const type = family === 4 ? (request ? 8 : 0) : request ? 128 : 129;
    const numbers = /\bid (\d{1,5}), seq (\d{1,5})/.exec(head);
    return { type, code: 0, mtu: null, quote: null, echo: numbers ? [Number(numbers[1]), Number(numbers[2])] : null };
  }
  if (family === 6) return icmpv6Of(head, text, readQuote);
  if (/time exceeded/.test(head)) return { type: 11, code: 0, mtu: null, quote: null, echo: null };
  if (/redirect/.test(head)) return { type: 5, code: 0, mtu: null, quote: null, echo: null };
  if (!/unreachable/.test(head)) return null;
  const code = unreachable.find(([words]) => words.test(head))?.[1] ?? 1;
  const destination =
    /^(?:host |net |protocol )?(\S+?)(?: (?:tcp|udp) port \S+| protocol \d+)? unreachable/.exec(head)?.[1] ?? null;
  if (code !== 4) {
    const packet = quoted(text, readQuote);
    const quote = packet || FORBIDDEN.includes(code) ? { destination, packet } : null;
    return { type: 3, code, mtu: null, quote, echo: null };
  }
  // tcpdump leaves the brackets away where the field is 0.
  const mtu = Number(/\(mtu (\d{1,5})\)/.exec(head)?.[1] ?? 0);
  return { type: 3, code, mtu, quote: { destination, packet: quoted(text, readQuote) }, echo: null };
}

function icmpv6Of(head: string, text: string, readQuote: (text: string) => PrintedPacket | null): PrintedIcmp | null {
  const big = /(?:packet )?too big,? (?:mtu )?(\d{1,10})/.exec(head);
  if (big) {
    const quote = { destination: null, packet: quoted(text, readQuote) };
    return { type: 2, code: 0, mtu: Number(big[1]), quote, echo: null };
  }
  if (/unreachable/.test(head)) {
    const forbidden = /unreachable prohibited (\S+?),?(?: |$)/.exec(head);
    const packet = quoted(text, readQuote);
    const quote = packet || forbidden ? { destination: forbidden?.[1] ?? null, packet } : null;
    return { type: 1, code: forbidden ? 1 : 0, mtu: null, quote, echo: null };
  }
  return { type: 255, code: 0, mtu: null, quote: null, echo: null };
}

/** The packet below the error: `IP (tos …` or `IP6 (…`, or an old `for A > B: …`. */
function quoted(text: string, readQuote: (text: string) => PrintedPacket | null): PrintedPacket | null {
  const found = /\s(IP6? (?:\(|truncated-ip6?|[^\s,]{1,90} > ).*)$/.exec(text.slice(0, 1200));
  return found ? readQuote(found[1] as string) : null;
}
