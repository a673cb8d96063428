import { MtucalcError } from '../error.js';

/** Octets around the data of an echo: IPv4 20 + 8 (RFC 791, 792), IPv6 40 + 8 (RFC 8200, 4443). */
const HEADERS = { 4: 28, 6: 48 } as const;

/** How a box is told to send one size with DF; `size` is the whole IP packet, octets. */
interface PingBox {
  readonly title: string;
  line(host: string, size: number, family: 4 | 6): string;
}

const boxes: Readonly<Record<string, PingBox>> = {
  routeros: { title: 'RouterOS', line: (host, size) => `/ping ${host} size=${size} do-not-fragment count=2` },
  cisco: { title: 'Cisco IOS', line: (host, size) => `ping ${host} size ${size} df-bit repeat 2` },
  junos: {
    title: 'Junos',
    line: (host, size, family) => `ping ${host} size ${size - HEADERS[family]} do-not-fragment count 2`,
  },
  fortios: {
    title: 'FortiOS',
    line: (host, size, family) =>
      `execute ping-options df-bit yes\nexecute ping-options repeat-count 2\nexecute ping-options data-size ${size - HEADERS[family]}\nexecute ping ${host}`,
  },
  vyos: {
    title: 'VyOS',
    line: (host, size, family) => `ping ${host} size ${size - HEADERS[family]} do-not-fragment count 2`,
  },
  linux: { title: 'Linux', line: (host, size, family) => `ping -M do -c 2 -s ${size - HEADERS[family]} ${host}` },
  windows: { title: 'Windows', line: (host, size, family) => `ping -n 2 -f -l ${size - HEADERS[family]} ${host}` },
};

/** Boxes that lines can be written for. */
export const pingBoxes: readonly string[] = Object.keys(boxes);

/**
 * What tunnels and access lines leave, as MTUs: Ethernet, PPPoE, GRE, VXLAN, IPsec, WireGuard, and the floor of IPv6.
 */
const USUAL = [1500, 1492, 1476, 1450, 1438, 1422, 1420, 1400, 1360, 1280];

/**
 * Ping lines to paste into a box where no laptop stands: the sizes of `first` (a computed tunnel MTU, and one more),
 * then what tunnels usually leave. `mtucalc import` reads what comes back.
 * @throws MtucalcError for a box that is not known, and for a host that could be more than a host.
 */
export function pingLines(
  box: string,
  host: string,
  first: readonly number[],
): { readonly title: string; readonly text: string } {
  const known = Object.hasOwn(boxes, box) ? boxes[box] : undefined;
  if (!known)
    throw new MtucalcError(
      'unknown-name',
      `no ping lines are known for '${box.slice(0, 40)}'`,
      `known: ${pingBoxes.join(', ')}`,
    );
  if (!/^[A-Za-z0-9][A-Za-z0-9.:-]{0,252}$/.test(host))
    throw new MtucalcError(
      'bad-value',
      `'${host.replace(/[^ -~]/g, '.').slice(0, 60)}' is no host name or address`,
      'a name or an address alone is pasted into a box',
    );
  const family = host.includes(':') ? 6 : 4;
  const sizes = [...new Set([...first, ...USUAL])].filter((size) => size >= HEADERS[family] && size <= 65_535);
  return { title: known.title, text: `${sizes.map((size) => known.line(host, size, family)).join('\n')}\n` };
}
