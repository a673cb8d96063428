import { familyOf } from '../reading.js';
import { type PingAsked, pingHeaders } from './ping-command.js';

/** What one line of ping's output says; sizes are whole IP packets. */
export type PingAnswer =
  | { readonly kind: 'arrived'; readonly size: number | null }
  | { readonly kind: 'refused'; readonly by: string | null; readonly mtu: number | null }
  | { readonly kind: 'swept'; readonly arrived: number | null; readonly refused: number | null }
  | { readonly kind: 'df' };

const ICMP = 8;
const ADDRESS = String.raw`((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})`;
/** Windows's sentence in the languages of Windows: most keep "DF" or a form of "fragment". */
const WINDOWS_REFUSAL = /\bDF\b|DF[^\w\s]|[^\w]DF|fragm|frammen|фрагмент|断片|分段|拆分/i;

/** Zero is no MTU: an old router's, or one that does not say. */
const mtuOf = (text: string | undefined): number | null => (Number(text) >= 68 ? Number(text) : null);

export function answerOf(text: string, asked: PingAsked): PingAnswer | null {
  const line = text.trim();
  if (/^Packet sent with the DF bit set/i.test(line)) return { kind: 'df' };
  if (asked.style === 'ios' && asked.sweep) return swept(line, asked.sweep);
  if (asked.style === 'ios' && /^[!.MUQ&?]{1,200}$/.test(line)) {
    if (line.includes('!')) return { kind: 'arrived', size: asked.size };
    return line.includes('M') ? { kind: 'refused', by: null, mtu: null } : null;
  }
  // Junos, `rapid`.
  if (asked.style === 'bsd' && /^[!.]{1,200}$/.test(line))
    return line.includes('!') ? { kind: 'arrived', size: asked.size } : null;
  if (asked.style === 'routeros') return routeros(line, asked);
  // Linux: `From R icmp_seq=1 Frag needed and DF set (mtu = 1422)`, `Packet too big: mtu=1406`.
  const linux = new RegExp(
    `^From (?:\\S{1,253} \\()?${ADDRESS}\\)?:? icmp_seq=\\d+ (?:Frag needed and DF set|Packet too big)[^0-9]{0,12}(\\d{1,6})?`,
    'i',
  ).exec(line);
  if (linux) return { kind: 'refused', by: bare(linux[1]), mtu: mtuOf(linux[2]) };
  if (/local error|sendto|sendmsg|send failed|^ping6?:/i.test(line) && /message too (?:long|large)/i.test(line)) {
    return { kind: 'refused', by: null, mtu: mtuOf(/mtu\s?[:=]\s?(\d{1,6})/i.exec(line)?.[1]) };
  }
  // The same in the language of the host: what is not translated is `icmp_seq=`, `ttl=` and `mtu=`.
  const local = asked.style === 'linux' ? /^ping6?: .{2,80}?\bmtu\s?[:=]\s?(\d{1,6})/i.exec(line) : null;
  if (local) return { kind: 'refused', by: null, mtu: mtuOf(local[1]) };
  const translated = asked.style === 'linux' ? /^(.{4,120}?) icmp_seq=\d+ (.{1,120})$/.exec(line) : null;
  if (translated) return spoken(translated[1] as string, translated[2] as string, asked);
  // BSD: `556 bytes from R: frag needed and DF set (MTU 1460)`.
  const bsd = new RegExp(
    `^\\d+ bytes from (?:\\S{1,253} \\()?${ADDRESS}\\)?: frag needed and DF set(?: \\(MTU (\\d{1,6})\\))?`,
    'i',
  ).exec(line);
  if (bsd) return { kind: 'refused', by: bare(bsd[1]), mtu: mtuOf(bsd[2]) };
  const reply = new RegExp(`^(\\d{1,5}) bytes from (?:\\S{1,253} \\()?${ADDRESS}`, 'i').exec(line);
  if (reply && asked.sweep && isTarget(reply[2], asked))
    return { kind: 'arrived', size: Number(reply[1]) + pingHeaders(familyOf(reply[2]) ?? 4) - ICMP };
  if (reply && asked.size !== null && asked.style !== 'windows') {
    const headers = pingHeaders(familyOf(reply[2]) ?? 4) - ICMP;
    // "N bytes from" counts the ICMP message; PING6 of BSD counts the data alone with `hlim=`.
    const whole = Number(reply[1]) + headers;
    return [whole, whole + ICMP].includes(asked.size) && isTarget(reply[2], asked)
      ? { kind: 'arrived', size: asked.size }
      : null;
  }
  if (asked.style === 'windows') return windows(line, asked);
  return null;
}

/** A reply or a PTB of Linux's ping in any language: who, and the octets or the MTU. */
function spoken(head: string, rest: string, asked: PingAsked): PingAnswer | null {
  const by = bare(new RegExp(`(?<![\\w.:])${ADDRESS}`, 'i').exec(head)?.[1]);
  if (by === null) return null;
  const mtu = /\bmtu\s?[:=]\s?(\d{1,6})/i.exec(rest);
  if (mtu) return { kind: 'refused', by, mtu: mtuOf(mtu[1]) };
  if (/frag needed and df set|packet too big/i.test(rest)) return { kind: 'refused', by, mtu: null };
  if (asked.size === null || !/^ttl=\d/.test(rest) || !isTarget(by, asked)) return null;
  const whole = asked.size - pingHeaders(familyOf(by) ?? 4) + ICMP;
  const octets = [...head.replace(by, '').matchAll(/(?<![\w.:-])\d{1,5}(?![\w.-])/g)].map(([word]) => Number(word));
  return octets.includes(whole) ? { kind: 'arrived', size: asked.size } : null;
}

/** `!!!!MM`: one sign a size; only where the line holds them all. */
function swept(line: string, { from, by, count }: NonNullable<PingAsked['sweep']>): PingAnswer | null {
  if (by === null || !/^[!.MUQ&?]{2,500}$/.test(line) || line.length !== count) return null;
  const last = line.lastIndexOf('!');
  const first = line.indexOf('M');
  return {
    kind: 'swept',
    arrived: last < 0 ? null : from + last * by,
    refused: first < 0 ? null : from + first * by,
  };
}

/** An IPv6 address may have swallowed the colon behind it. */
const bare = (address: string | undefined): string | null => address?.replace(/([^:]):$/, '$1') ?? null;

const isTarget = (address: string | undefined, { to }: PingAsked): boolean =>
  to === null || familyOf(to) === null || bare(address) === to;

function windows(line: string, asked: PingAsked): PingAnswer | null {
  const from = new RegExp(`^\\D{2,40}${ADDRESS}\\s?[:：]`, 'i').exec(line);
  if (from) {
    const octets = /[=＝](\d{1,5})\b/.exec(line)?.[1];
    if (octets !== undefined && asked.size !== null) {
      const same = Number(octets) + pingHeaders(familyOf(from[1]) ?? 4) === asked.size;
      return same && isTarget(from[1], asked) ? { kind: 'arrived', size: asked.size } : null;
    }
    return WINDOWS_REFUSAL.test(line.slice(from[0].length)) ? { kind: 'refused', by: bare(from[1]), mtu: null } : null;
  }
  return !/[=＝]/.test(line) && WINDOWS_REFUSAL.test(line) && /\p{L}/u.test(line)
    ? { kind: 'refused', by: null, mtu: null }
    : null;
}

function routeros(line: string, asked: PingAsked): PingAnswer | null {
  if (/packet too large and cannot be fragmented/i.test(line)) return { kind: 'refused', by: null, mtu: null };
  const row = new RegExp(`^\\d+ ${ADDRESS}\\s+(\\d{1,5})\\s+\\d{1,3}\\s+(\\S+)\\s*(.*)$`, 'i').exec(line);
  if (!row) return null;
  const status = row[4] ?? '';
  if (/fragmentation needed and DF set/i.test(status)) return { kind: 'refused', by: bare(row[1]), mtu: null };
  if (status !== '' || !isTarget(row[1], asked)) return null;
  return { kind: 'arrived', size: asked.size === null || Number(row[2]) === asked.size ? Number(row[2]) : null };
}
