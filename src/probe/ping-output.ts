import { ICMP_HEADER } from '../packet/icmp.js';
import type { Probe, ProbeReply } from './engine.js';
import { headersOf } from './packets.js';

export type PingFlavour = 'iputils' | 'iputils-probe' | 'busybox' | 'macos' | 'windows';

/** One packet of one size: the words after the program's name. */
export function pingArguments(
  flavour: PingFlavour,
  { size, ttl }: Probe,
  { family, address, from, timeoutMs }: { family: 4 | 6; address: string; from: readonly string[]; timeoutMs: number },
): string[] {
  const data = String(size - headersOf(family, 'icmp'));
  const source = from.flatMap((one) => [flavour === 'windows' || flavour === 'macos' ? '-S' : '-I', one]);
  switch (flavour) {
    case 'iputils':
    case 'iputils-probe': {
      const mode = flavour === 'iputils' ? 'do' : 'probe';
      // ping's own patience starts when the packet is out, however long the process took to start.
      const wait = (Math.max(100, timeoutMs) / 1000).toFixed(2);
      return [`-${family}`, '-n', '-c', '1', '-W', wait, '-M', mode, '-s', data, '-t', String(ttl), ...source, address];
    }
    case 'busybox':
      return [
        `-${family}`,
        '-c',
        '1',
        '-W',
        String(Math.ceil(timeoutMs / 1000)),
        '-s',
        data,
        '-t',
        String(ttl),
        ...source,
        address,
      ];
    case 'macos': {
      const hops = family === 4 ? ['-D', '-m', String(ttl)] : ['-D', '-h', String(ttl)];
      const wait = family === 4 ? ['-W', String(Math.ceil(timeoutMs))] : [];
      return ['-n', '-c', '1', ...wait, '-s', data, ...hops, ...source, address];
    }
    case 'windows':
      return [
        '-n',
        '1',
        '-w',
        String(Math.ceil(timeoutMs)),
        '-l',
        data,
        '-i',
        String(ttl),
        ...(family === 4 ? ['-f'] : ['-6']),
        ...source,
        address,
      ];
  }
}

/** Program for a family: macOS has a second one for IPv6. */
export const pingProgram = (flavour: PingFlavour, family: 4 | 6): string =>
  flavour === 'macos' && family === 6 ? 'ping6' : 'ping';

/** What is known besides the output. */
export interface PingContext {
  readonly family: 4 | 6;
  /** Tells a cached refusal from a local one; octets. */
  readonly localMtu: number | null;
  /** Our own address: what it "replies" is this host's own refusal. */
  readonly source?: string;
  /** Windows: the line came long before the time-out, so it is none; its words are translated. */
  readonly early?: boolean;
}

/**
 * What the output says so far; undefined where more is to be waited for. Reads numbers and the shape of lines; the
 * words looked for are untranslated in the C locale the program is run in.
 */
export function readPing(
  flavour: PingFlavour,
  output: string,
  { size, ttl }: Probe,
  context: PingContext,
): ProbeReply | undefined {
  for (const line of output.split(/\r?\n/)) {
    const reply = flavour === 'windows' ? windowsLine(line, ttl, context) : unixLine(line, size, context);
    if (reply) return reply;
  }
  return undefined;
}

function unixLine(line: string, size: number, { family, localMtu }: PingContext): ProbeReply | undefined {
  const mtu = /mtu[ :=]+(\d{1,9})/i.exec(line);
  // An answer shorter than its request has no time: "72 bytes from …: icmp_seq=1 ttl=61 (truncated)".
  const arrived =
    /^(\d{1,9}) bytes from ([0-9a-f.:%\w]+?)[:,] .*(?:ttl|hlim)[= ](\d{1,9})(?: time[=<](\d{1,9}(?:\.\d{1,9})?)| \(truncated\))/i.exec(
      line,
    );
  if (arrived) {
    const [, octets, from, ttl, rtt] = arrived as unknown as [string, string, string, string, string | undefined];
    const whole = Number(octets) + headersOf(family, 'icmp') - ICMP_HEADER;
    return { kind: 'arrived', from, ttl: Number(ttl), rttMs: Number(rtt ?? 0), octets: whole };
  }
  const sender = /^(?:From|\d+ bytes from) ([0-9a-f.:]+?):?,? /i.exec(line)?.[1];
  if (sender !== undefined) {
    if (mtu) return { kind: 'too-big', from: sender, nextHopMtu: Number(mtu[1]) || null };
    if (/xceeded/.test(line)) return { kind: 'hop', from: sender };
    if (/frag needed|too big/i.test(line)) return { kind: 'too-big', from: sender, nextHopMtu: null };
    return /icmp_seq|nreach/.test(line) ? { kind: 'unreachable', from: sender, code: 0 } : undefined;
  }
  if (/too long/i.test(line)) {
    // Without a number, a refusal of what the interface would carry can only come from the path MTU cache.
    const said = mtu ? Number(mtu[1]) : null;
    const fitsInterface = localMtu !== null && size <= localMtu;
    const remembered = said === null ? fitsInterface : localMtu !== null && said < localMtu;
    const limit = said ?? (localMtu !== null && localMtu < size ? localMtu : null);
    return { kind: 'too-big-here', mtu: limit, ...(remembered ? { remembered } : {}) };
  }
  // busybox tells the type of an ICMP error, but not who sent it.
  if (/got ICMP (?:11|3) /.exec(line)?.[0] === 'got ICMP 11 ')
    return { kind: 'hop', from: 'a hop that busybox does not name' };
  return /unreachable|no route/i.test(line) ? { kind: 'unreachable', from: 'this host', code: 0 } : undefined;
}

/** Windows translates all words; what is left are addresses, `ms`, `TTL=` and `DF`. */
function windowsLine(line: string, ttl: number, { source, early = false }: PingContext): ProbeReply | undefined {
  const from = /(\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f:]+:[0-9a-f]*)(?=: )/i.exec(line)?.[1];
  if (from === undefined) {
    // Neither head nor statistics, which have numbers, nor a time-out, which is late: the host's own refusal.
    const bare = /^\S.*\S$/.test(line) && !/\d/.test(line);
    if (/\bDF\b/.test(line) || (bare && early && !/timed out/i.test(line))) return { kind: 'too-big-here', mtu: null };
    return undefined;
  }
  const time = /[=<]\s*(\d{1,9})\d*\s*ms/.exec(line);
  if (time) {
    const left = /TTL=(\d{1,9})/i.exec(line);
    return { kind: 'arrived', from, rttMs: Number(time[1]), ...(left ? { ttl: Number(left[1]) } : {}) };
  }
  if (from === source) return { kind: 'unreachable', from: 'this host', code: 1 };
  return ttl < 64 ? { kind: 'hop', from } : { kind: 'too-big', from, nextHopMtu: null };
}
