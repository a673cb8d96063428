import type { DeviceFormat, DeviceReading, Line, Paste } from '../reading.js';
import { ipLink } from './ip-link.js';
import { ipRoute } from './ip-route.js';

/** Arrays in one paste, entries of all of them, and ends of lines at which an array may be whole. */
const MOST_ARRAYS = 16;
const MOST_ENTRIES = 10_000;
const MOST_TRIES = 64;

type Entry = Readonly<Record<string, unknown>>;
interface Found {
  readonly line: number;
  readonly entry: Entry;
}

/**
 * `ip -j [-p] [-d] link`, `addr` and `route`: the same as without -j, said in JSON, so that it is read as those are.
 */
export const ipJson: DeviceFormat = {
  id: 'ip-json',
  title: 'ip -j link, addr, route (Linux)',
  manual: 'ip(8), -j',
  recognise: (paste) =>
    paste.long.some(({ text }) => /"(?:ifname|dst)"\s*:/.test(text)) ? entriesOf(paste).length : 0,
  parse: (paste) => {
    const lines = entriesOf(paste).flatMap(({ line, entry }) =>
      (typeof entry.ifname === 'string' ? linkLines(entry) : routeLines(entry)).map(
        (text): Line => ({ number: line, text }),
      ),
    );
    const [links, routes] = [ipLink, ipRoute].map((format) => format.parse({ lines, long: lines })) as [
      DeviceReading,
      DeviceReading,
    ];
    return {
      ...links,
      format: ipJson.id,
      links: [...links.links, ...routes.links],
      defaultDevices: routes.defaultDevices,
      understood: [...links.understood, ...routes.understood],
      measurements: routes.measurements ?? [],
    };
  },
};

function entriesOf({ long }: Paste): Found[] {
  const found: Found[] = [];
  for (let at = 0, arrays = 0; at < long.length && arrays < MOST_ARRAYS; at++) {
    if (!/^\s*\[\s*(?:\{|$)/.test(long[at]?.text ?? '')) continue;
    arrays++;
    const end = wholeAt(long, at);
    if (!end) continue;
    for (const entry of end.entries)
      if (found.length < MOST_ENTRIES && isEntry(entry)) found.push({ line: long[at]?.number ?? 1, entry });
    at = end.at;
  }
  return found;
}

function wholeAt(long: readonly Line[], start: number): { at: number; entries: readonly unknown[] } | undefined {
  const parts: string[] = [];
  let tries = 0;
  for (let at = start; at < long.length && tries < MOST_TRIES; at++) {
    const text = long[at]?.text ?? '';
    parts.push(text);
    if (!/\]\s*$/.test(text)) continue;
    tries++;
    try {
      const value: unknown = JSON.parse(parts.join('\n'));
      return Array.isArray(value) ? { at, entries: value } : undefined;
    } catch {
      // The array goes on.
    }
  }
  return undefined;
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** One word as it stands between blanks; anything else says nothing. */
const word = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  return /^[\w.:@/-]{1,64}$/.test(text) ? text : '';
};
const named = (name: string, value: unknown): string => (word(value) === '' ? '' : ` ${name} ${word(value)}`);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function linkLines(entry: Entry): string[] {
  const flags = list(entry.flags).map(word).join(',');
  const under = word(entry.link);
  const head = `1: ${word(entry.ifname)}${under === '' ? '' : `@${under}`}: <${flags}>${named('mtu', entry.mtu)}`;
  const between = entry.link_pointtopoint === true ? 'peer' : 'brd';
  const lines = [head, `    link/${word(entry.link_type)} ${word(entry.address)}${named(between, entry.broadcast)}`];
  const info = isEntry(entry.linkinfo) ? entry.linkinfo : {};
  const data = isEntry(info.info_data) ? info.info_data : {};
  if (word(info.info_kind) !== '') lines.push(`    ${word(info.info_kind)} ${detailsOf(data)}`);
  for (const one of list(entry.addr_info))
    if (isEntry(one)) lines.push(`    ${word(one.family) || 'inet'} ${word(one.local)}/${word(one.prefixlen) || '32'}`);
  return lines;
}

const detailsOf = (data: Entry): string =>
  [
    ...['id', 'remote', 'local', 'ikey', 'okey', 'if_id'].map((key) => named(key, data[key])),
    named('remote', data.remote6),
    named('local', data.local6),
    ...['icsum', 'ocsum', 'iseq', 'oseq'].map((key) => (data[key] === true ? ` ${key}` : '')),
  ]
    .join('')
    .trim() || '.';

function routeLines(entry: Entry): string[] {
  if (word(entry.dst) === '') return [];
  const metrics = list(entry.metrics).find(isEntry) ?? {};
  const locked = list(metrics.lock).length > 0 || metrics.mtu_lock === true ? ' lock' : '';
  const mtu = word(metrics.mtu) === '' ? '' : ` mtu${locked} ${word(metrics.mtu)}`;
  const expires = typeof entry.expires === 'number' ? ` expires ${word(entry.expires)}sec` : '';
  return [
    `${word(entry.dst)}${named('via', entry.gateway)}${named('dev', entry.dev)}${named('proto', entry.protocol)}${expires}${mtu}`,
  ];
}
