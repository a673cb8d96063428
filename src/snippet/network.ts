import { MtucalcError } from '../error.js';
import { shown } from '../mtu/nearest.js';
import { addressText } from '../packet/address.js';
import { addressOctets } from '../packet/address-octets.js';

/** A network as it is written into a configuration: canonical text, host bits cleared. */
export interface Network {
  readonly family: 4 | 6;
  readonly text: string;
}

/**
 * One network in CIDR form (RFC 4632 §3.1, RFC 4291 §2.3); an address alone is a host.
 * Nothing but digits, letters a-f, dots, colons and the slash comes out, so it needs no quoting anywhere.
 */
export function parseNetwork(text: string, option: string): Network {
  const [address = '', length, ...rest] = text.trim().split('/');
  const family = address.includes(':') ? 6 : 4;
  const octets = address.includes('%') ? undefined : addressOctets(address);
  const bits = family === 4 ? 32 : 128;
  if (!octets || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) {
    throw new MtucalcError(
      'bad-value',
      `${option} ${shown(text)} is no network`,
      'for example 10.2.0.0/24 or 2001:db8:2::/64',
    );
  }
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) {
    throw new MtucalcError(
      'bad-value',
      `${option} ${shown(text)} has a prefix length of ${prefix}, IPv${family} has ${bits} bits`,
    );
  }
  return { family, text: `${addressText(mask(octets, prefix), 0, family)}/${prefix}` };
}

const mask = (octets: Uint8Array, prefix: number): Uint8Array =>
  octets.map((octet, index) => octet & (0xff00 >> Math.min(8, Math.max(0, prefix - index * 8))));
