import { MtucalcError } from '../error.js';
import { PORT } from '../packet/ports.js';
import { renameIn } from '../rename.js';

/** Addresses, and what stands behind a colon or a point as a port. */
const IPV4 = /(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:(\/\d{1,2})|:(\d{1,5}))?(?![\w.]*\d)/g;
const IPV6 =
  /(?<![\w:.])((?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,7}|(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?|::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6}))(?![\w:])/gi;
/** Ports that say what a packet is: IKE, NAT-T, L2TP, VXLAN, WireGuard. They stay. */
const TELLING = new Set<number>([PORT.ike, PORT.l2tp, PORT.natt, PORT.vxlan, 51_820]);
/** First octets of networks that are announced to nobody: what a public address becomes. */
const QUIET = [11, 21, 22, 26, 28, 29, 30, 33, 55];
/** Keys whose text is the name of something of the user's. */
const NAMED = new Set(['name', 'file', 'of', 'host', 'interface']);
/** Words that are no names although they stand there. */
const COMMON =
  /^(?:-|default|main|route|tunnel|ipsec|peer|hq|mtu|mss|esp|link|path|\?|lo|eth\d+|ens\d+|wan\d*|lan\d*|as given|openvpn|standard input|Tunnel\d+)$/i;

/** Names, addresses and ports that are remembered of values that come one by one. */
const MOST_KNOWN = 200_000;

/**
 * A value in which addresses, ports and names are replaced, each by the same wherever it stands. Addresses of one
 * prefix share one afterwards, private ones stay private, IPv4 stays IPv4.
 */
export const redacted = <T>(value: T): T => redactor()(value);

/**
 * The same for values that come one by one: what is replaced is the same in all of them.
 * @throws MtucalcError `too-many`
 */
export function redactor(most = MOST_KNOWN): <T>(value: T) => T {
  const known = new Map<string, string>();
  const octets = new Map<string, number>();
  const groups = new Map<string, string>();
  const ports = new Map<string, string>();
  return (value) => {
    const names = namesIn(value).map((name): readonly [string, string] => {
      const stand = known.get(name) ?? `name-${known.size + 1}`;
      known.set(name, stand);
      return [name, stand];
    });
    const replaced = withoutAny(value, { names, octets, groups, ports });
    const size = known.size + octets.size + groups.size;
    if (size <= most) return replaced;
    throw new MtucalcError(
      'too-many',
      `--redact has met ${size} names and addresses, and remembers ${most} at most`,
      'give it fewer captures at a time',
    );
  };
}

interface Replaced {
  readonly names: readonly (readonly [string, string])[];
  readonly octets: Map<string, number>;
  readonly groups: Map<string, string>;
  readonly ports: Map<string, string>;
}

function withoutAny<T>(value: T, { names, octets, groups, ports }: Replaced): T {
  const shown = (text: string): string =>
    withoutNames(text, names)
      .replace(IPV4, (all, a, b, c, d, prefix, port) => {
        const parts = [a, b, c, d].map(Number);
        if (parts.some((part) => part > 255)) return all;
        return `${ipv4(parts, octets)}${prefix ?? (port === undefined ? '' : `:${portOf(port, ports)}`)}`;
      })
      .replace(IPV6, (all) => (all.includes('::') || all.split(':').length === 8 ? ipv6(all, groups) : all));
  return renameIn(value, shown);
}

function ipv4(parts: readonly number[], seen: Map<string, number>): string {
  const [a = 0, b = 0] = parts;
  const kept =
    a === 10 || a === 127 || a === 0 || a >= 224
      ? 1
      : (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32) || (a === 169 && b === 254)
        ? 2
        : 0;
  const out: number[] = [];
  for (const [index, part] of parts.entries()) {
    const path = parts.slice(0, index).join('.');
    out.push(
      index < kept
        ? part
        : index === 0
          ? (QUIET[number(`${path}|`, part, seen) % QUIET.length] as number)
          : number(`${path}|`, part, seen) % 256,
    );
  }
  return out.join('.');
}

/** The next free number below a prefix, the same for the same part. */
function number(prefix: string, part: number, seen: Map<string, number>): number {
  const key = `${prefix}${part}`;
  const known = seen.get(key);
  if (known !== undefined) return known;
  const next = (seen.get(`${prefix}#`) ?? 0) + 1;
  seen.set(`${prefix}#`, next);
  seen.set(key, next);
  return next;
}

/** Link-local and documentation prefixes tell nothing of a person; the rest becomes documentation (RFC 3849). */
function ipv6(address: string, seen: Map<string, string>): string {
  if (/^(?:fe80|ff0|::1$)/i.test(address)) return address.replace(/^(fe80::).*/i, '$11');
  const known = seen.get(address);
  if (known) return known;
  const words = address.toLowerCase().split(':').slice(0, 3).join(':');
  const network = seen.get(`net ${words}`) ?? String(seen.size + 1);
  seen.set(`net ${words}`, network);
  const made = `2001:db8:${network}::${(seen.size + 1).toString(16)}`;
  seen.set(address, made);
  return made;
}

function portOf(port: string, seen: Map<string, string>): string {
  if (TELLING.has(Number(port))) return port;
  const known = seen.get(port) ?? String(Number(port) < 1024 ? 1 + seen.size : 10_001 + seen.size);
  seen.set(port, known);
  return known;
}

/** Names in the value, longest first. */
function namesIn(value: unknown): readonly string[] {
  const names = new Set<string>();
  const walk = (one: unknown, key: string): void => {
    if (typeof one === 'string') {
      const isName = NAMED.has(key) || (key === 'names' && !/^[0-9a-f.:]+$/i.test(one));
      if (isName && one.length > 1 && !COMMON.test(one) && !/^[0-9a-f.:/]+$/i.test(one)) names.add(one);
    } else if (Array.isArray(one)) for (const each of one) walk(each, key);
    else if (one && typeof one === 'object' && !ArrayBuffer.isView(one))
      for (const [inside, each] of Object.entries(one)) walk(each, inside);
  };
  walk(value, '');
  return [...names].sort((a, b) => b.length - a.length);
}

const withoutNames = (text: string, names: readonly (readonly [string, string])[]): string =>
  names.reduce((rest, [name, stand]) => rest.replaceAll(name, stand), text);
