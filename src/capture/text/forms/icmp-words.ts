import type { PrintedIcmp, PrintedPacket } from '../printed.js';

type Words = readonly (readonly [RegExp, number])[];

/** Codes of destination unreachable by the words that tcpdump uses, RFC 792 and RFC 1812 5.2.7.1. */
const unreachable: Words = [
  [/need to frag|fragmentation needed/i, 4],
  [/port \d+ unreachable|port \S+ unreachable/, 3],
  [/protocol \d+ unreachable/, 2],
  [/admin prohibited filter/, 13],
  [/^net \S+ unreachable - admin prohibited/, 9],
  [/admin prohibited/, 10],
  [/source route failed/, 5],
  [/^net \S+ unreachable - unknown/, 6],
  [/unreachable - unknown/, 7],
  [/source host isolated/, 8],
  [/^net \S+ unreachable - tos/, 11],
  [/unreachable - tos/, 12],
  [/precedence violation/, 14],
  [/precedence cutoff/, 15],
  [/^net /, 0],
  [/^/, 1],
];
/** As well of ICMPv6, RFC 4443 3.1. */
const unreachable6: Words = [
  [/unreachable prohibited/, 1],
  [/beyond scope/, 2],
  [/unreachable address/, 3],
  [/unreachable port/, 4],
  [/^/, 0],
];
/** Why a packet is too old, in both families. */
const exceeded: Words = [
  [/reassembly/, 1],
  [/^/, 0],
];
/** A code without a word: ` - #16`, `exceeded-#2`, `unknown unreach code (5)`. */
const NUMBERED = /-\s?#(\d{1,3})\b|code \((\d{1,3})\)/;

function codeOf(head: string, words: Words): number {
  const numbered = NUMBERED.exec(head);
  if (numbered) return Number(numbered[1] ?? numbered[2]) & 255;
  return words.find(([pattern]) => pattern.test(head))?.[1] ?? 0;
}

/** The target itself answers so: nothing on the way keeps packets back. */
const FROM_TARGET: Readonly<Record<4 | 6, readonly number[]>> = { 4: [2, 3], 6: [4] };

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
  if (/time exceeded/.test(head)) return errorOf(11, codeOf(head, exceeded), null, quoted(text, readQuote));
  if (/redirect/.test(head)) return { type: 5, code: 0, mtu: null, quote: null, echo: null };
  if (!/unreachable/.test(head)) return null;
  const code = codeOf(head, unreachable);
  const destination =
    /^(?:host |net |protocol )?(\S+?)(?: (?:tcp|udp) port \S+| protocol \d+)? unreachable/.exec(head)?.[1] ?? null;
  const packet = quoted(text, readQuote);
  if (code !== 4) return errorOf(3, code, destination, packet, !FROM_TARGET[4].includes(code));
  // tcpdump leaves the brackets away where the field is 0.
  const mtu = Number(/\(mtu (\d{1,5})\)/.exec(head)?.[1] ?? 0);
  return { type: 3, code, mtu, quote: { destination, packet }, echo: null };
}

function icmpv6Of(head: string, text: string, readQuote: (text: string) => PrintedPacket | null): PrintedIcmp | null {
  const big = /(?:packet )?too big,? (?:mtu )?(\d{1,10})/.exec(head);
  const packet = quoted(text, readQuote);
  if (big) return { type: 2, code: 0, mtu: Number(big[1]), quote: { destination: null, packet }, echo: null };
  if (/time exceeded/.test(head)) return errorOf(3, codeOf(head, exceeded), null, packet);
  if (/unreach/.test(head)) {
    const code = codeOf(head, unreachable6);
    const destination =
      /(?:unreachable (?:route|prohibited|address|port)|beyond scope),? ([^\s,]+)/.exec(head)?.[1] ?? null;
    return errorOf(1, code, destination, packet, !FROM_TARGET[6].includes(code));
  }
  return { type: 255, code: 0, mtu: null, quote: null, echo: null };
}

/** `guess`: whose packet it was is worth a guess where it is not printed. */
const errorOf = (
  type: number,
  code: number,
  destination: string | null,
  packet: PrintedPacket | null,
  guess = false,
): PrintedIcmp => ({
  type,
  code,
  mtu: null,
  quote: packet || guess ? { destination, packet } : null,
  echo: null,
});

/** The packet below the error: `IP (tos …` or `IP6 (…`, or an old `for A > B: …`. */
function quoted(text: string, readQuote: (text: string) => PrintedPacket | null): PrintedPacket | null {
  const found = /\s(IP6? (?:\(|truncated-ip6?|[^\s,]{1,90} > ).*)$/.exec(text.slice(0, 1200));
  return found ? readQuote(found[1] as string) : null;
}
