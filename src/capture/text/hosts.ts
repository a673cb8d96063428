import { addressOctets, ipv4OctetsIn } from '../../packet/address-octets.js';
import { wordTable } from '../../word-table.js';
import { own } from './own.js';

/** Names of hosts given addresses; more share the last one. */
const MOST_NAMES = 4096;
/** RFC 1112 4: addresses that nobody has; RFC 6666: a prefix that leads nowhere. */
const IPV4_STAND_IN = [240, 0];

/** Ports that programs print by name (IANA). */
const services: Readonly<Record<string, number>> = wordTable({
  'ftp-data': 20,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  bootps: 67,
  bootpc: 68,
  tftp: 69,
  http: 80,
  www: 80,
  'www-http': 80,
  kerberos: 88,
  pop3: 110,
  sunrpc: 111,
  ntp: 123,
  epmap: 135,
  'netbios-ns': 137,
  'netbios-dgm': 138,
  'netbios-ssn': 139,
  imap: 143,
  imap2: 143,
  snmp: 161,
  snmptrap: 162,
  'snmp-trap': 162,
  bgp: 179,
  ldap: 389,
  https: 443,
  'microsoft-ds': 445,
  submissions: 465,
  isakmp: 500,
  syslog: 514,
  submission: 587,
  ldaps: 636,
  imaps: 993,
  pop3s: 995,
  socks: 1080,
  openvpn: 1194,
  'ms-sql-s': 1433,
  l2f: 1701,
  l2tp: 1701,
  pptp: 1723,
  radius: 1812,
  'radius-acct': 1813,
  nfs: 2049,
  mysql: 3306,
  'ms-wbt-server': 3389,
  'ipsec-nat-t': 4500,
  'ipsec-msft': 4500,
  'nat-t-ike': 4500,
  vxlan: 4789,
  sip: 5060,
  'sip-tls': 5061,
  sips: 5061,
  xmpp: 5222,
  mdns: 5353,
  postgresql: 5432,
  geneve: 6081,
  'http-alt': 8080,
  webcache: 8080,
  'pcsync-https': 8443,
});

const taken: ReadonlySet<number> = new Set(Object.values(services));

/** Addresses and ports as octets and numbers; a name gets one of its own and keeps it. */
export class Hosts {
  readonly #known = new Map<string, Uint8Array>();
  readonly #ports = new Map<string, number>();
  /** Address that stands for a name, and the name, as printed. */
  readonly names: [string, string][] = [];

  octets(host: string, family: 4 | 6): Uint8Array {
    const key = `${family}${host}`;
    const known = this.#known.get(key);
    if (known) return known;
    const octets = (family === 4 ? ipv4OctetsIn(host) : ipv6Of(host)) ?? this.#standIn(host, family);
    if (this.#known.size < 4 * MOST_NAMES) this.#known.set(key, octets);
    return octets;
  }

  port(text: string): number {
    if (/^\d{1,5}$/.test(text)) return Number(text) & 0xffff;
    const known = services[text.toLowerCase()] ?? this.#ports.get(text);
    if (known !== undefined) return known;
    // A service that is not in the list: some port that no other name has.
    const port = 1 + (this.#ports.size % 1000);
    const free = taken.has(port) ? port + 62_000 : port + 61_000;
    if (this.#ports.size < MOST_NAMES) this.#ports.set(own(text), free);
    return free;
  }

  #standIn(name: string, family: 4 | 6): Uint8Array {
    const index = Math.min(this.names.length, MOST_NAMES) + 1;
    const octets = new Uint8Array(family === 4 ? 4 : 16);
    if (family === 4) octets.set(IPV4_STAND_IN);
    else octets[0] = 1;
    octets[octets.length - 2] = index >> 8;
    octets[octets.length - 1] = index & 0xff;
    if (this.names.length < MOST_NAMES) {
      const low = (index & 0xff).toString(16);
      const text = family === 4 ? octets.join('.') : `100::${index > 255 ? index.toString(16) : low}`;
      this.names.push([text, own(name.replace(/[^\w.:%@-]/g, '').slice(0, 80))]);
    }
    return octets;
  }
}

/** Any of the forms of RFC 4291 2.2, in brackets or not; a zone behind % is left away. */
export function ipv6Of(text: string): Uint8Array | undefined {
  const bare = text.replace(/%.*$/, '').replace(/^\[|\]$/g, '');
  return /^[0-9a-f:.]{2,45}$/i.test(bare) && bare.includes(':') ? addressOctets(bare) : undefined;
}
