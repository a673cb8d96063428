import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
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
}

/** A host name or address, looked up once, so that every packet goes to the same address. @throws MtucalcError */
export async function resolve(host: string, family: 4 | 6 | undefined): Promise<Target> {
  const literal = isIP(host.split('%')[0] ?? '');
  if (literal !== 0) {
    if (family !== undefined && family !== literal) {
      throw new MtucalcError('impossible', `${host} is an IPv${literal} address, -${family} asks for IPv${family}`);
    }
    return { host, address: canonical(host, literal as 4 | 6), family: literal as 4 | 6 };
  }
  if (!/^[\w.-]{1,253}$/.test(host) || host.startsWith('-') || /^[\d.]+$/.test(host)) {
    throw new MtucalcError(
      'no-host',
      `${shown(host)} is no host name and no address`,
      'give a name, an IPv4 or an IPv6 address',
    );
  }
  try {
    const found = await lookup(host, { family: family ?? 0, verbatim: true });
    return { host, address: canonical(found.address, found.family as 4 | 6), family: found.family as 4 | 6 };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!/^E[A-Z_]+$/.test(code)) throw error;
    const says =
      family === undefined ? `${host} cannot be resolved (${code})` : `${host} has no IPv${family} address (${code})`;
    throw new MtucalcError('no-host', says, 'check the spelling and the name server, or give an address');
  }
}

/** One spelling for one address: answers are compared by text. */
function canonical(address: string, family: 4 | 6): string {
  if (family === 4) return ipv4Text(ipv4Octets(address));
  const [bare, zone] = address.split('%');
  return `${ipv6Text(ipv6Octets(bare as string))}${zone === undefined ? '' : `%${zone}`}`;
}
