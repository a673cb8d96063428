import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import { ipv4Text, ipv6Text } from '../packet/address.js';
import { ipv4Octets } from '../packet/ipv4.js';
import { ipv6Octets } from '../packet/ipv6.js';

export interface Target {
  /** As the user wrote it. */
  readonly host: string;
  readonly address: string;
  readonly family: 4 | 6;
  /** Zone of a link-local address, as written: an interface's name or number. */
  readonly zone?: string;
  /** Port, where one stood behind the host. */
  readonly port?: number;
}

/** A host as people have it at hand: name, address, [address], with a port, a URL. */
export interface Named {
  readonly name: string;
  readonly port?: number;
}

const LONGEST = 2048;

/** What is meant by `text`: the host of a URL, the inside of brackets, what stands before a port. */
export function hostIn(text: string): Named {
  if (text.length > LONGEST) return { name: text.slice(0, 80) };
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(text)?.[1];
  const rest = url ?? text;
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(rest);
  const ported = /^([^:]+):(\d{1,5})$/.exec(rest);
  const name = bracketed?.[1] ?? ported?.[1] ?? rest;
  const written = bracketed?.[2] ?? ported?.[2];
  const port = written === undefined ? undefined : Number(written);
  if (port !== undefined && (port < 1 || port > 65535))
    throw new MtucalcError('bad-value', `port ${written} of ${shown(text)} is not between 1 and 65535`);
  return { name, ...(port === undefined ? {} : { port }) };
}

/** What the resolver's codes mean, getaddrinfo(3). */
const failures: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such name',
  ENODATA: 'the name has no address of this family',
  EAI_NONAME: 'no such name',
  EAI_NODATA: 'the name has no address of this family',
  EAI_AGAIN: 'the name server does not answer',
  EAI_FAIL: 'the name server fails',
  ESERVFAIL: 'the name server fails',
  ETIMEOUT: 'the name server does not answer',
  ECONNREFUSED: 'the name server refuses',
  EAI_SYSTEM: 'the resolver of this system fails',
  EAI_ADDRFAMILY: 'the name has no address of this family',
};

/** A host name or address, looked up once, so that every packet goes to the same address. @throws MtucalcError */
export async function resolve(host: string, family: 4 | 6 | undefined): Promise<Target> {
  const { name, port } = hostIn(host);
  const with_ = port === undefined ? {} : { port };
  const [bare = '', zone] = name.split('%');
  const literal = isIP(bare);
  if (literal !== 0) {
    if (family !== undefined && family !== literal) {
      throw new MtucalcError('impossible', `${host} is an IPv${literal} address, -${family} asks for IPv${family}`);
    }
    const zoned = zone === undefined || zone === '' ? {} : { zone };
    return { host, ...mapped(bare, literal as 4 | 6), ...zoned, ...with_ };
  }
  const ascii = domainToASCII(name.replace(/\.$/, ''));
  if (!/^[\w.-]{1,253}$/.test(ascii) || ascii.startsWith('-') || /^[\d.]+$/.test(ascii)) {
    throw new MtucalcError(
      'no-host',
      `${shown(host)} is no host name and no address`,
      'give a name, an IPv4 or an IPv6 address',
    );
  }
  try {
    const found = await lookup(ascii, { family: family ?? 0, verbatim: true });
    return { host, ...mapped(found.address, found.family as 4 | 6), ...with_ };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!/^E[A-Z_]+$/.test(code)) throw error;
    const why = failures[code] ?? 'the resolver fails';
    const says =
      family === undefined ? `${host} cannot be resolved: ${why}` : `${host} has no IPv${family} address: ${why}`;
    throw new MtucalcError('no-host', says, 'check the spelling and the name server, or give an address');
  }
}

/**
 * One spelling for one address: answers are compared by text. An IPv4 address in an IPv6 one (RFC 4291 2.5.5.2) is
 * IPv4.
 */
function mapped(address: string, family: 4 | 6): { readonly address: string; readonly family: 4 | 6 } {
  const inside = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (inside !== undefined) return { address: ipv4Text(ipv4Octets(inside)), family: 4 };
  if (family === 4) return { address: ipv4Text(ipv4Octets(address)), family };
  return { address: ipv6Text(ipv6Octets(address.split('%')[0] as string)), family };
}
