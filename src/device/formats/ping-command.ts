import { IP_HEADER } from '../../mtu/mss.js';
import { familyOf } from '../reading.js';
import { safe, safeAddress } from '../secret.js';

/** What was asked of ping; sizes are whole IP packets, octets. */
export interface PingAsked {
  readonly to: string | null;
  readonly size: number | null;
  /** The packets carry DF (every IPv6 packet does on its way, but the own host may fragment it). */
  readonly df: boolean;
  readonly style: 'linux' | 'bsd' | 'bsd-df' | 'windows' | 'routeros' | 'ios' | null;
  /** Its header has been seen. */
  readonly headed: boolean;
  /** Sizes that grow from one packet to the next; `by` octets, where that is known. */
  readonly sweep?: { readonly from: number; readonly by: number | null; readonly count: number | null } | undefined;
}

const ICMP = 8;
/** Headers around the data of an echo: IPv4 20 + 8 (RFC 791, 792), IPv6 40 + 8 (RFC 8200, 4443). */
export const pingHeaders = (family: 4 | 6): number => IP_HEADER[family] + ICMP;

const HOST = /(?<![\w.:-])((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:])/i;

/** FortiOS: `execute ping-options df-bit yes`. */
export const sendsDf = (text: string): boolean => /\bping6?-options\s+df-bit\s+(?:yes|enable)/.test(text);

/** A command line with its prompt: what it sends, or null where it is none. */
export function pingCommand(typed: string): PingAsked | null {
  // Word processors and web pages make a dash of the hyphen.
  const text = typed.replace(/(^|\s)[\u2010-\u2015\u2212](?=\w)/g, '$1-');
  const found = /(?:^|[\s>#$%\]/])(?:\/?(?:tool[ /])?ping6?|execute ping6?)(?:\.exe)?\s+(\S.*)$/i.exec(text);
  if (!found || /bytes of data|data bytes|statistics|^ping: |ping-options/i.test(text) || /^\s*ping6?:/i.test(text))
    return null;
  const words = found[1] as string;
  const host = HOST.exec(words)?.[1] ?? /(?:^|\s|=)((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,20})\b/i.exec(words)?.[1] ?? null;
  const six = familyOf(host) === 6 || /(?:^|\s)-6\b/.test(words) || /ping6/i.test(text);
  const to = host === null ? null : (safeAddress(host) ?? safe(host, 60));
  const common = { to, headed: false };
  const payload = (size: string | undefined): number | null =>
    size === undefined ? null : Number(size) + pingHeaders(six ? 6 : 4);
  // Windows: -f -l N, in either order, also with a slash.
  const windows = /(?:^|\s)[-/]l\s+(\d{1,5})\b/i.exec(words);
  if (windows) return { ...common, size: payload(windows[1]), df: /(?:^|\s)[-/]f\b/i.test(words), style: 'windows' };
  // RouterOS and IOS count the whole packet.
  if (
    /\bsize=\d|\bdo-not-fragment\b.*=|(?:^|\s)(?:address|count|interval)=/.test(words) ||
    /^\s*\[[^\]@]{1,60}@[^\]]{1,60}\]\s*(?:\/\S*\s*)?>/.test(text)
  ) {
    const size = /\bsize=(\d{1,5})\b/.exec(words)?.[1];
    return {
      ...common,
      size: size === undefined ? null : Number(size),
      df: /\bdo-not-fragment\b/.test(words),
      style: 'routeros',
    };
  }
  const ios = /\bsize\s+(\d{1,5})\b/.exec(words);
  if (/\bdf-bit\b/.test(words) && ios) return { ...common, size: Number(ios[1]), df: true, style: 'ios' };
  // Junos, VyOS, PAN-OS: the data alone, as their systems' ping.
  if (ios) return { ...common, size: payload(ios[1]), df: /do-not-fragment/.test(words), style: null };
  const size = /(?:^|\s)-s\s*(\d{1,5})\b/.exec(words)?.[1];
  const linux = /(?:^|\s)-M\s*(?:do|probe)\b/.test(words);
  const bsd = /(?:^|\s)-[a-zA-Z]*D\b/.test(words);
  if (size === undefined && !linux && !bsd && host === null) return null;
  return {
    ...common,
    size: payload(size),
    df: linux || bsd || /do-not-fragment/.test(words),
    style: linux ? 'linux' : bsd ? 'bsd-df' : null,
  };
}

/** The line that a ping begins its output with. */
export function pingHeader(text: string): Pick<PingAsked, 'to' | 'size' | 'style' | 'sweep'> | null {
  const line = text.trim();
  // Linux: `PING host (192.0.2.1) 1472(1500) bytes of data.`, in the language of the host; IPv6 without the sum.
  const linux =
    /^PING (\S{1,253}?) ?\(([^()\s]{1,45})\)(?: from .{1,80}?:)? (?:(\d{1,5})\((\d{1,5})\) \D|(\d{1,5}) data bytes)/.exec(
      line,
    );
  if (linux) {
    const to = safeAddress(linux[2]) ?? safe(linux[1] ?? '', 60);
    const size = linux[4] ? Number(linux[4]) : Number(linux[5]) + pingHeaders(familyOf(to) ?? 6);
    return { to, size, style: 'linux' };
  }
  const bsd = /^PING (\S{1,253}?) ?\(([^()\s]{1,45})\): (\d{1,5}) data bytes/.exec(line);
  if (bsd) {
    const to = safeAddress(bsd[2]) ?? safe(bsd[1] ?? '', 60);
    return { to, size: Number(bsd[3]) + pingHeaders(familyOf(to) ?? 4), style: 'bsd' };
  }
  // macOS: `ping -D -g 1430 -G 1460 -h 10`.
  const swept = /^PING (\S{1,253}?) ?\(([^()\s]{1,45})\): \((\d{1,5}) \.\.\. \d{1,5}\) data bytes/.exec(line);
  if (swept) {
    const to = safeAddress(swept[2]) ?? safe(swept[1] ?? '', 60);
    const from = Number(swept[3]) + pingHeaders(familyOf(to) ?? 4);
    return { to, size: null, style: 'bsd', sweep: { from, by: null, count: null } };
  }
  const bsd6 = /^PING6\((\d{1,5})=\d+\+\d+\+\d+ bytes\) \S+ --> (\S+)/.exec(line);
  if (bsd6) return { to: safeAddress(bsd6[2]), size: Number(bsd6[1]), style: 'bsd' };
  const ios = /^Sending \d{1,10}, (\d{1,5})-byte ICMP Echos to (\S+?),/.exec(line);
  if (ios) return { to: safeAddress(ios[2]), size: Number(ios[1]), style: 'ios' };
  const iosSwept = /^Sending (\d{1,5}), \[(\d{1,5})\.\.(\d{1,5})\]-byte ICMP Echos to (\S+?),/.exec(line);
  if (iosSwept) {
    const [count, from, to] = iosSwept.slice(1, 4).map(Number) as [number, number, number];
    const by = count > 1 && to > from ? (to - from) / (count - 1) : null;
    // Not a whole number: every size was sent more than once, or the last step is shorter.
    const sweep = by !== null && Number.isInteger(by) ? { from, by, count } : undefined;
    return { to: safeAddress(iosSwept[4]), size: null, style: 'ios', sweep };
  }
  if (/^SEQ HOST\s+SIZE\s+TTL/.test(line)) return { to: null, size: null, style: 'routeros' };
  // Windows in any language: an address, then the octets, then a colon.
  const windows = /^\D{3,40}\b(?:\S{1,253} \[)?([0-9a-f.:]{3,45})\]?\D{1,40}?(\d{1,5})\D{1,30}:$/i.exec(line);
  const to = safeAddress(windows?.[1]);
  if (windows && to !== null && familyOf(to) !== null && !/hops/i.test(line)) {
    return { to, size: Number(windows[2]) + pingHeaders(familyOf(to) ?? 4), style: 'windows' };
  }
  return null;
}
